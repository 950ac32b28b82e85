import { AppError } from '#shared/errors.ts';
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { resumeRenders } from '#server/use-cases/studio/renders/resume-renders.ts';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';

describe('a render that is not drawn', () => {
  test.each([
    ['is refused without cost', QUEUED, 'refuse', { state: 'refused', refusal: 'content', cost: 'refunded', error: 'The vendor refused the words.' }],
    ['is refused and paid', DIRECT, 'refuse_paid', { state: 'refused', refusal: 'content', cost: 'charged', chargeUsdMicros: 30_000 }],
    ['is gone at the vendor', QUEUED, 'expire', { state: 'failed', cost: 'charged', error: 'The vendor has deleted the picture.' }],
    ['has an answer that was lost', DIRECT, 'cut', { state: 'unknown', cost: 'unknown', chargeUsdMicros: null }],
    ['has a ticket that was lost', QUEUED, 'cut', { state: 'unknown', cost: 'unknown' }],
  ] as const)('%s, and says so', async (_name, request, script, expected) => {
    await using app = await startStudioApp({ vendor: { script: () => script } });
    const [render] = await app.admin.generation.studio.request(request);
    await app.runJobs();
    const view = await app.admin.generation.studio.view({ renderId: render!.id });
    expect(view).toMatchObject({ ...expected, assets: [], cancel: null, canRetry: true });
    expect(view.error).not.toBeNull();
    expect(app.vendor.bill).toHaveLength(1);
    await expectMoneyRight(app.deps);
    const history = await app.admin.generation.usage.history({});
    expect(history.items).toMatchObject([{ renderId: render!.id, success: false, errorMessage: view.error }]);
  });

  test('because the vendor is busy or down is sent again, and paid once', async () => {
    await using app = await startStudioApp({ vendor: { script: (count) => (count < 3 ? 'busy' : 'draw') } });
    const [render] = await app.admin.generation.studio.request(QUEUED);
    for (let i = 0; i < 3; i += 1) {
      await expect(runNow(app.deps, render!.id)).rejects.toMatchObject({ code: 'rate_limited' });
      expect(await app.row(render!.id)).toMatchObject({
        state: 'queued',
        intendedAt: null,
        error: expect.stringMatching(
          /^The vendor is busy\. Segue sends the request again at \d\d:\d\d UTC\. Nothing is charged until then\.$/,
        ) as string,
      });
    }
    await runNow(app.deps, render!.id);
    expect(await app.row(render!.id)).toMatchObject({ state: 'done', error: null });
    expect([app.vendor.bill.length, app.vendor.paid().length]).toEqual([4, 1]);
    app.vendor.setScript(() => 'down');
    const [failing] = await app.admin.generation.studio.request(DIRECT);
    await expect(runNow(app.deps, failing!.id)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 15_000 });
    const { error } = await app.admin.generation.studio.view({ renderId: failing!.id });
    expect(error).toMatch(/^The vendor is down\. Segue sends the request again at/);
    app.clock.set(new Date(app.clock.now().getTime() + 25 * 3_600_000).toISOString());
    await runNow(app.deps, failing!.id);
    expect(await app.admin.generation.studio.view({ renderId: failing!.id })).toMatchObject({ state: 'failed', cost: 'refunded' });
    await expectMoneyRight(app.deps);
  });

  test('because its vendor or its model is gone costs nothing', async () => {
    await using app = await startStudioApp();
    const [one, other] = [await app.admin.generation.studio.request(QUEUED), await app.admin.generation.studio.request(DIRECT)];
    const { fal: _, ...rest } = app.deps.renderVendors;
    await runNow({ ...app.deps, renderVendors: rest }, one[0]!.id);
    await runNow({ ...app.deps, models: [] }, other[0]!.id);
    for (const { id } of [...one, ...other])
      expect(await app.admin.generation.studio.view({ renderId: id })).toMatchObject({ state: 'failed', cost: 'refunded' });
    expect(app.vendor.bill).toEqual([]);
    await expectMoneyRight(app.deps);
  });

  test('because the file is no picture was paid, and says so', async () => {
    await using app = await startStudioApp();
    const files = [{ bytes: Buffer.from('<svg/>'), mediaType: 'image/png', seed: null }];
    const vendor = { start: () => Promise.resolve({ kind: 'done' as const, files }), poll: fail, cancel: fail };
    const [render] = await app.admin.generation.studio.request(DIRECT);
    await runNow({ ...app.deps, renderVendors: { stability: vendor } }, render!.id);
    const view = await app.admin.generation.studio.view({ renderId: render!.id });
    expect(view).toMatchObject({ state: 'failed', cost: 'charged', error: expect.stringContaining('The vendor was paid.') });
    await expectMoneyRight(app.deps);
  });
});

