import { auditLog } from '#drizzle/schema/index.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { sweepQueue } from '#server/use-cases/operations/jobs/sweep-queue.ts';
import { openDailyLoad } from '#tests/support/network/daily-load.ts';
import type { DailyLoad } from '#tests/support/network/daily-load.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import { eq, sql } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const ACTION = 'fault.seven';
/** Share of kills that hit a whole day of the network instead of a small transaction. */
const DAY_SHARE = 0.2;
const CUTS_PER_DAY = 20;
const PAUSE_MAX_MS = 60;
const SILENT_S = 90;

/** F07: backends are terminated inside transactions. A transaction is committed completely or not at all; an acknowledged one is committed. */
export const f07: Fault = {
  name: 'F07',
  what: 'a backend that is terminated inside a transaction leaves nothing half committed',
  smallDose: 40,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    await using load = await openDailyLoad();
    const dayCuts = Math.ceil(dose * DAY_SHARE);
    const counts = { terminated: 0, committed: 0, rolledBack: 0 };
    const acknowledged = new Set<string>();
    while (counts.terminated < dose - dayCuts) {
      const key = randomUUID();
      const writing = writeBoth(load, key, random.below(3)).then(
        () => void acknowledged.add(key),
        () => (counts.rolledBack += 1),
      );
      counts.terminated += await terminateOne(load, 'ours');
      await writing;
    }
    counts.committed = acknowledged.size;
    await requireBothOrNone(load, acknowledged);
    say(`${counts.terminated} small transactions terminated, none half committed`);
    while (counts.terminated < dose) {
      const cut = await cutDay(load, Math.min(CUTS_PER_DAY, dose - counts.terminated), () => random.next());
      counts.terminated += cut;
      say(`a day with ${cut} sessions terminated is complete`);
    }
    return counts;
  },
};

/** Writes a row and its job in one transaction, as the product does. A short sleep before statement `slowAt` gives the terminator time. */
async function writeBoth(load: DailyLoad, key: string, slowAt: number): Promise<void> {
  const { db } = load.deps;
  const pause = (tx: { execute: typeof db.execute }, at: number) => (at === slowAt ? tx.execute(sql`select pg_sleep(0.01)`) : undefined);
  await db.transaction(async (tx) => {
    await pause(tx, 0);
    await insertAuditEntry(tx, { id: key, at: new Date(), actor: 'test', action: ACTION, subject: key, detail: null });
    await pause(tx, 1);
    await enqueueJob(tx, 'watch-network', { payload: {}, key, runAt: new Date('2099-01-01T00:00:00Z') });
    await pause(tx, 2);
  });
}

/** Runs a day with a worker whose sessions are terminated inside transactions; restarts it when it exits. Returns the number of terminated sessions. */
async function cutDay(load: DailyLoad, cuts: number, chance: () => number): Promise<number> {
  await load.nextDay();
  await load.readAlbums(3);
  let done = 0;
  while (done < cuts && (await load.remainingJobs()) > 0) {
    await using worker = load.startWorker();
    const ended = worker.exited.then(() => true);
    await worker.says(WORKER_READY);
    while (done < cuts && (await load.remainingJobs()) > 0) {
      done += await terminateOne(load, 'worker');
      // A job that is cut often backs off for minutes and fails in the end; neither is tested here.
      await load.deps.db.execute(
        sql`update graphile_worker._private_jobs set run_at = now(), attempts = least(attempts, 2) where run_at > now() and locked_by is null and attempts < max_attempts`,
      );
      if (await Promise.race([ended, wait(chance() * PAUSE_MAX_MS)])) break;
    }
    worker.kill('SIGTERM');
    await worker.exited;
  }
  await load.drain(async () => {
    await load.ageHeartbeats();
    await sweepQueue(load.deps, SILENT_S);
  });
  await load.requireWhole();
  return done;
}

/** Terminates one of Segue's backends that is inside a transaction. Returns how many it terminated (0 or 1). */
async function terminateOne(load: DailyLoad, target: 'ours' | 'worker'): Promise<number> {
  for (let tries = 0; tries < 20; tries += 1) {
    const cut = await load.terminator.query<{ cut: boolean }>(
      `select pg_terminate_backend(pid) as cut from pg_stat_activity
       where datname = current_database() and starts_with(application_name, 'segue') and (application_name = $1) = $2 and xact_start is not null and state <> 'idle' limit 1`,
      [`segue ${load.deps.bootId}`, target === 'ours'],
    );
    if (cut.rows[0]?.cut) return 1;
  }
  return 0;
}

async function requireBothOrNone(load: DailyLoad, acknowledged: ReadonlySet<string>): Promise<void> {
  const { db } = load.deps;
  const rows = await db.select({ key: auditLog.subject }).from(auditLog).where(eq(auditLog.action, ACTION));
  const jobs = await db.execute<{ key: string }>(sql`select key from graphile_worker._private_jobs where key is not null`);
  const written = new Set(rows.map(({ key }) => key));
  assert.deepEqual(new Set(jobs.rows.map(({ key }) => key)), written, 'a row without its job, or a job without its row');
  for (const key of acknowledged) assert.ok(written.has(key), 'an acknowledged row is missing');
  await db.execute(sql`delete from graphile_worker._private_jobs`);
}
