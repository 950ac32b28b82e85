import { RENDER_FAULT_POINTS } from '#server/use-cases/studio/renders/fault-points.ts';
import type { RenderFaultPoint } from '#server/use-cases/studio/renders/fault-points.ts';
import type { CostState, RenderState } from '#shared/vocabulary.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { startProcess } from '#tests/support/processes/real-process.ts';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';

// A process takes a second to start, and longer on a busy machine.
vi.setConfig({ testTimeout: 300_000, maxConcurrency: 2 });

const FOLDER = new URL('../../server/use-cases/studio/', import.meta.url);

interface Outcome {
  /** Where the next run ends. */
  readonly state: RenderState;
  readonly cost: CostState;
  /** Requests that the vendor was sent, and charges for. */
  readonly sent: number;
  readonly paid: number;
}

const done: Outcome = { state: 'done', cost: 'charged', sent: 1, paid: 1 };
/** The vendor was paid, but only the dead process knew; or it was never asked. Either way it is not asked again. */
const unknown = (count: number): Outcome => ({ state: 'unknown', cost: 'unknown', sent: count, paid: count });

/** What the next run makes of a kill at each point, for a vendor with a queue and for one that answers in one request; null: never reached. */
const OUTCOMES: Record<RenderFaultPoint, readonly [queue: Outcome | null, direct: Outcome | null]> = {
  'render.after_admit': [done, done],
  'render.before_intent': [done, done],
  'render.after_intent': [unknown(0), unknown(0)],
  'render.after_answer': [{ ...unknown(1), paid: 0 }, unknown(1)],
  'render.after_ticket': [done, null],
  'render.after_poll': [done, null],
  'render.after_files': [done, unknown(1)],
  'render.after_result': [done, done],
  'render.after_previews': [done, done],
  'render.before_done': [done, done],
  'render.after_done': [done, done],
};

const KILLS = RENDER_FAULT_POINTS.flatMap((point) =>
  OUTCOMES[point].flatMap((outcome, at) => (outcome ? [{ point, way: at === 0 ? ('queue' as const) : ('direct' as const), outcome }] : [])),
);

describe.concurrent('after a worker is killed during a render, the next run pays nothing twice and loses nothing that can be fetched', () => {
  test.each(KILLS)('$point with a vendor of the kind $way', async ({ point, way, outcome }) => {
    await using app = await startStudioApp();
    const [render] = await app.admin.generation.studio.request(way === 'queue' ? QUEUED : DIRECT);
    const { id } = render!;
    await using killed = startProcess({
      script: 'tests/faults/render-once.ts',
      args: [JSON.stringify({ databaseUrl: app.databaseUrl, home: app.home, vendorUrl: app.vendor.url, faultAt: `${point}:1` }), id],
    });
    expect(await killed.exited, killed.output()).toEqual({ code: null, signal: 'SIGKILL' });

    await runNow(app.deps, id);
    await runNow(app.deps, id);
    expect(await app.row(id)).toMatchObject({ state: outcome.state });
    expect(await app.cost(id)).toMatchObject({ state: outcome.cost });
    expect([app.vendor.bill.length, app.vendor.paid().length]).toEqual([outcome.sent, outcome.paid]);
    const view = await app.admin.generation.studio.view({ renderId: id });
    expect(view.assets.map(({ seed }) => seed)).toEqual(outcome.state === 'done' ? ['1'] : []);
    expect(view.error === null).toBe(outcome.state === 'done');
    if (outcome.state === 'done') expect(await app.deps.assets.read(await digestOf(app, id))).toBeDefined();
    await expectMoneyRight(app.deps);
  });
});

async function digestOf(app: Awaited<ReturnType<typeof startStudioApp>>, id: string): Promise<string> {
  return (await app.row(id))?.result?.[0]?.sha256 ?? '';
}

test('an unknown cost counts against the month until the operator decides it by the vendor’s bill', async () => {
  await using app = await startStudioApp({ vendor: { script: () => 'cut' }, studio: { rendersPerMonth: 1 } });
  const ada = await app.person('Ada');
  const [render] = await ada.generation.studio.request(DIRECT);
  await runNow(app.deps, render!.id);
  expect(await ada.generation.studio.view({ renderId: render!.id })).toMatchObject({ state: 'unknown', cost: 'unknown', chargeUsdMicros: null });
  await expect(ada.generation.studio.request(DIRECT)).rejects.toMatchObject({ cause: { code: 'quota_exceeded' } });
  const { unknown: costs } = await app.admin.generation.usage.network({});
  expect(costs).toMatchObject([{ renderId: render!.id, vendor: 'stability', name: 'Ada', usdMicros: 30_000 }]);
  await app.admin.generation.usage.decideCost({ renderId: render!.id, decision: 'refunded' });
  expect(await ada.generation.usage.mine()).toMatchObject({ renders: { used: 0 }, usdMicros: { used: 0 } });
  await expect(app.admin.generation.usage.decideCost({ renderId: render!.id, decision: 'charged' })).rejects.toMatchObject({
    cause: { code: 'conflict' },
  });
  await expectMoneyRight(app.deps);
});

test('the list of fault points matches all fault points in the sources', () => {
  const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('/fault-points.ts'),
  );
  const points = sources.flatMap((name) => readFileSync(new URL(name, FOLDER), 'utf8').match(/(?<=')render\.(?:before|after)_\w+(?=')/g) ?? []);
  expect([...new Set(points)].toSorted()).toEqual(RENDER_FAULT_POINTS.toSorted());
});

afterAll(() => console.info(`${RENDER_FAULT_POINTS.length} fault points, ${KILLS.length} kills.`));
