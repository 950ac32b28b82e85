import { SharedChecks } from '#server/use-cases/curation/feasibility/shared-checks.ts';
import { NO_CHECK } from '#shared/contracts/policies/feasibility-views.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';
import { TEST_ADMIN_KEY, startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { describe, expect, test } from 'vitest';

const TODAY = '2026-11-21';
const looseCaps = { perArtist: 50, perAlbum: 50 };
const rare = { field: 'genre', op: 'has', value: 'genre 5' } as const;
/** Counting does not decide these: the first lasts, the second does not. */
const tight = {
  version: 1,
  pool: { field: 'genre', op: 'has_any', value: ['genre 1', 'genre 2'] },
  size: 25,
  rest: { days: 10, scope: 'playlist' },
  caps: looseCaps,
};
const capped = { version: 1, pool: rare, size: 30, rest: { days: 10, scope: 'playlist' }, caps: looseCaps };

async function startFilledApp(): Promise<TestApp> {
  const app = await startTestApp({ at: `${TODAY}T05:00:00Z` });
  await fillLargeNetwork(app.databaseUrl, { recordings: 3_000, playlists: 2, policies: 1, historyDays: 2, today: TODAY });
  return app;
}

async function statesOf(states: AsyncIterable<FeasibilityCheckView>): Promise<FeasibilityCheckView[]> {
  const all: FeasibilityCheckView[] = [];
  for await (const state of states) all.push(state);
  return all;
}

/** Threads at work or waiting for their turn. */
const threads = ({ deps }: Pick<TestApp, 'deps'>) => deps.caches.feasibilityThreads.activeCount + deps.caches.feasibilityThreads.pendingCount;

/** A check that the test moves along. */
function control() {
  let [starts, ended] = [0, 0];
  let [report, finish, fail]: [(state: FeasibilityCheckView) => void, (state: FeasibilityCheckView) => void, (error: Error) => void] = [
    () => {},
    () => {},
    () => {},
  ];
  const start: Parameters<SharedChecks['follow']>[1]['start'] = (run) => {
    starts += 1;
    report = run.report;
    run.signal.addEventListener('abort', () => (ended += 1));
    return new Promise((resolve, reject) => ([finish, fail] = [resolve, reject]));
  };
  return {
    start,
    report: (day: number) => report({ ...NO_CHECK, stage: 'days', day }),
    finish: () => finish(NO_CHECK),
    fail: (why: string) => fail(new Error(why)),
    counts: () => [starts, ended],
  };
}

describe('watching the check of a policy', () => {
  test('gives a first answer before the exact check, then its days, then the same result as a check that waits', async () => {
    await using app = await startFilledApp();
    const states = await statesOf(await app.admin.playlistAdmin.policies.watch({ body: tight }));
    expect(states[0]).toMatchObject({ stage: 'waiting', verdict: 'open', days: 90, pool: 250, needed: 250, result: null });
    expect(states.some(({ stage, day, days }) => stage === 'days' && day > 0 && days === 90)).toBe(true);
    expect(states.at(-1)).toMatchObject({ stage: null, verdict: 'feasible', nearest: null });
    expect((await app.admin.playlistAdmin.policies.check({ body: tight })).feasibility).toEqual(states.at(-1)?.result);
    expect(threads(app)).toBe(0);
  });

  test('of an infeasible policy ends with a nearest policy, which a check of its own finds feasible', async () => {
    await using app = await startFilledApp();
    const states = await statesOf(await app.admin.playlistAdmin.policies.watch({ body: capped }));
    expect(states[0]?.verdict).toBe('infeasible');
    const last = states.at(-1);
    expect(last).toMatchObject({ stage: null, verdict: 'infeasible', result: { kind: 'infeasible' }, nearest: { version: 1 } });
    const [again] = (await statesOf(await app.admin.playlistAdmin.policies.watch({ body: last?.nearest }))).slice(-1);
    expect(again?.result).toMatchObject({ kind: 'feasible', days: 90 });
  });

  test('is refused for an invalid policy, and says nothing about an empty catalog', async () => {
    await using app = await startTestApp();
    await expect(app.admin.playlistAdmin.policies.watch({ body: { version: 1, pool: { all: [] }, size: 0 } })).rejects.toMatchObject({
      cause: { field: 'size' },
    });
    expect(await statesOf(await app.admin.playlistAdmin.policies.watch({ body: { version: 1, pool: { all: [] } } }))).toEqual([NO_CHECK]);
  });

  test('ends the check when its only follower leaves, by a closed connection too', async () => {
    await using app = await startTestApp({ at: `${TODAY}T05:00:00Z`, http: true });
    await fillLargeNetwork(app.databaseUrl, { recordings: 3_000, playlists: 2, policies: 1, historyDays: 2, today: TODAY });
    const leaving = new AbortController();
    const response = await fetch(`${app.baseUrl}/trpc/playlistAdmin.policies.watch?batch=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'trpc-accept': 'application/jsonl', 'x-admin-api-key': TEST_ADMIN_KEY },
      body: JSON.stringify({ 0: { body: tight } }),
      signal: leaving.signal,
    });
    const reader = response.body?.getReader();
    let text = '';
    while (reader && !text.includes('"waiting"')) text += new TextDecoder().decode((await reader.read()).value);
    expect(threads(app)).toBe(1);
    leaving.abort();
    await expect.poll(() => threads(app), { timeout: 60_000 }).toBe(0);
  });

  test('is not stopped by another caller who leaves', async () => {
    await using app = await startFilledApp();
    const [leaving, staying] = [
      await app.admin.playlistAdmin.policies.watch({ body: tight }),
      await app.admin.playlistAdmin.policies.watch({ body: tight }),
    ];
    await leaving.next();
    await staying.next();
    expect(threads(app)).toBe(1);
    await leaving.return();
    expect((await statesOf(staying)).at(-1)?.result).toMatchObject({ kind: 'feasible' });
  });
});

describe('saving a policy whose check still runs', () => {
  test('waits for that check and starts no other; a feasible policy is saved', async () => {
    await using app = await startFilledApp();
    const watching = await app.admin.playlistAdmin.policies.watch({ body: tight });
    expect((await watching.next()).value).toMatchObject({ verdict: 'open' });
    const saving = app.admin.playlistAdmin.policies.create({ name: 'Tight', body: tight });
    const running: number[] = [];
    for await (const state of watching) running.push(state.stage === null ? 0 : threads(app));
    expect(Math.max(...running)).toBe(1);
    expect(await saving).toMatchObject({ version: 1 });
  });

  test('goes on when the editor is closed, and never stores an infeasible policy', async () => {
    await using app = await startFilledApp();
    const watching = await app.admin.playlistAdmin.policies.watch({ body: capped });
    await watching.next();
    const saving = app.admin.playlistAdmin.policies.create({ name: 'Too rare', body: capped });
    await watching.return();
    await expect(saving).rejects.toMatchObject({ cause: { code: 'invalid_input' } });
    expect((await app.admin.playlistAdmin.policies.list()).map(({ name }) => name)).not.toContain('Too rare');
  });
});

describe('a check shared by several callers', () => {
  test('ends when the last of them leaves, in whatever way, and the next caller starts it again', async () => {
    const checks = new SharedChecks();
    const check = control();
    const stop = new AbortController();
    const [first, second] = [checks.follow('q', { start: check.start, signal: stop.signal }), checks.follow('q', { start: check.start })];
    const [one, two] = [first.next(), second.next()];
    check.report(1);
    expect([(await one).value?.day, (await two).value?.day]).toEqual([1, 1]);
    const waiting = first.next();
    stop.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(check.counts()).toEqual([1, 0]);
    await second.return();
    expect(check.counts()).toEqual([1, 1]);
    const third = checks.follow('q', { start: check.start });
    const last = third.next();
    check.finish();
    expect((await last).value).toEqual(NO_CHECK);
    expect(check.counts()).toEqual([2, 1]);
  });

  test('tells all of them its failure and is not kept; a result is kept', async () => {
    const checks = new SharedChecks();
    const check = control();
    const waiting = [checks.follow('q', { start: check.start }).next(), checks.follow('q', { start: check.start }).next()];
    check.fail('no thread');
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = checks.follow('q', { start: check.start }).next();
    check.finish();
    expect((await again).value).toEqual(NO_CHECK);
    expect(await statesOf(checks.follow('q', { start: check.start }))).toEqual([NO_CHECK]);
    expect(check.counts()).toEqual([2, 0]);
  });
});