const fail = () => Promise.reject(new Error('Not expected.'));

const full = () => new AppError('unavailable', { message: 'The disk for pictures is full.', remedy: 'Ask the operator to free space.' });

describe('while the disk is full', () => {
  test('nothing is sent that would be paid', async () => {
    await using app = await startStudioApp();
    const [render] = await app.admin.generation.studio.request(DIRECT);
    const assets = { ...app.deps.assets, requireRoom: () => Promise.reject(full()) };
    await expect(runNow({ ...app.deps, assets }, render!.id)).rejects.toMatchObject({ code: 'unavailable' });
    expect(app.vendor.bill).toEqual([]);
    expect(await app.row(render!.id)).toMatchObject({ state: 'queued', error: expect.stringContaining('disk') });
    await runNow(app.deps, render!.id);
    expect(await app.row(render!.id)).toMatchObject({ state: 'done' });
  });

  test('a render keeps its ticket and is stored later; when the vendor has deleted the result it failed and was paid', async () => {
    await using app = await startStudioApp();
    const [first, second] = await app.admin.generation.studio.request({ ...QUEUED, copies: 2 });
    const assets = { ...app.deps.assets, write: () => Promise.reject(full()) };
    for (const { id } of [first!, second!]) {
      await expect(runNow({ ...app.deps, assets }, id)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 15_000 });
      expect(await app.admin.generation.studio.view({ renderId: id })).toMatchObject({
        state: 'storing',
        cost: 'charged',
        cancel: { costs: 'yes' },
        error: expect.stringContaining('fal keeps the picture for a short time'),
      });
    }
    await runNow(app.deps, first!.id);
    expect(await app.row(first!.id)).toMatchObject({ state: 'done', error: null });
    app.clock.set(new Date(app.clock.now().getTime() + 600_000).toISOString());
    await runNow({ ...app.deps, assets }, second!.id);
    expect(await app.row(second!.id)).toMatchObject({ state: 'failed', error: expect.stringContaining('It was paid.') });
    expect([app.vendor.bill.length, app.vendor.paid().length]).toEqual([2, 2]);
    await expectMoneyRight(app.deps);
  });
});

test('a render whose job was lost gets one again, and one without a place does not', async () => {
  await using app = await startStudioApp();
  const made = await app.admin.generation.studio.request({ ...QUEUED, copies: 6 });
  const jobs = async () => (await app.deps.db.execute<{ key: string }>(sql`select key from graphile_worker.jobs`)).rows.map(({ key }) => key);
  expect(await jobs()).toHaveLength(4);
  await app.deps.db.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`render:${made[0]!.id}`}`);
  await app.deps.db.execute(sql`delete from graphile_worker._private_jobs where key <> ${`render:${made[0]!.id}`}`);
  expect([await resumeRenders(app.deps), await resumeRenders(app.deps)]).toEqual([4, 0]);
  await app.runJobs();
  expect((await app.rows()).map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'done'));
});

test('a render that crashed its worker every time ends, and an answer that comes late is taken', async () => {
  await using app = await startStudioApp();
  const [poison, late] = await app.admin.generation.studio.request({ ...QUEUED, copies: 2 });
  await app.deps.db.execute(sql`update renders set attempts = 24 where id = ${poison!.id}`);
  await runNow(app.deps, poison!.id);
  expect(await app.admin.generation.studio.view({ renderId: poison!.id })).toMatchObject({ state: 'failed', cost: 'refunded' });

  // A second worker finds the request of a paused one without an answer; then the paused one goes on.
  const { fal } = app.deps.renderVendors;
  const paused: typeof fal = {
    ...fal!,
    start: async (request, signal) => {
      const answer = await fal!.start(request, signal);
      await runNow(app.deps, late!.id);
      expect(await app.row(late!.id)).toMatchObject({ state: 'unknown' });
      return answer;
    },
  };
  await runNow({ ...app.deps, renderVendors: { fal: paused } }, late!.id);
  expect(await app.admin.generation.studio.view({ renderId: late!.id })).toMatchObject({ state: 'done', cost: 'charged' });
  expect(app.vendor.paid()).toHaveLength(1);
  await expectMoneyRight(app.deps);
});

test('a job of a render that does not exist, or has ended, does nothing', async () => {
  await using app = await startStudioApp();
  await runNow(app.deps, randomUUID());
  const [render] = await app.admin.generation.studio.request(QUEUED);
  await runNow(app.deps, render!.id);
  const before = await app.row(render!.id);
  await runNow(app.deps, render!.id);
  expect(await app.row(render!.id)).toEqual(before);
  expect(app.vendor.bill).toHaveLength(1);
});
