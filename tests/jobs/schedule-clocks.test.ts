import { timetableTicks } from '#drizzle/schema/index.ts';
import { CRONTAB } from '#jobs/crontab.ts';
import { createCleanupStack } from '#server/runtime/cleanup-stack.ts';
import type { Database } from '#server/repos/database.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { cloneDatabase } from '#tests/support/database.ts';
import { connectAs, openInstance } from '#tests/support/processes/instance.ts';
import { controlTime } from '#tests/support/time/controlled-time.ts';
import { catalogTrackIds, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { withAdmin } from '#tests/support/template.ts';
import { WORKER_READY, startWorkerProcess } from '#tests/support/processes/worker-process.ts';
import { sql } from 'drizzle-orm';
import { parseCrontab } from 'graphile-worker';
import { expect, inject, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 600_000 });
const WAIT_OPTIONS = { timeout: 240_000, interval: 20 };

/** An app with a playlist on an account and workers as processes, all on a clock that the test controls. */
async function openTimedApp(at: string) {
  const closing = createCleanupStack();
  const folder = temporaryFolder();
  closing.defer(() => folder[Symbol.dispose]());
  const sandbox = await startSandbox({ catalog: { albums: 60, seed: 1 } });
  closing.defer(() => sandbox.close());
  const databaseUrl = await cloneDatabase();
  const deps = openInstance(databaseUrl, sandbox.env);
  closing.defer(() => deps.close());
  await connectAs(deps, 'segue-north');
  await seedTracks(deps.db, catalogTrackIds(sandbox.catalog, 60));
  await seedPlaylist(deps.db, 1);
  await deps.db.execute(
    sql`update curation_policies set body = body || '{"size": 5, "separation": {"artist": 1}, "caps": {"perArtist": 50, "perAlbum": 50}}'`,
  );
  const time = await controlTime(deps.db, folder.path);
  await time.setTime(at);
  const workers: ReturnType<typeof startWorkerProcess>[] = [];
  /** Waits until the condition holds; if it does not, reports what the workers logged. */
  const until = async (check: () => Promise<void>) => {
    try {
      await vi.waitFor(check, WAIT_OPTIONS);
    } catch (error) {
      throw new Error(`Timed out. The workers logged:\n${workers.map((worker) => worker.output()).join('\n---\n')}`, { cause: error });
    }
  };
  const count = async (query: ReturnType<typeof sql>) => (await deps.db.execute<{ n: number }>(query)).rows[0]?.n ?? -1;
  return {
    deps,
    lead: time.setTime,
    until,
    startWorker: (skewMs = 0) => {
      const worker = startWorkerProcess({ databaseUrl, sandbox: sandbox.env, home: folder.path, env: time.env(skewMs) });
      closing.defer(() => worker[Symbol.asyncDispose]());
      workers.push(worker);
      return worker;
    },
    /** Until every due job was taken and finished. */
    quiet: () =>
      until(async () => {
        const pending = await deps.db.execute(
          sql`select task_id, last_error from graphile_worker._private_jobs where run_at <= led.now() and attempts < max_attempts`,
        );
        expect(pending.rows).toEqual([]);
      }),
    /** Until the scheduled run has this status. */
    tick: (task: JobName, tick: string, how: string) =>
      until(async () => {
        const recorded = await deps.db.execute(sql`select how from timetable_ticks where task = ${task} and tick = ${tick}::timestamptz`);
        expect(recorded.rows, `${task} ${tick}`).toEqual([{ how }]);
      }),
    /** Until the schedule of some worker has passed an instant. */
    past: (task: JobName, instant: string) =>
      until(async () => {
        const passed = await count(
          sql`select count(*)::int as n from graphile_worker._private_known_crontabs where identifier = ${task} and last_execution >= ${instant}::timestamptz`,
        );
        expect(passed).toBe(1);
      }),
    /** How many lists a day has, and how often one was synced to Spotify. The cover is drawn later and synced by a plan of its own. */
    lists: async (day: string) => ({
      made: await count(sql`select count(*)::int as n from snapshots where batch_tag = ${day}::date and status = 'published'`),
      synced: await count(
        sql`select count(*)::int as n from sync_plans where batch_tag = ${day}::date and status = 'applied'
          and exists (select 1 from jsonb_array_elements(body->'steps') step where step->>'kind' <> 'cover')`,
      ),
    }),
    [Symbol.asyncDispose]: () => closing.close(),
  };
}

