import { CRONTAB } from '#jobs/crontab.ts';
import { QUEUE_SETTINGS } from '#jobs/run-worker.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { createCleanupStack } from '#server/runtime/cleanup-stack.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { migrateDatabase } from '#server/database/migrations.ts';
import { unlockDeadPools } from '#server/repos/operations/worker-heartbeats.ts';
import { createCaller } from '#server/routers/index.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { sql } from 'drizzle-orm';
import { Logger, parseCrontab, runOnce } from 'graphile-worker';
import { Client } from 'pg';
import { vi } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { startProcess, temporaryFolder } from '#tests/support/processes/real-process.ts';
import { DURABLE_COMMITS } from '#tests/support/processes/restartable-postgres.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const WAIT_LIMIT = { timeout: 60_000, interval: 25 } as const;
/** Runs per day that are kept of tasks that run every few minutes: enough to meet every situation of the month. */
const FREQUENT_RUNS_PER_DAY = 5;

export interface ScheduledRun {
  readonly task: string;
  /** Minutes after midnight, UTC. */
  readonly minute: number;
}

/** The scheduled runs of one day from the product's crontab, in order of time. */
export function scheduledRunsOfDay(): ScheduledRun[] {
  return parseCrontab(CRONTAB)
    .flatMap(({ task, match }) => {
      const minutes = Array.from({ length: DAY_MINUTES }, (_, minute) => minute).filter((minute) =>
        match({ min: minute % 60, hour: Math.floor(minute / 60), date: 1, month: 1, dow: 1 }),
      );
      const step = Math.max(1, Math.floor(minutes.length / FREQUENT_RUNS_PER_DAY));
      const kept = minutes.length > FREQUENT_RUNS_PER_DAY * 2 ? minutes.filter((_, i) => i % step === Math.floor(step / 2)) : minutes;
      return kept.map((minute) => ({ task, minute }));
    })
    .toSorted((a, b) => a.minute - b.minute);
}

/**
 * The whole app on a clock that the test sets: its own Postgres that can be crashed, sandbox and product on one clock, jobs run by the product's tasks
 * from its own queue at the times of its own schedule. The clock is far ahead of the machine's, so a postponed job waits for it.
 */
