import { timetableTicks } from '#drizzle/schema/index.ts';
import { defineTask } from '#jobs/define-task.ts';
import { runWorker } from '#jobs/run-worker.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { seededRandom } from '#server/sandbox/catalogue/seeded-random.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { sql } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const WORKERS = 5;
const COPIES = 10;
const POLL_MS = 50;
const POLLS_MAX = 12_000;
const FIRST_TICK = Date.parse('2026-01-01T00:00:00Z');
const HALF_HOUR_MS = 1_800_000;
/** Half an hour apart for a day, which the queue's own clock catches up with at the start of each worker. */
const CAUGHT_UP = '*/30 * * * * watch-network ?fill=1d\n';
const ACTION = 'fault.twenty-three';

/** F23: five workers keep the same timetable, its ticks are replayed, and the job of each tick is added ten times; each tick has its effect once. */
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
    const effects: string[] = [];
    const task = defineTask(app.deps, 'watch-network', {
      timeoutMs: 60_000,
      run: async () => {
        effects.push('one');
        await insertAuditEntry(app.deps.db, { id: randomUUID(), at: new Date(), actor: 'test', action: ACTION, subject: 'tick', detail: null });
      },
    });
    const options = { tasks: { 'watch-network': task }, crontab: CAUGHT_UP, databaseUrl: app.databaseUrl, isAlone: false };
    const workers = await Promise.all(Array.from({ length: WORKERS }, () => runWorker(app.deps, { ...options, onFatal: breakOff })));
    await untilEmpty(app);
    await Promise.all(workers.map((worker) => worker.stop()));
    const ticks = await app.deps.db.$count(timetableTicks);
    const replayed = await app.deps.db.$count(timetableTicks, sql`tick < '2026-01-01'::timestamptz + ${dose} * interval '30 minutes'`);
    assert.equal(replayed, dose, 'not every replayed tick was claimed');
    assert.ok(ticks - replayed >= 47, 'the timetable was not caught up with');
    assert.equal(effects.length, ticks, 'a tick had its effect more than once, or not at all');
    say(`${ticks} ticks, ${effects.length} effects`);
    return { ticks, jobsBrought: dose * COPIES, effects: effects.length };
  },
};

const breakOff = (error: Error) => assert.fail(error);

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
