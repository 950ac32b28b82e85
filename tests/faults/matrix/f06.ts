import { migrateDatabase } from '#server/database/migrations.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { sweepQueue } from '#server/use-cases/operations/jobs/sweep-queue.ts';
import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import type { DailyLoad } from '#tests/support/network/daily-load.ts';
import { startRestartablePostgres } from '#tests/support/processes/restartable-postgres.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const SILENT_S = 90;
const CRASH_WITHIN_MS = 900;
const OUTAGE_MIN_MS = 200;
const OUTAGE_MAX_MS = 5_000;
const POLL_MS = 50;
/** Thirty seconds, counted in polls: on a busy machine the worker is slowed as much as this test. */
const RECOVERY_POLLS = 30_000 / POLL_MS;

/** F06: Postgres crashes while a worker runs jobs, and restarts. The worker recovers or exits, and jobs run again within 30 s. */
export const f06: Fault = {
  name: 'F06',
  what: 'after Postgres crashed during jobs, jobs run again within 30 s and nothing is lost or duplicated',
  smallDose: 1,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    await using postgres = await startRestartablePostgres();
    await migrateDatabase(postgres.url);
    await using load = await openDailyLoad({ databaseUrl: postgres.url });
    const counts = { crashes: 0, workersEnded: 0, slowestRecoveryMs: 0 };
    for (; counts.crashes < dose; counts.crashes += 1) {
      await load.nextDay();
      await load.readAlbums(5);
      await using worker = load.startWorker();
      await worker.says(WORKER_READY);
      await wait(random.next() * CRASH_WITHIN_MS);
      await postgres.crash();
      await wait(OUTAGE_MIN_MS + random.next() * (OUTAGE_MAX_MS - OUTAGE_MIN_MS));
      await postgres.start();
      const recoveryMs = await untilRecovered(load, worker);
      counts.workersEnded += recoveryMs === undefined ? 1 : 0;
      counts.slowestRecoveryMs = Math.max(counts.slowestRecoveryMs, Math.round(recoveryMs ?? 0));
      worker.kill('SIGTERM');
      await worker.exited;
      await load.ageHeartbeats();
      await sweepQueue(load.deps, SILENT_S);
      await load.drain();
      await load.requireWhole();
      say(`crash ${counts.crashes + 1}: ${recoveryMs === undefined ? 'the worker ended' : `a new job started after ${Math.round(recoveryMs)} ms`}`);
    }
    return counts;
  },
};

/** Milliseconds until a job added now is done; undefined when the worker exits with a failure, to be restarted by its supervisor. */
async function untilRecovered(load: DailyLoad, worker: ReturnType<DailyLoad['startWorker']>): Promise<number | undefined> {
  const startedAtMs = performance.now();
  await load.addProbe();
  let isOver = false;
  const ended = worker.exited.then(({ code }) => {
    if (isOver) return 'ended' as const;
    assert.notEqual(code, 0, `the worker exited with code 0:\n${worker.output()}`);
    return 'ended' as const;
  });
  for (let polls = 1; ; polls += 1) {
    const now = await Promise.race([ended, wait(POLL_MS)]);
    if (now === 'ended') return undefined;
    if (await load.isProbeDone()) {
      isOver = true;
      return performance.now() - startedAtMs;
    }
    if (polls >= RECOVERY_POLLS) assert.fail(`no new job started within 30 s:\n${await load.describeState()}\n${worker.output()}`);
  }
}
