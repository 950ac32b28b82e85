import { costLedger } from '#drizzle/schema/index.ts';
import { tidyStudio } from '#server/use-cases/studio/tidy-studio.ts';
import { RENDER_FAULT_POINTS } from '#server/use-cases/studio/renders/fault-points.ts';
import { resumeRenders } from '#server/use-cases/studio/renders/resume-renders.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { PREVIEW_WIDTHS } from '#shared/domain/studio/preview-widths.ts';
import { sql } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProcess } from '#tests/support/processes/real-process.ts';
import type { Script } from '#tests/support/studio/paid-vendor.ts';
import { FULL_DISK } from '#tests/support/studio/render-process.ts';
import { DIRECT, expectMoneyRight, QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import type { Fault } from './fault.ts';

const WORKERS = 3;
const PEOPLE = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'];
/** One worker dies per this many renders. */
const RENDERS_PER_KILL = 15;
/** The disk fills when these shares of the renders have ended. */
const FULL_AT = [0.2, 0.6];
const FULL_MS = 3_000;
/** One request in ten ends badly. */
const BAD_SHARE = 0.1;
const BAD: readonly Script[] = ['busy', 'cut', 'refuse', 'refuse_paid', 'expire'];
const DAY_MS = 864e5;

/** F11: the disk for pictures fills while renders run, vendors fail and workers die. */
export const f11: Fault = {
  name: 'F11',
  what: 'renders with a disk that fills, 10 % vendor faults and killed workers: the ledger is the vendor’s bill, and every picture has its files',
  smallDose: 120,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    const script = (): Script => (random.below(1 / BAD_SHARE) === 0 ? random.pick(BAD) : 'draw');
    await using app = await startStudioApp({ vendor: { script, side: 16 }, studio: { rendersPerMonth: null, usdMicrosPerMonth: null } });
    await requestAll(app, dose);
    const kills = Math.floor(dose / RENDERS_PER_KILL);
    const [killed, filled] = await Promise.all([
      runKilledWorkers(app, { kills, first: random.below(RENDER_FAULT_POINTS.length) }),
      fillDisk(app, dose),
    ]);
    assert.equal(killed, kills, 'a worker that should die lived');
    const money = await checkMoney(app, { dose, kills });
    const files = await checkFiles(app);
    say(
      `${dose} renders, ${killed} kills, the disk full ${filled} times: ${money.charged} charged, ${money.refunded} refunded, ${money.unknown} unknown`,
    );
    say(`${files.assets} pictures with ${files.blobs} files`);
    return { renders: dose, kills: killed, full: filled, ...money, ...files };
  },
};

async function requestAll(app: StudioApp, dose: number): Promise<void> {
  for (let made = 0; made < dose;) {
    const caller = await app.person(PEOPLE[made % PEOPLE.length] ?? '');
    // Two in three go to the vendor with a queue, which draws more at a time.
    const copies = Math.min(8, dose - made);
    await caller.generation.studio.request({ ...((made / 8) % 3 < 2 ? QUEUED : DIRECT), copies });
    made += copies;
  }
}

async function countOpen({ deps }: StudioApp): Promise<number> {
  const found = await deps.db.execute<{ open: number }>(sql`select count(*)::int as open from renders where finished_at is null`);
  return found.rows[0]?.open ?? 0;
}

/** Keeps workers running until nothing is left to do. The first ones die at a point of a render, each at another one; returns how many did. */
async function runKilledWorkers(app: StudioApp, { kills, first }: { readonly kills: number; readonly first: number }): Promise<number> {
  let [started, killed] = [0, 0];
  const all = { databaseUrl: app.databaseUrl, home: app.home, vendorUrl: app.vendor.url };
  const isOver = { done: false };
  const runOne = async (): Promise<void> => {
    const point = RENDER_FAULT_POINTS[(first + started) % RENDER_FAULT_POINTS.length] ?? '';
    const faultAt = started < kills ? `${point}:${1 + (started % 4)}` : '';
    started += 1;
    await using worker = startProcess({ script: 'tests/faults/render-worker.ts', args: [JSON.stringify({ ...all, faultAt })] });
    while (!isOver.done) {
      const ended = await Promise.race([worker.exited, wait(200)]);
      isOver.done ||= (await countOpen(app)) === 0;
      if (!ended) continue;
      assert.deepEqual(ended, { code: null, signal: 'SIGKILL' }, worker.output());
      killed += 1;
      // As the sweep of a live worker does after ninety seconds.
      const pools = [...worker.output().matchAll(/pool (\S+) /g)].map((match) => match[1] ?? '');
      await app.deps.db.execute(sql`select graphile_worker.force_unlock_workers(${sql.param(pools)}::text[])`);
      await resumeRenders(app.deps);
      return;
    }
  };
  const keepOne = async () => {
    while (!isOver.done) await runOne();
  };
  await Promise.all(Array.from({ length: WORKERS }, keepOne));
  return killed;
}

