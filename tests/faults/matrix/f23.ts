import { auditLog, timetableTicks } from '#drizzle/schema/index.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';
import { RUN_EFFECT, runScheduleWorker } from '#tests/support/processes/schedule-worker.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import { eq, sql } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const WORKERS = 5;
const COPIES = 10;
const POLL_MS = 50;
const POLLS_MAX = 12_000;
const FIRST_RUN = Date.parse('2026-01-01T00:00:00Z');
const HALF_HOUR_MS = 1_800_000;

/**
 * F23: five workers (separate processes when the dose is larger than the small one) share one schedule, its runs are replayed, and the job of each run is
 * added ten times; each run takes effect once.
 */
export const f23: Fault = {
  name: 'F23',
  what: 'scheduled runs seen by five workers and added ten times run once',
  smallDose: 60,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    await using app = await startTestApp();
    await addCopies(app, dose, (bound) => random.below(bound));
    await app.deps.db.execute(sql`
      insert into graphile_worker._private_known_crontabs (identifier, known_since) values ('watch-network', now() - interval '1 day')`);
    const usesProcesses = dose > f23.smallDose;
    await using workers = usesProcesses ? await startProcesses(app) : await startInProcess(app);
    await untilEmpty(app);
    await workers.stop();
    const runs = await app.deps.db.$count(timetableTicks);
    const replayed = await app.deps.db.$count(timetableTicks, sql`tick < '2026-01-01'::timestamptz + ${dose} * interval '30 minutes'`);
    const effects = await app.deps.db.$count(auditLog, eq(auditLog.action, RUN_EFFECT));
    assert.equal(replayed, dose, 'not every replayed run was claimed');
    assert.ok(runs - replayed >= 47, 'missed runs were not caught up');
    assert.equal(effects, runs, 'a run took effect more than once, or not at all');
    say(`${runs} scheduled runs, ${effects} effects`);
    return { runs, jobsAdded: dose * COPIES, effects, workerProcesses: usesProcesses ? WORKERS : 0 };
  },
};

/** Five workers in this process: fast, for the small dose. */
async function startInProcess(app: TestApp) {
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, () => runScheduleWorker(app.deps, app.databaseUrl, (error: Error) => assert.fail(error))),
  );
  return { stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))), [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** Five workers as separate processes, which must exit with code 0 on SIGTERM. */
async function startProcesses(app: TestApp) {
  const env = { ...app.sandbox.env, TICK_WORKER_DATABASE: app.databaseUrl };
  const workers = Array.from({ length: WORKERS }, () => startProcess({ script: 'tests/support/processes/schedule-worker.ts', env }));
  const dispose = async () => void (await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]())));
  try {
    await Promise.all(workers.map((worker) => worker.says(WORKER_READY)));
  } catch (error) {
    await dispose();
    throw error;
  }
  const stop = async () => {
    for (const worker of workers) worker.kill('SIGTERM');
    for (const worker of workers) assert.deepEqual(await worker.exited, { code: 0, signal: null }, worker.output());
  };
  return { stop, [Symbol.asyncDispose]: dispose };
}

/** Adds ten jobs for each run, in random order. */
async function addCopies(app: TestApp, runs: number, below: (bound: number) => number): Promise<void> {
  const jobs = Array.from({ length: runs * COPIES }, (_, n) => ({ n, order: below(1_000_000) })).toSorted((a, b) => a.order - b.order);
  const specs = jobs.map(({ n }) => {
    const ts = new Date(FIRST_RUN + Math.floor(n / COPIES) * HALF_HOUR_MS).toISOString();
    return { identifier: 'watch-network', payload: { _cron: { ts, backfilled: n % 2 === 0 } }, max_attempts: 8, job_key: `copy ${n}` };
  });
  await app.deps.db.execute(sql`
    select count(*) from json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json) spec,
      lateral graphile_worker.add_job(spec.identifier, spec.payload, max_attempts := spec.max_attempts, job_key := spec.job_key)`);
}

async function untilEmpty(app: TestApp): Promise<void> {
  for (let polls = 0; polls < POLLS_MAX; polls += 1) {
    const left = await app.deps.db.execute(sql`select 1 from graphile_worker._private_jobs limit 1`);
    if (left.rows.length === 0) return;
    await wait(POLL_MS);
  }
  throw new Error('The queue did not become empty.');
}
