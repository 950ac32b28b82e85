import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { followCachedCheck } from '#server/use-cases/curation/feasibility/feasibility-cache.ts';
import { NO_CHECK } from '#shared/contracts/policies/feasibility-views.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const TODAY = '2026-11-21';
const energetic = { field: 'energy', op: 'gte', value: 0.5 } as const;

/** An app with a catalog of a few thousand recordings, on a fixed day. */
async function startFilledApp(): Promise<TestApp> {
  const app = await startTestApp({ at: `${TODAY}T05:00:00Z` });
  await fillLargeNetwork(app.databaseUrl, { recordings: 3_000, playlists: 2, policies: 1, historyDays: 2, today: TODAY });
  return app;
}

describe('a draft of a policy', () => {
  test('is counted rule by rule, including groups and mix blocks, and is not stored', async () => {
    await using app = await startFilledApp();
    const mix = [
      { name: 'Loud', rule: energetic, share: 60 },
      { name: 'Quiet', rule: { not: energetic }, share: 40 },
    ];
    const before = await app.admin.playlistAdmin.policies.list();
    const view = await app.admin.playlistAdmin.policies.check({ body: { version: 1, pool: { all: [energetic] }, mix }, feasibility: false });
    expect(view.problems).toEqual([]);
    expect(view.catalog).toBe(3_000);
    expect(view.counts.map((count) => count.path)).toEqual(['pool', 'pool.all.0', 'mix.0.rule', 'mix.1.rule', 'mix.1.rule.not']);
    const expected = await app.deps.db.execute<{ loud: number; unknown: number }>(sql`
      select count(*) filter (where energy >= 0.5)::int as loud, (3000 - count(energy))::int as unknown from track_features`);
    expect(view.counts[1]).toEqual({ path: 'pool.all.0', admits: expected.rows[0]?.loud, unknown: expected.rows[0]?.unknown });
    expect(view.pool).toBe(expected.rows[0]?.loud);
    expect(view.rules[0]).toBe('Energy at least 0.50');
    expect(await app.admin.playlistAdmin.policies.list()).toEqual(before);
  });

  test('that is invalid says where and what to do, without an error', async () => {
    await using app = await startTestApp();
    const view = await app.admin.playlistAdmin.policies.check({ body: { version: 1, pool: { field: 'energy', op: 'between', value: [0.9, 0.1] } } });
    expect(view).toMatchObject({ pool: null, feasibility: null, rules: [] });
    expect(view.problems).toEqual([{ field: 'pool.value', message: expect.any(String), remedy: 'Put the lower number first.' }]);
  });

  test('sees new recordings at once', async () => {
    await using app = await startFilledApp();
    // A catalog that took long to read is cached for a while; this one is read in no time, however busy the machine is.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const pool = async () => (await app.admin.playlistAdmin.policies.check({ body: { version: 1, pool: { all: [] } }, feasibility: false })).pool;
    expect(await pool()).toBe(3_000);
    await app.deps.db.execute(sql`insert into recordings (match_key, title, duration_ms, track_id, album_id, basis, confidence, ingested_on)
      values ('k', 'One more', 200000, ${'t'.repeat(22)}, ${'a'.repeat(22)}, 'isrc', 1, ${TODAY})`);
    expect(await pool()).toBe(3_001);
  });

  test('is checked on columns that are read once for all callers, and again only when the catalog was written to', async () => {
    await using app = await startFilledApp();
    const [first, second] = await Promise.all([getCachedCatalog(app.deps), getCachedCatalog(app.deps)]);
    expect(second).toBe(first);
    expect(await getCachedCatalog(app.deps)).toBe(first);
    await app.deps.db.execute(sql`update track_features set energy = 0.123 where recording_id = 1`);
    // Postgres reports its counts some seconds after the commit.
    await vi.waitFor(async () => expect(await getCachedCatalog(app.deps)).not.toBe(first), { timeout: 60_000, interval: 200 });
    const { catalog, rowOf } = await getCachedCatalog(app.deps);
    expect(catalog.numbers.energy[rowOf[1] ?? -1]).toBeCloseTo(0.123);
  });

  test('previews the list it would make, with reasons, and places nothing', async () => {
    await using app = await startFilledApp();
    const view = await app.admin.playlistAdmin.policies.preview({ body: { version: 1, pool: { all: [energetic] }, size: 20 }, day: TODAY });
    expect(view.entries).toHaveLength(20);
    expect(view.shortfall).toEqual([]);
    expect(view.entries[0]).toMatchObject({ position: 1, title: expect.stringMatching(/^Title \d+$/), artists: [expect.stringMatching(/^Artist/)] });
    expect(view.entries.every((entry) => (entry.energy ?? 0) >= 0.5 && entry.why.length > 0)).toBe(true);
    const stored = await app.deps.db.execute<{ n: number }>(sql`select count(*)::int as n from snapshots`);
    expect(stored.rows[0]?.n).toBe(0);
  });

  test('is for the operator only', async () => {
    await using app = await startTestApp();
    const anonymous = app.as({ kind: 'anonymous' });
    await expect(anonymous.playlistAdmin.policies.check({ body: {} })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(anonymous.playlistAdmin.policies.preview({ body: {} })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

describe('versions of a policy', () => {
  test('are stored newest first, and two of them are compared in words and by the recordings they admit', async () => {
    await using app = await startFilledApp();
    const first = await app.admin.playlistAdmin.policies.create({
      name: 'Loud',
      body: { version: 1, pool: { all: [energetic] }, size: 10, rest: { days: 2, scope: 'playlist' } },
    });
    const [family] = (await app.admin.playlistAdmin.policies.families()).filter((one) => one.name === 'Loud');
    const body = { version: 1, pool: { all: [{ ...energetic, value: 0.7 }] }, size: 12, rest: { days: 2, scope: 'playlist' } };
    const second = await app.admin.playlistAdmin.policies.create({ name: 'Louder', body, familyId: family?.familyId });
    const versions = await app.admin.playlistAdmin.policies.family({ familyId: family?.familyId ?? '' });
    expect(versions).toMatchObject({
      name: 'Louder',
      versions: [
        { id: second.id, version: 2, playlists: 0 },
        { id: first.id, version: 1 },
      ],
    });
    const diff = await app.admin.playlistAdmin.policies.diff({ from: first.id, to: second.id });
    expect(diff.differences).toEqual([
      { path: 'size', what: 'List size', before: '10', after: '12' },
      { path: 'pool.all.0', what: 'Pool rule', before: 'Energy at least 0.50', after: 'Energy at least 0.70' },
    ]);
    expect(diff.pool.entering).toBe(0);
    expect(diff.pool.before - diff.pool.leaving).toBe(diff.pool.after);
    expect(diff.pool.leaving).toBeGreaterThan(0);
  });
});

describe('saving a policy', () => {
  const own = { days: 10, scope: 'playlist' } as const;

  test('that could not be filled is refused with the conflict, its first rule and the day', async () => {
    await using app = await startFilledApp();
    const rare = { field: 'genre', op: 'has', value: 'genre 5' } as const;
    const body = { version: 1, pool: { all: [energetic, rare] }, size: 30, rest: own, caps: { perArtist: 50, perAlbum: 50 } };
    const checked = await app.admin.playlistAdmin.policies.check({ body });
    expect(checked.feasibility).toMatchObject({ kind: 'infeasible', dryDay: expect.any(Number), needed: 300 });
    const saving = app.admin.playlistAdmin.policies.create({ name: 'Too rare', body });
    await expect(saving).rejects.toThrow('“genre is genre 5”');
    await expect(saving).rejects.toThrow('cannot be met together; without any one of them the others can.');
    await expect(saving).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { code: 'invalid_input', field: 'rest.days' } });
    expect((await app.admin.playlistAdmin.policies.list()).map((policy) => policy.name)).not.toContain('Too rare');
  });

  test('does not repeat a proof from editing until the catalog, the ledger or the playlists change', async () => {
    await using app = await startFilledApp();
    let checks = 0;
    const check = async (body: unknown) => {
      const before = checks;
      const start = async () => {
        checks += 1;
        return NO_CHECK;
      };
      for await (const state of followCachedCheck(app.deps, body, { start })) expect(state).toEqual(NO_CHECK);
      return checks > before ? 'judged' : 'known';
    };
    // Everything filled in is counted by now.
    await vi.waitFor(async () => expect([await check('settled'), await check('settled')]).toEqual(['known', 'known']), {
      timeout: 60_000,
      interval: 200,
    });
    expect([await check('a'), await check('a'), await check('b'), await check('a')]).toEqual(['judged', 'known', 'judged', 'known']);
    await app.deps.db.execute(sql`update playlists set status = 'paused' where global_index = 1`);
    expect(await check('a')).toBe('judged');
    await app.deps.db.execute(sql`insert into recordings (match_key, title, duration_ms, track_id, album_id, basis, confidence, ingested_on)
      values ('k', 'One more', 200000, ${'t'.repeat(22)}, ${'a'.repeat(22)}, 'isrc', 1, ${TODAY})`);
    expect(await check('a')).toBe('judged');
    await curatePlaylists(app.deps, { day: TODAY, trigger: 'test', signal: new AbortController().signal });
    expect(await check('a')).toBe('judged');
  });

  test('is judged beside the lists that share its rest, and a version beside the lists of its family', { timeout: 300_000 }, async () => {
    await using app = await startTestApp({ at: `${TODAY}T05:00:00Z` });
    await fillLargeNetwork(app.databaseUrl, { recordings: 150, playlists: 0, policies: 0, historyDays: 0, today: TODAY });
    const network = { version: 1, pool: { all: [] }, size: 10, rest: { days: 10, scope: 'network' }, caps: { perArtist: 50, perAlbum: 50 } };
    const first = await app.admin.playlistAdmin.policies.create({ name: 'Greedy', body: network });
    await app.admin.playlistAdmin.playlists.create({ themeTag: 'Greedy', policyId: first.id });
    await expect(app.admin.playlistAdmin.policies.create({ name: 'As greedy again', body: network })).rejects.toThrow(
      'repeat window applies to: all playlists',
    );
    const [family] = await app.admin.playlistAdmin.policies.families();
    const second = await app.admin.playlistAdmin.policies.create({ name: 'Greedy', body: { ...network, size: 12 }, familyId: family?.familyId });
    expect(second.version).toBe(2);
  });

  test('that can be filled is saved, and its lists are filled when they are curated', { timeout: 300_000 }, async () => {
    await using app = await startFilledApp();
    const mix = [
      { name: 'Loud', rule: energetic, share: 50 },
      { name: 'Any', rule: { all: [] }, share: 50 },
    ];
    for (const [name, body] of Object.entries({
      Close: {
        version: 1,
        pool: { field: 'genre', op: 'has_any', value: ['genre 1', 'genre 2'] },
        size: 20,
        rest: own,
        caps: { perArtist: 50, perAlbum: 50 },
      },
      Mixed: { version: 1, pool: { all: [] }, size: 20, rest: own, mix, turnover: 0.5 },
      Timed: { version: 1, pool: { all: [] }, size: 30, duration: { minutes: 60 }, rest: own },
    })) {
      const { id } = await app.admin.playlistAdmin.policies.create({ name, body });
      await app.admin.playlistAdmin.playlists.create({ themeTag: name, policyId: id });
    }
    await app.deps.db.execute(sql`update playlists set status = 'paused' where theme_tag like 'Theme %'`);
    for (let n = 0; n < 12; n += 1)
      await curatePlaylists(app.deps, { day: addDays(TODAY, n), trigger: 'test', signal: new AbortController().signal });
    const checked = await app.deps.db.execute<{ status: string; n: number }>(sql`select status, count(*)::int as n from snapshots group by 1`);
    expect(checked.rows).toEqual([{ status: 'published', n: 36 }]);
  });

  test('is not blocked by a catalog that is still empty', async () => {
    await using app = await startTestApp();
    const body = { version: 1, pool: { all: [] } };
    expect((await app.admin.playlistAdmin.policies.check({ body })).feasibility).toBeNull();
    expect(await app.admin.playlistAdmin.policies.create({ name: 'Early', body })).toMatchObject({ version: 1 });
  });
});