const order = (statement: string) => withAdmin(inject('adminDatabaseUrl'), async (admin) => void (await admin.query(statement)));

/** Access to a database that can be closed for workers: they lose their connections and get no new ones. */
async function controlAccess(db: Database) {
  const { rows } = await db.execute<{ name: string }>(sql`select current_database() as name`);
  const name = rows[0]?.name ?? '';
  const open = () => order(`alter database ${name} allow_connections true`);
  const close = async () => {
    await order(`alter database ${name} allow_connections false`);
    await order(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and application_name like 'segue worker%'`);
  };
  return { open, close, [Symbol.asyncDispose]: open };
}

/** The minutes of curation and sync, which the watch passes four times. */
const FROM_MS = Date.parse('2026-11-02T03:58:00Z');
const UNTIL_MS = Date.parse('2026-11-02T04:16:00Z');
/** Ahead of all others, so the first worker has just passed the previous scheduled run. */
const START_MAX_MS = 240_000;

function ticksBetween(fromMs: number, untilMs: number): { task: string; ms: number }[] {
  const minutes = Array.from({ length: (untilMs - fromMs) / 60_000 }, (_, n) => new Date(fromMs + n * 60_000));
  return minutes.flatMap((at) =>
    parseCrontab(CRONTAB)
      .filter(({ match }) => match({ min: at.getUTCMinutes(), hour: at.getUTCHours(), date: 2, month: 11, dow: 1 }))
      .map(({ task }) => ({ task, ms: at.getTime() })),
  );
}

const inOrder = (list: readonly { task: string; ms: number }[]) => list.map(({ task, ms }) => `${task} ${ms}`).toSorted();

test('with one to five workers whose clocks are up to ninety seconds apart, and that die and come back, each scheduled run happens once', async () => {
  // Time passes while a worker starts; minutes may pass, and it is still there before the first scheduled run.
  await using app = await openTimedApp(new Date(FROM_MS - START_MAX_MS).toISOString());
  // The worker that is furthest ahead adds every scheduled run first, and stays; of the others one dies at each run.
  const ahead = app.startWorker(90_000);
  await ahead.says(WORKER_READY);
  const others: { skewMs: number; worker: ReturnType<typeof app.startWorker> }[] = [];
  const come = async (skewMs: number) => {
    const worker = app.startWorker(skewMs);
    others.unshift({ skewMs, worker });
    await worker.says(WORKER_READY);
  };
  const ticks = ticksBetween(FROM_MS, UNTIL_MS);
  const countRuns = (ms: number) => app.deps.db.$count(timetableTicks, sql`tick = ${new Date(ms).toISOString()}::timestamptz`);
  for (const ms of new Set(ticks.map((tick) => tick.ms))) {
    // It comes a minute and a half too early; nobody may run it then.
    await app.lead(new Date(ms - 89_000).toISOString());
    await app.past('watch-network', new Date(ms).toISOString());
    expect(await countRuns(ms)).toBe(0);
    await app.lead(new Date(ms + 100).toISOString());
    await app.until(async () => expect(await countRuns(ms)).toBe(ticks.filter((tick) => tick.ms === ms).length));
    // Then the slowest clock gets there.
    await app.lead(new Date(ms + 95_000).toISOString());
    await app.quiet();
    if (ms === UNTIL_MS - 60_000) break;
    if (others.length === 0) await Promise.all([-90_000, 45_000, -45_000, 0].map(come));
    else {
      const dead = others.pop();
      dead?.worker.kill('SIGKILL');
      await dead?.worker.exited;
      await come(dead?.skewMs ?? 0);
    }
  }
  const claimed = await app.deps.db.select().from(timetableTicks);
  expect(inOrder(claimed.map(({ task, tick }) => ({ task, ms: tick.getTime() })))).toEqual(inOrder(ticks));
  // A scheduled run that a worker missed without the database is added once the database is back.
  expect(claimed.filter(({ how }) => how !== 'ran' && how !== 'caught_up')).toEqual([]);
  expect(new Set(claimed.map(({ queueJobId }) => queueJobId)).size).toBe(claimed.length);
  expect(await app.lists('2026-11-02')).toEqual({ made: 1, synced: 1 });
});

test('a clock that is set back, set forward or wrong around midnight skips no day’s curation and sync, and repeats none', async () => {
  await using app = await openTimedApp('2026-11-02T03:50:00Z');
  const worker = app.startWorker();
  await worker.says(WORKER_READY);
  const runDay = async (day: string) => {
    await app.lead(`${day}T03:55:30Z`);
    await app.past('watch-network', `${day}T03:55:00Z`);
    await app.lead(`${day}T04:00:00.500Z`);
    await app.tick('curate-playlists', `${day}T04:00:00Z`, 'ran');
    await app.lead(`${day}T04:10:00.500Z`);
    await app.tick('sync-playlists', `${day}T04:10:00Z`, 'ran');
    await app.quiet();
    expect(await app.lists(day), day).toEqual({ made: 1, synced: 1 });
  };
  let jumps = 0;
  /** To an instant that is in the past, or more than a day away. */
  const jump = async (instant: string) => {
    jumps += 1;
    await app.lead(instant);
    await app.until(async () => expect(worker.output().match(/the queue restarted/g)).toHaveLength(jumps));
  };
  await runDay('2026-11-02');
  // An hour back: the same scheduled runs come up once more.
  await jump('2026-11-02T03:10:00Z');
  await runDay('2026-11-02');
  await app.lead('2026-11-02T04:15:00.500Z');
  await app.past('watch-network', '2026-11-02T04:15:00Z');
  expect(await app.lists('2026-11-02')).toEqual({ made: 1, synced: 1 });

  // Forward over a whole day: it is past when it is noticed, and recorded as missed.
  await jump('2026-11-04T03:50:00Z');
  await app.tick('curate-playlists', '2026-11-03T04:00:00Z', 'missed');
  await app.tick('sync-playlists', '2026-11-03T04:10:00Z', 'missed');
  await runDay('2026-11-04');
  expect(await app.lists('2026-11-03')).toEqual({ made: 0, synced: 0 });

  // Forward on the same day: the skipped runs catch up.
  await jump('2026-11-06T03:50:00Z');
  await app.lead('2026-11-06T05:20:00Z');
  await app.tick('curate-playlists', '2026-11-06T04:00:00Z', 'caught_up');
  await app.tick('sync-playlists', '2026-11-06T04:10:00Z', 'caught_up');
  await app.quiet();
  expect(await app.lists('2026-11-06')).toEqual({ made: 1, synced: 1 });

  // Past midnight and back again.
  await jump('2026-11-07T23:57:00Z');
  await app.tick('sync-playlists', '2026-11-07T04:10:00Z', 'caught_up');
  await app.quiet();
  await app.lead('2026-11-08T00:10:00Z');
  await app.past('watch-network', '2026-11-08T00:10:00Z');
  await jump('2026-11-07T23:50:00Z');
  await app.lead('2026-11-08T00:00:30Z');
  await runDay('2026-11-08');

  // Months ahead, then corrected: the schedule does not wait for that time.
  await jump('2027-03-01T00:00:30Z');
  await app.lead('2027-03-01T00:05:00.500Z');
  await app.past('watch-network', '2027-03-01T00:05:00Z');
  await jump('2026-11-09T03:50:00Z');
  await runDay('2026-11-09');
  for (const day of ['2026-11-07', '2026-11-08']) expect(await app.lists(day), day).toEqual({ made: 1, synced: 1 });
});

test('a scheduled run that a worker misses without its database is added as soon as the database is back', async () => {
  await using app = await openTimedApp('2026-11-02T03:56:00Z');
  const worker = app.startWorker();
  await worker.says(WORKER_READY);
  await app.lead('2026-11-02T03:59:50Z');
  await using access = await controlAccess(app.deps.db);
  await access.close();
  await app.lead('2026-11-02T04:00:00.500Z');
  await worker.says(/Cron hit an error/);
  await access.open();
  for (const task of ['watch-network', 'refresh-tokens', 'curate-playlists'] as const) await app.tick(task, '2026-11-02T04:00:00Z', 'caught_up');
  await app.quiet();
  expect(await app.lists('2026-11-02')).toEqual({ made: 1, synced: 1 });
});