export async function openMonth(options: { readonly at: string; readonly albums: number; readonly seed: number }) {
  const closing = createCleanupStack();
  const folder = temporaryFolder();
  closing.defer(() => folder[Symbol.dispose]());
  const clock = createTestClock(options.at);
  const cluster = await startEmbeddedPostgres({ dataFolder: `${folder.path}/data`, durable: false, settings: DURABLE_COMMITS });
  closing.defer(() => cluster.stop());
  await migrateDatabase(cluster.url);
  const sandbox = await startSandbox({ catalog: { albums: options.albums, seed: options.seed }, now: () => clock.now().getTime() });
  closing.defer(() => sandbox.close());
  const deps = openInstance(cluster.url, sandbox.env, { now: clock.now });
  closing.defer(() => deps.close());
  const tasks = createTasks(deps);
  // The worker's own settings: without them the queue leaves a rejection unhandled when the database goes down while a job's end is being written.
  const queue = { pgPool: deps.pool, taskList: tasks, noHandleSignals: true, logger: new Logger(() => () => {}), preset: { worker: QUEUE_SETTINGS } };
  const runDueJobs = async () => {
    await runOnce(queue);
    // The queue may return a moment before its last job is unlocked.
    await vi.waitFor(async () => {
      const locked = await deps.db.execute(sql`select 1 from graphile_worker.jobs where locked_at is not null`);
      if (locked.rows.length > 0) throw new Error('A job is still locked.');
    }, WAIT_LIMIT);
  };
  /** When a waiting job is due by the test clock. Backoff delays of the queue count from the machine's clock. */
  const dueAt = () => {
    const now = sql`${clock.now().toISOString()}::timestamptz`;
    return sql`case when run_at > now() + interval '1 year' then run_at else ${now} + (run_at - now()) end`;
  };
  const waiting = sql`locked_at is null and attempts < max_attempts`;
  /** Advances the clock to the instant and runs each waiting job at its due time. */
  const advanceTo = async (instant: Date) => {
    for (;;) {
      const next = await deps.db.execute<{ at: Date | null }>(sql`select min(${dueAt()}) as at from graphile_worker._private_jobs where ${waiting}`);
      const at = next.rows[0]?.at;
      if (!at || new Date(at) > instant) break;
      if (new Date(at) > clock.now()) clock.set(new Date(at).toISOString());
      await deps.db.execute(
        sql`update graphile_worker._private_jobs set run_at = now() where ${waiting} and ${dueAt()} <= ${clock.now().toISOString()}::timestamptz`,
      );
      await runDueJobs();
    }
    if (clock.now() < instant) clock.set(instant.toISOString());
  };
  const addScheduledRun = async (task: string, instant: Date) => {
    const payload = JSON.stringify({ _cron: { ts: instant.toISOString(), backfilled: false } });
    await deps.db.execute(
      sql`select graphile_worker.add_job(${task}, ${payload}::json, queue_name := ${task}, job_key := ${task}, max_attempts := 8)`,
    );
  };
  return {
    deps,
    clock,
    sandbox,
    spotify: sandbox.spotify.control,
    admin: createCaller({ deps, actor: { kind: 'admin_key' } }),
    passUntil: advanceTo,
    /** Advances the clock to the instant and runs the task that is scheduled for it, and all due jobs. */
    async runScheduled(task: string, instant: Date): Promise<void> {
      await advanceTo(instant);
      await addScheduledRun(task, instant);
      await runDueJobs();
    },
    /** Runs the task in a separate process that is killed at the named fault point; then another worker takes over its jobs. */
    async runAndKill(task: string, instant: Date, faultAt: string): Promise<void> {
      await advanceTo(instant);
      await addScheduledRun(task, instant);
      await using worker = startProcess({
        script: 'tests/support/network/month-worker.ts',
        env: { ...sandbox.env, DATABASE_URL: cluster.url, MONTH_CLOCK: instant.toISOString(), FAULT_AT: faultAt },
      });
      const end = await worker.exited;
      if (end.signal !== 'SIGKILL')
        throw new Error(`The worker should have been killed at ${faultAt}, but ended with ${end.code ?? end.signal}:\n${worker.output()}`);
      await unlockDeadPools(deps.db, 0);
      await advanceTo(new Date(instant.getTime() + 2 * MINUTE_MS));
    },
    /** Runs the task and crashes PostgreSQL during its jobs; then a restarted worker takes over. */
    async runAndCrash(task: string, instant: Date): Promise<void> {
      await advanceTo(instant);
      await addScheduledRun(task, instant);
      const working = runOnce(queue).catch(() => {});
      await vi.waitFor(async () => {
        const running = await deps.db.execute(sql`select 1 from sync_plans where status = 'applying'`);
        if (running.rows.length === 0) throw new Error('Nothing is being written yet.');
      }, WAIT_LIMIT);
      await crash(cluster.url);
      await working;
      await vi.waitFor(() => deps.db.execute(sql`select 1`), WAIT_LIMIT);
      await unlockDeadPools(deps.db, 0);
      await advanceTo(new Date(instant.getTime() + 2 * MINUTE_MS));
    },
    [Symbol.asyncDispose]: () => closing.close(),
  };
}

export type MonthApp = Awaited<ReturnType<typeof openMonth>>;

/** Kills one backend. PostgreSQL ends all others and recovers from its log on the same port. */
async function crash(url: string): Promise<void> {
  const victim = new Client({ connectionString: url });
  const witness = new Client({ connectionString: url });
  for (const client of [victim, witness]) client.on('error', () => {});
  await Promise.all([victim.connect(), witness.connect()]);
  const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
  const disconnected = new Promise((resolve) => void witness.once('end', resolve));
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
  // Unrelated sessions are ended too; from then on the old server is gone.
  await disconnected;
}