/** Fills the disk of all workers for some seconds, twice; returns how often it did. What waits for room is tried at once when there is room again. */
async function fillDisk(app: StudioApp, dose: number): Promise<number> {
  const flag = path.join(app.home, FULL_DISK);
  let filled = 0;
  for (const share of FULL_AT) {
    const isDue = async () => (await countOpen(app)) <= dose * (1 - share);
    while (!(await isDue())) await wait(100);
    await writeFile(flag, '');
    await wait(FULL_MS);
    await rm(flag);
    filled += 1;
    await app.deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now()`);
  }
  return filled;
}

interface Money {
  readonly charged: number;
  readonly refunded: number;
  readonly unknown: number;
}

/** The ledger against the vendor's own bill. */
async function checkMoney(app: StudioApp, { dose, kills }: { readonly dose: number; readonly kills: number }): Promise<Money> {
  const bill = new Map<string, number>();
  for (const line of app.vendor.bill) if (line.script !== 'busy') bill.set(line.renderId, (bill.get(line.renderId) ?? 0) + 1);
  assert.deepEqual(
    [...bill].filter(([, sent]) => sent > 1),
    [],
    'a request was sent twice',
  );
  const paid = new Set(app.vendor.paid().map((line) => line.renderId));
  const ledger = async (state: string) => {
    const rows = await app.deps.db.select().from(costLedger);
    return new Set(rows.filter((row) => row.state === state).map((row) => row.renderId as string));
  };
  const [charged, unknown, refunded] = [await ledger('charged'), await ledger('unknown'), await ledger('refunded')];
  assert.equal(charged.size + unknown.size + refunded.size, dose, 'a cost is still reserved');
  assert.deepEqual(
    [...charged].filter((id) => !paid.has(id)),
    [],
    'charged and not paid',
  );
  assert.deepEqual(
    [...refunded].filter((id) => paid.has(id)),
    [],
    'paid and given back',
  );
  assert.deepEqual(
    [...paid].filter((id) => !charged.has(id) && !unknown.has(id)),
    [],
    'paid and not in the ledger',
  );
  // Only what a kill or a cut left open is unknown; the operator decides it by the bill.
  assert.ok(unknown.size <= kills * 6 + dose / 20 + 1, `${unknown.size} costs are unknown`);
  for (const row of await app.rows()) {
    if (!unknown.has(row.id)) continue;
    await app.admin.generation.usage.decideCost({ renderId: row.id, decision: paid.has(row.id) ? 'charged' : 'refunded' });
  }
  assert.deepEqual([...(await ledger('charged'))].toSorted(), [...paid].toSorted(), 'the ledger is not the bill');
  // The month may have ended in the meantime.
  const months = new Set((await app.deps.db.select().from(costLedger)).map((row) => row.month));
  const views = await Promise.all([...months].map((month) => app.admin.generation.usage.network({ month })));
  const totals = views.flatMap((view) => view.ledger);
  const micros = totals.filter(({ state }) => state === 'charged').reduce((sum, { usdMicros }) => sum + usdMicros, 0);
  const rows = await app.rows();
  assert.equal(
    micros,
    rows.filter(({ id }) => paid.has(id)).reduce((sum, row) => sum + row.estimateUsdMicros, 0),
    'the sum is not the bill',
  );
  await expectMoneyRight(app.deps);
  return { charged: charged.size, refunded: refunded.size, unknown: unknown.size };
}

/** After the daily check and the sweep: every asset has its file and its previews, every file is named, and its bytes are those of its name. */
async function checkFiles(app: StudioApp): Promise<{ readonly assets: number; readonly blobs: number }> {
  const done = (await app.rows()).filter(({ state }) => state === 'done').length;
  await app.admin.operations.jobs.run({ task: 'check-assets' });
  await app.runJobs();
  // Leftovers of killed workers are swept when they are a day old.
  app.clock.set(new Date(Date.now() + 2 * DAY_MS).toISOString());
  await tidyStudio(app.deps, new AbortController().signal);
  const rows = await app.deps.db.execute<{ sha256: string; previews: string[] }>(
    sql`select a.sha256, array(select p.preview_sha256 from asset_previews p where p.sha256 = a.sha256) as previews from assets a`,
  );
  assert.equal(rows.rows.length, done, 'a render is done without its picture');
  const named = new Set(rows.rows.flatMap(({ sha256, previews }) => [sha256, ...previews]));
  for (const { sha256, previews } of rows.rows) assert.equal(previews.length, PREVIEW_WIDTHS.length, `${sha256} lacks previews`);
  const stored = new Set<string>();
  for await (const { sha256 } of app.deps.assets.list()) {
    const bytes = await app.deps.assets.read(sha256);
    assert.equal(bytes && createHash('sha256').update(bytes).digest('hex'), sha256, 'a file is damaged');
    stored.add(sha256);
  }
  assert.deepEqual([...stored].toSorted(), [...named].toSorted(), 'files and rows differ');
  return { assets: rows.rows.length, blobs: stored.size };
}
