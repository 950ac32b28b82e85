import { runWorker } from '#jobs/run-worker.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { renders, users } from '#drizzle/schema/index.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { createCaller } from '#server/routers/index.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import { userId } from '#shared/ids.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { createPaidVendorClient } from '#tests/support/studio/paid-vendor-client.ts';
import { startPaidVendor } from '#tests/support/studio/paid-vendor.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openBenchDatabase } from '../bench-database.ts';
import { reportFigure, reportObserved } from '../figures.ts';

const PEOPLE = 20;
const EACH = 50;
const COPIES_MAX = 8;
/** What the vendor takes; the rest from the place in its line to the end is ours. */
const DRAW_MS = 500;
const SIDE = 64;
const OVERHEAD_MS = 120;
const FAIRNESS = 1.5;

/**
 * 1,000 renders of 20 people who all ask at once: what our queue adds to each after it has one of the vendor's places, and how evenly people wait for one.
 * Pictures are small, because this measures the queue; `cover-overhead` measures a whole render.
 */
export async function benchRenders(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 1, seed: 1 } });
  using home = temporaryFolder();
  await using vendor = await startPaidVendor({ drawMs: DRAW_MS, side: SIDE });
  const deps = openInstance(database.url, sandbox.env, { variables: { SEGUE_HOME: home.path } });
  Object.assign(deps, { renderVendors: { fal: createPaidVendorClient(vendor.url, { way: 'queue' }) } });
  const admin = createCaller({ deps, actor: { kind: 'admin_key' } });
  const studio = { ...DEFAULT_NETWORK_SETTINGS.studio, rendersPerMonth: null, usdMicrosPerMonth: null };
  await admin.generation.usage.saveSettings(studio);
  const callers = Array.from({ length: PEOPLE }, (_, number) => ({ id: userId.parse(randomUUID()), displayName: `Person ${number}` }));
  await deps.db.insert(users).values(callers.map((person) => ({ ...person, createdAt: deps.now(), lastSignedInAt: deps.now() })));
  const startedMs = performance.now();
  await Promise.all(
    callers.map(async ({ id }) => {
      const api = createCaller({ deps, actor: { kind: 'user', userId: id, isAdmin: false } });
      for (let made = 0; made < EACH; made += COPIES_MAX)
        await api.generation.studio.request({
          model: 'fal-z-image-turbo',
          values: { prompt: 'a lake' },
          copies: Math.min(COPIES_MAX, EACH - made),
        });
    }),
  );
  reportObserved('renders.request_all_ms', performance.now() - startedMs, 'ms');
  const worker = await runWorker(deps, { tasks: createTasks(deps), crontab: '', databaseUrl: database.url, isOnlyProcess: false, onFatal: throwIt });
  while ((await countOpen(deps.db)) > 0) await wait(500);
  reportObserved('renders.per_second', (PEOPLE * EACH) / ((performance.now() - startedMs) / 1000), 'renders');
  await worker.stop();
  const rows = await deps.db.select().from(renders);
  await deps.close();
  const overheads = rows.map(({ admittedAt, finishedAt }) => (finishedAt?.getTime() ?? Number.NaN) - (admittedAt?.getTime() ?? 0) - DRAW_MS);
  const waits = callers.map(({ id }) => mean(rows.filter((row) => row.userId === id).map((row) => waitedMs(row))));
  reportObserved('renders.done', rows.filter(({ state }) => state === 'done').length, `of ${rows.length}`);
  reportObserved('renders.overhead_p50_ms', percentile(overheads, 0.5), 'ms');
  reportFigure('renders.overhead_p95_ms', percentile(overheads, 0.95), { atMost: OVERHEAD_MS });
  reportFigure('renders.fairness', Math.max(...waits) / Math.min(...waits), { atMost: FAIRNESS });
}

type Row = typeof renders.$inferSelect;

const waitedMs = ({ admittedAt, createdAt }: Row) => (admittedAt?.getTime() ?? Number.NaN) - createdAt.getTime();
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percentile = (values: readonly number[], share: number) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

async function countOpen(db: ReturnType<typeof openInstance>['db']): Promise<number> {
  const found = await db.execute<{ open: number }>(sql`select count(*)::int as open from renders where finished_at is null`);
  return found.rows[0]?.open ?? 0;
}

function throwIt(error: Error): never {
  throw error;
}
