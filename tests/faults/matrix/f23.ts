import { auditLog, timetableTicks } from '#drizzle/schema/index.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';
import { TICK_EFFECT, runTickWorker } from '#tests/support/processes/tick-worker.ts';
import { WORKER_READY } from '#tests/support/processes/worker-process.ts';
import { eq, sql } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const WORKERS = 5;
const COPIES = 10;
const POLL_MS = 50;
const POLLS_MAX = 12_000;
const FIRST_TICK = Date.parse('2026-01-01T00:00:00Z');
const HALF_HOUR_MS = 1_800_000;

/**
 * F23: five workers (processes, in more than the small dose) keep the same timetable, its ticks are replayed, and the job of each tick is added ten times;
 * each tick has its effect once.
 */
export const f23: Fault = {
  name: 'F23',
  what: 'ticks that five workers see and that are brought ten times run once',
  smallDose: 60,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    await using app = await startTestApp();
    await addCopies(app, dose, (bound) => random.below(bound));
    await app.deps.db.execute(sql`
      insert into graphile_worker._private_known_crontabs (identifier, known_since) values ('watch-network', now() - interval '1 day')`);
    const inProcesses = dose > f23.smallDose;
    await using team = inProcesses ? await startProcesses(app) : await startHere(app);
    await untilEmpty(app);
    await team.stop();
    const ticks = await app.deps.db.$count(timetableTicks);
    const replayed = await app.deps.db.$count(timetableTicks, sql`tick < '2026-01-01'::timestamptz + ${dose} * interval '30 minutes'`);
    const effects = await app.deps.db.$count(auditLog, eq(auditLog.action, TICK_EFFECT));
    assert.equal(replayed, dose, 'not every replayed tick was claimed');
    assert.ok(ticks - replayed >= 47, 'the timetable was not caught up with');
    assert.equal(effects, ticks, 'a tick had its effect more than once, or not at all');
    say(`${ticks} ticks, ${effects} effects`);
    return { ticks, jobsBrought: dose * COPIES, effects, workerProcesses: inProcesses ? WORKERS : 0 };
  },
};

/** Five workers in this process: quick, for the small dose. */
async function startHere(app: TestApp) {
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, () => runTickWorker(app.deps, app.databaseUrl, (error: Error) => assert.fail(error))),
  );
  return { stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))), [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** Five workers as processes of their own, which end in good order when told to. */
async function startProcesses(app: TestApp) {
  const env = { ...app.sandbox.env, TICK_WORKER_DATABASE: app.databaseUrl };
  const workers = Array.from({ length: WORKERS }, () => startProcess({ script: 'tests/support/processes/tick-worker.ts', env }));
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

/** Ten jobs for each tick, in no order. */
async function addCopies(app: TestApp, ticks: number, below: (bound: number) => number): Promise<void> {
  const jobs = Array.from({ length: ticks * COPIES }, (_, n) => ({ n, order: below(1_000_000) })).toSorted((a, b) => a.order - b.order);
  const specs = jobs.map(({ n }) => {
    const ts = new Date(FIRST_TICK + Math.floor(n / COPIES) * HALF_HOUR_MS).toISOString();
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
