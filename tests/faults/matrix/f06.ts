import { migrateDatabase } from '#server/repos/migrations.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { tidyQueue } from '#server/use-cases/operations/jobs/tidy-queue.ts';
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
/** Thirty seconds, counted in looks and not by the clock: on a machine that has no time for us, the worker has none either. */
const FLOW_LOOKS = 30_000 / POLL_MS;

/** F06: Postgres is cut off under a worker with jobs in flight and comes back; the worker recovers or ends, and jobs flow again within 30 s. */
export const f06: Fault = {
  name: 'F06',
  what: 'after Postgres was cut off in the middle of jobs, jobs flow within 30 s and nothing is lost or doubled',
  smallDose: 1,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    await using postgres = await startRestartablePostgres();
    await migrateDatabase(postgres.url);
    await using load = await openDailyLoad({ databaseUrl: postgres.url });
    const counts = { crashes: 0, workersEnded: 0, slowestFlowMs: 0 };
    for (; counts.crashes < dose; counts.crashes += 1) {
      await load.nextDay();
      await load.readAlbums(5);
      await using worker = load.startWorker();
      await worker.says(WORKER_READY);
      await wait(random.next() * CRASH_WITHIN_MS);
      await postgres.crash();
      await wait(OUTAGE_MIN_MS + random.next() * (OUTAGE_MAX_MS - OUTAGE_MIN_MS));
      await postgres.start();
      const flowMs = await untilFlowing(load, worker);
      counts.workersEnded += flowMs === undefined ? 1 : 0;
      counts.slowestFlowMs = Math.max(counts.slowestFlowMs, Math.round(flowMs ?? 0));
      worker.kill('SIGTERM');
      await worker.exited;
      await load.silence();
      await tidyQueue(load.deps, SILENT_S);
      await load.drain();
      await load.requireWhole();
      say(`crash ${counts.crashes + 1}: ${flowMs === undefined ? 'the worker ended' : `a new job began after ${Math.round(flowMs)} ms`}`);
    }
    return counts;
  },
};

/** Milliseconds until a job that is added now was taken; undefined when the worker ended with a failure instead, for its supervisor to start it again. */
async function untilFlowing(load: DailyLoad, worker: ReturnType<DailyLoad['startWorker']>): Promise<number | undefined> {
  const beganMs = performance.now();
  await load.addProbe();
  let isOver = false;
  const ended = worker.exited.then(({ code }) => {
    if (isOver) return 'ended' as const;
    assert.notEqual(code, 0, `the worker ended as if all were well:\n${worker.output()}`);
    return 'ended' as const;
  });
  for (let looks = 1; ; looks += 1) {
    const now = await Promise.race([ended, wait(POLL_MS)]);
    if (now === 'ended') return undefined;
    if (await load.isProbeDone()) {
      isOver = true;
      return performance.now() - beganMs;
    }
    if (looks >= FLOW_LOOKS) assert.fail(`no new job began within 30 s:\n${await load.standing()}\n${worker.output()}`);
  }
}
