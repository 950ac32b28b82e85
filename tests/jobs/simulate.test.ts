import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { addDays } from '#shared/domain/calendar.ts';
import type { PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';
import { measureCuratedDays } from '#tests/support/network/curated-days.ts';

const TODAY = '2026-11-21';
const never = new AbortController().signal;

/** A network with history: playlists of one shared repeat scope, and further policies with a mix, turnover, pins, a group, playing time, and version 2. */
async function openNetwork(): Promise<TestApp> {
  const app = await startTestApp({ at: `${TODAY}T05:00:00Z` });
  await fillLargeNetwork(app.databaseUrl, { recordings: 9_000, playlists: 2, policies: 2, historyDays: 3, today: TODAY });
  const energetic = { field: 'energy', op: 'gte', value: 0.5 } as const;
  const mixed: PolicyV1Input = {
    version: 1,
    pool: { all: [] },
    size: 20,
    turnover: 0.3,
    rest: { days: 7, scope: 'policy' },
    mix: [
      { name: 'Loud', rule: energetic, share: 60 },
      { name: 'Quiet', rule: { not: energetic }, share: 40 },
    ],
    pins: [{ recording: { recordingId: 5 }, position: 1 }],
    exclusivity: { group: 'house' },
  };
  const timed: PolicyV1Input = {
    version: 1,
    // So few that some of them come back within the ten days.
    pool: {
      all: [
        { field: 'genre', op: 'has', value: 'genre 3' },
        { ...energetic, value: 0.6 },
      ],
    },
    caps: { perArtist: 9, perAlbum: 9 },
    size: 30,
    duration: { minutes: 60, tolerance: 2 },
    rest: { days: 5, scope: 'playlist' },
    flow: { energy: 'rise', harmonic: 0.5, tempo: 0.5 },
    exclusivity: { yieldsTo: ['house'] },
  };
  const drawn = {
    version: 2,
    pool: { all: [] },
    prefer: [{ field: 'energy', toward: 0.6, spread: 0.2, weight: 1 }],
    size: 20,
    turnover: 0.6,
    rest: { days: 4, scope: 'playlist' },
    flow: { energy: 'wave', harmonic: 0.3, tempo: 0 },
  };
  // Draws depend on ids, and how many tracks fill an hour depends on the draw: every app gets the same ones.
  let made = 0;
  const writer = { ...app.deps, newId: () => `00000000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}` };
  for (const [name, body, count] of [
    ['Mixed', mixed, 1],
    ['Timed', timed, 1],
    ['Drawn', drawn, 1],
  ] as const) {
    const { id } = await createPolicy({ ...writer, provePolicy }, SYSTEM, { name, body });
    await createPlaylists(writer, SYSTEM, { themeTag: name, policyId: id, count });
  }
  return app;
}

async function simulate(app: TestApp, input: Parameters<TestApp['admin']['playlistAdmin']['curation']['simulate']>[0]) {
  const { id } = await app.admin.playlistAdmin.curation.simulate(input);
  await app.runJobs();
  return app.admin.playlistAdmin.curation.simulation({ id });
}

describe('a simulation', () => {
  test('of ten days predicts what those days are when they are really curated: the same lists, the same figures', { timeout: 300_000 }, async () => {
    await using app = await openNetwork();
    await curatePlaylists(app.deps, { day: TODAY, trigger: 'test', signal: never });
    const view = await simulate(app, { days: 10, variants: [{ name: 'As it is' }] });
    expect(view).toMatchObject({ status: 'done', done: 10, total: 10, problem: null });
    const simulated = view.results[0]?.result;
    expect(simulated?.from).toBe(addDays(TODAY, 1));
    expect(simulated?.dryDay).toBeNull();
    expect(
      (await app.deps.db.execute<{ n: number }>(sql`select count(*)::int as n from snapshots where batch_tag > ${TODAY}::date`)).rows[0]?.n,
    ).toBe(0);

    for (let n = 1; n <= 10; n += 1) {
      app.clock.set(`${addDays(TODAY, n)}T04:00:00Z`);
      await curatePlaylists(app.deps, { trigger: 'test', signal: never });
    }
    const actual = await measureCuratedDays(app.deps, { from: addDays(TODAY, 1), days: 10 });
    expect(actual).toEqual(simulated);
    expect(actual.entries).toBeGreaterThan(1_300);
    expect(actual.reuseDistances.length).toBeGreaterThan(0);
  });

  test('of a network that runs out of music names the day, and that day runs out', { timeout: 300_000 }, async () => {
    await using app = await startTestApp({ at: `${TODAY}T05:00:00Z` });
    await fillLargeNetwork(app.databaseUrl, { recordings: 1_200, playlists: 2, policies: 1, historyDays: 0, today: TODAY });
    const view = await simulate(app, { days: 6, variants: [{ name: 'As it is' }] });
    const result = view.results[0]?.result;
    expect(result?.dryDay).not.toBeNull();
    const dry = result?.days.find((day) => day.day === result.dryDay);
    expect(dry?.unfilled).toBeGreaterThan(0);
    expect(dry?.fillRate).toBeLessThan(1);
    for (let n = 0; n < 6; n += 1) await curatePlaylists(app.deps, { day: addDays(TODAY, n), trigger: 'test', signal: never });
    const unfilled = await app.deps.db.execute<{ day: string }>(sql`select min(batch_tag)::text as day from snapshots where status = 'unfilled'`);
    expect(unfilled.rows[0]?.day).toBe(result?.dryDay);
  });

  test(
    'of two versions compares them over the same network: the draft replaces its family, the rest stays unchanged',
    { timeout: 300_000 },
    async () => {
      await using app = await openNetwork();
      const mixed = (await app.admin.playlistAdmin.policies.families()).find((family) => family.name === 'Mixed');
      const body = { ...mixed?.versions[0]?.body, turnover: 1 };
      const view = await simulate(app, {
        days: 3,
        variants: [{ name: 'As it is' }, { name: 'All new every day', ...(mixed ? { familyId: mixed.familyId } : {}), body }],
      });
      const [now, then] = view.results.map((one) => one.result);
      expect(view.title).toBe(`3 days from ${TODAY}: As it is and All new every day`);
      expect(now?.digest).not.toBe(then?.digest);
      expect(then?.days.at(-1)?.fresh).toBeGreaterThan(now?.days.at(-1)?.fresh ?? 1);
      expect(then?.entries).toBe(now?.entries);
    },
  );

  test(
    'of a draft runs it beside the active policies, totals its own lists separately, saves nothing, and keeps the draft for saving',
    { timeout: 300_000 },
    async () => {
      await using app = await openNetwork();
      const mixed = (await app.admin.playlistAdmin.policies.families()).find((family) => family.name === 'Mixed');
      const familyId = mixed?.familyId ?? '';
      const body = { ...mixed?.versions[0]?.body, turnover: 1 };
      const variants = [{ name: 'As it is now' }, { name: 'The draft', saveAs: 'Mixed anew', familyId, body }];
      const view = await simulate(app, { days: 2, variants });
      expect(view).toMatchObject({ status: 'done', total: 4, done: 4, title: `2 days from ${TODAY}: As it is now and the draft of “Mixed anew”` });
      expect(view.draft).toEqual({ familyId, name: 'Mixed anew', policy: body });
      const [now, then] = view.results;
      expect([now?.own?.entries, then?.own?.entries]).toEqual([40, 40]);
      expect(now?.result.entries).toBeGreaterThan(200);
      expect(then?.own?.days.at(-1)).toMatchObject({ published: 1, fresh: 1 - 1 / 20 });
      expect(now?.own?.days.at(-1)?.fresh).toBeCloseTo(0.3);
      expect((await app.admin.playlistAdmin.policies.family({ familyId })).versions).toHaveLength(1);
      const stored = await app.deps.db.execute<{ n: number }>(sql`select count(*)::int as n from snapshots`);
      expect(stored.rows[0]?.n).toBe(0);
      const saved = await app.admin.playlistAdmin.policies.create({ name: view.draft?.name ?? '', familyId, body: view.draft?.policy });
      expect(saved.version).toBe(2);
    },
  );

  test('of a new policy gives it one playlist beside the others, which are reported, too', { timeout: 300_000 }, async () => {
    await using app = await openNetwork();
    const body = { version: 1, pool: { all: [] }, size: 10, rest: { days: 3, scope: 'playlist' } };
    const view = await simulate(app, { days: 2, variants: [{ name: 'The draft', saveAs: 'New', body }] });
    expect(view.draft).toMatchObject({ familyId: null, name: 'New', policy: { size: 10, variety: 0.25 } });
    expect(view.results[0]?.own).toMatchObject({ entries: 20, dryDay: null });
    expect(view.results[0]?.result.days[0]?.published).toBe(6);
    expect((await app.admin.playlistAdmin.policies.families()).map((family) => family.name)).not.toContain('New');
  });

  test('of a draft whose group would close a priority cycle is refused, naming the field', async () => {
    await using app = await openNetwork();
    const body = { version: 1, pool: { all: [] }, exclusivity: { group: 'mine', yieldsTo: ['house'] } };
    const mixed = (await app.admin.playlistAdmin.policies.families()).find((family) => family.name === 'Mixed');
    const back = { ...mixed?.versions[0]?.body, exclusivity: { group: 'house', yieldsTo: ['mine'] } };
    await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name: 'Mine', body });
    const draft = { name: 'The draft', familyId: mixed?.familyId ?? '', body: back };
    await expect(app.admin.playlistAdmin.curation.simulate({ days: 1, variants: [draft] })).rejects.toMatchObject({
      cause: { code: 'invalid_input', field: 'exclusivity.yieldsTo' },
    });
    const view = await app.admin.playlistAdmin.policies.check({ body: back, familyId: draft.familyId, feasibility: false });
    expect(view.problems[0]).toMatchObject({ field: 'exclusivity.yieldsTo', message: expect.stringContaining('cycle') });
  });

  test('that is canceled stops, and stays canceled; one that is over cannot be canceled', async () => {
    await using app = await openNetwork();
    const { id } = await app.admin.playlistAdmin.curation.simulate({ days: 2, variants: [{ name: 'As it is' }] });
    expect(await app.admin.playlistAdmin.curation.cancelSimulation({ id })).toMatchObject({ status: 'cancelled', done: 0 });
    await app.runJobs();
    expect(await app.admin.playlistAdmin.curation.simulation({ id })).toMatchObject({ status: 'cancelled', results: [] });
    const other = await simulate(app, { days: 1, variants: [{ name: 'As it is' }] });
    expect(await app.admin.playlistAdmin.curation.cancelSimulation({ id: other.id })).toMatchObject({ status: 'done' });
    expect((await app.admin.playlistAdmin.curation.simulations()).map((one) => one.id)).toEqual([other.id, id]);
  });

  test('does not start on a day that has lists, nor with an invalid draft', async () => {
    await using app = await openNetwork();
    await curatePlaylists(app.deps, { day: TODAY, trigger: 'test', signal: never });
    const from = TODAY as never;
    await expect(app.admin.playlistAdmin.curation.simulate({ days: 1, from, variants: [{ name: 'As it is' }] })).rejects.toThrow(
      `There are already lists for ${TODAY}.`,
    );
    await expect(
      app.admin.playlistAdmin.curation.simulate({ days: 1, variants: [{ name: 'Bad', body: { version: 1, size: 0 } }] }),
    ).rejects.toMatchObject({
      cause: { code: 'invalid_input' },
    });
  });
});
