import { SYSTEM } from '#server/actor.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { listCurationAlerts } from '#server/use-cases/curation/list-curation-alerts.ts';
import { loadCatalog } from '#server/use-cases/catalog/load-catalog.ts';
import { prepareLists } from '#server/use-cases/curation/prepare-lists.ts';
import { readRecentPlacements } from '#server/use-cases/curation/read-recent-placements.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import type { SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createBenchDeps } from '../bench/bench-deps.ts';
import { cloneDatabase } from '../support/database.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const TODAY = '2026-11-21';
const trackId = (n: number) => `t${String(n).padStart(21, '0')}`;
const artistId = (n: number) => `r${String(n).padStart(21, '0')}`;
const never = new AbortController().signal;

/** An app with a small catalog, two playlists with a repeat window per policy and some history, and the playlists that the test is about. */
async function openNetwork(lists: readonly { readonly name: string; readonly count: number; readonly body: object }[]) {
  const url = await cloneDatabase();
  await fillLargeNetwork(url, { recordings: 6_000, playlists: 2, policies: 2, historyDays: 5, today: TODAY });
  const deps = createBenchDeps(url, new Date(`${TODAY}T04:00:00Z`));
  for (const { name, count, body } of lists) {
    const { id } = await createPolicy({ ...deps, provePolicy }, SYSTEM, {
      name,
      body: { version: 1, pool: { all: [] }, caps: { perArtist: 5, perAlbum: 5 }, ...body },
    });
    await createPlaylists(deps, SYSTEM, { themeTag: name, policyId: id, count });
  }
  const query = async <T extends Record<string, unknown>>(statement: ReturnType<typeof sql>) => (await deps.db.execute<T>(statement)).rows;
  return {
    deps,
    query,
    curate: (day: string) => curatePlaylists(deps, { day, trigger: 'test', signal: never }),
    shown: async (day: string, index?: number) =>
      (
        await query<{ index: number; ids: number[] }>(sql`select p.global_index as "index", array_agg(h.recording_id order by h.position) as ids
          from playlist_entries_history h join playlists p on p.id = h.playlist_id where h.batch_tag = ${day}::date and (${index ?? null}::int is null or p.global_index = ${index ?? null}) group by 1 order by 1`)
      ).map((row) => row.ids),
    reports: async (day: string) =>
      query<{ status: string; report: SnapshotReport }>(
        sql`select s.status, s.report from snapshots s join playlists p on p.id = s.playlist_id where s.batch_tag = ${day}::date order by p.global_index`,
      ),
    [Symbol.asyncDispose]: () => deps.close(),
  };
}

const NETWORK = [
  {
    name: 'Slow',
    count: 2,
    body: { size: 20, turnover: 0.25, rest: { days: 6, scope: 'network' }, exclusivity: { group: 'slow', yieldsTo: ['fast'] } },
  },
  { name: 'Fast', count: 2, body: { size: 15, turnover: 0.8, rest: { days: 4, scope: 'playlist' }, exclusivity: { group: 'fast' } } },
  {
    name: 'Pinned',
    count: 1,
    body: {
      size: 12,
      turnover: 0.5,
      rest: { days: 5, scope: 'network' },
      pins: [{ recording: { trackId: trackId(77) }, position: 2 }, { recording: { recordingId: 78 } }],
      bans: { artists: [artistId(3)], recordings: [{ recordingId: 90 }] },
      flow: { energy: 'rise', harmonic: 0.5 },
    },
  },
] as const;

describe('placements in the ledger', () => {
  test('twelve days simulated in memory equal the real days, list by list and reason by reason', { timeout: 300_000 }, async () => {
    await using network = await openNetwork(NETWORK);
    const { deps } = network;
    const playlists = await listPlaylists(deps.db, { status: 'active' });
    const loaded = await loadCatalog(deps, { texts: playlists.some((playlist) => policyNeedsTexts(playlist.policy)) });
    const listsOn = await prepareLists(deps, loaded, { from: TODAY, playlists });
    const repeatIndex = await readRecentPlacements(deps, loaded, { day: TODAY, lists: listsOn(TODAY) });
    for (let step = 0; step < 12; step += 1) {
      const day = addDays(TODAY, step);
      const drafts = curateDay({ catalog: loaded.catalog, day, lists: listsOn(day), repeatIndex });
      repeatIndex.addDrafts(drafts, dayNumber(day));
      await network.curate(day);
      expect(drafts.every((draft) => draft.status === 'published')).toBe(true);
      expect(await network.shown(day)).toEqual(drafts.map((draft) => draft.entries.map((entry) => entry.recordingId)));
      expect(await network.reports(day)).toEqual(drafts.map(({ status, report }) => ({ status, report })));
    }
    const stays = await network.query<{ days: number; n: number }>(sql`
      select count(*)::int as n, max(last_day - first_day)::int as days from placements p join playlists l on l.id = p.playlist_id where l.theme_tag = 'Slow' and first_day >= ${TODAY}::date`);
    expect(stays[0]?.n).toBe(2 * (20 + 11 * 5));
    expect(stays[0]?.days).toBe(3);
  });

  test('a placement is one row that grows; the entry of each day points to it, and says since when', async () => {
    await using network = await openNetwork([{ name: 'Still', count: 1, body: { size: 10, turnover: 0, rest: { days: 30, scope: 'network' } } }]);
    for (const step of [0, 1, 2]) await network.curate(addDays(TODAY, step));
    const rows = await network.query(sql`
      select count(distinct p.id)::int as stays, count(*)::int as entries, min(p.first_day)::text as since, max(p.last_day)::text as until, count(h.reasons->>'staysSince')::int as told
      from playlist_entries_history h join placements p on p.id = h.placement_id join playlists l on l.id = h.playlist_id where l.theme_tag = 'Still'`);
    expect(rows).toEqual([{ stays: 10, entries: 30, since: TODAY, until: addDays(TODAY, 2), told: 20 }]);
    expect(await network.shown(addDays(TODAY, 2), 3)).toEqual(await network.shown(TODAY, 3));
  });

  test('a pin is a placement without an end until it is removed; its repeat window starts on the last day it was shown', async () => {
    await using network = await openNetwork([{ name: 'Marked', count: 2, body: { size: 10, rest: { days: 7, scope: 'network' } } }]);
    const [, , marked] = await listPlaylists(network.deps.db);
    await network.deps.db
      .execute(sql`insert into playlist_marks (playlist_id, recording_id, kind, position, source, since_day, until_day, created_by, created_at)
      values (${marked?.id}, 500, 'pin', 1, 'admin', ${TODAY}, ${addDays(TODAY, 3)}, 'test', now()), (${marked?.id}, 501, 'ban', null, 'admin', ${TODAY}, null, 'test', now())`);
    const stay = () =>
      network.query(
        sql`select first_day::text as first, last_day::text as last, rest::text as rest from placements where recording_id = 500 and rest_scope = 'network'`,
      );
    await network.curate(TODAY);
    await network.curate(addDays(TODAY, 1));
    expect(await stay()).toEqual([{ first: TODAY, last: null, rest: `[${TODAY},)` }]);
    await network.curate(addDays(TODAY, 2));
    expect((await network.shown(addDays(TODAY, 2), 3))[0]?.[0]).toBe(500);
    await network.curate(addDays(TODAY, 3));
    expect((await network.shown(addDays(TODAY, 3), 3))[0]).not.toContain(500);
    expect(await stay()).toEqual([{ first: TODAY, last: addDays(TODAY, 2), rest: `[${TODAY},${addDays(TODAY, 9)})` }]);
  });

  test('the pins of a retired playlist end with its last list, so that others may have them after their repeat window', async () => {
    await using network = await openNetwork([
      {
        name: 'Old',
        count: 1,
        body: { size: 10, rest: { days: 2, scope: 'network' }, pins: [{ recording: { recordingId: 700 } }], exclusivity: { group: 'g' } },
      },
      { name: 'New', count: 1, body: { size: 10, rest: { days: 2, scope: 'network' }, exclusivity: { group: 'g' } } },
    ]);
    await network.curate(TODAY);
    await network.deps.db.execute(sql`update playlists set status = 'retired' where theme_tag = 'Old'`);
    await network.curate(addDays(TODAY, 1));
    const ended = await network.query(
      sql`select p.last_day::text as last, e.last_day::text as claimed from placements p join exclusive_stays e on e.placement_id = p.id where p.recording_id = 700`,
    );
    expect(ended).toEqual([{ last: TODAY, claimed: TODAY }]);
  });

  test('what a policy names and the catalog lacks is in the report; of two lists that pin one recording only one is made', async () => {
    const pins = [{ recording: { isrc: 'GBAAA2600001' } }, { recording: { recordingId: 600 } }];
    await using network = await openNetwork([
      {
        name: 'Twice',
        count: 2,
        body: { size: 10, rest: { days: 7, scope: 'network' }, pins, bans: { artists: ['0'.repeat(22)], albums: ['1'.repeat(22)] } },
      },
    ]);
    await network.curate(TODAY);
    const [, , first, second] = await network.reports(TODAY);
    expect([first?.status, second?.status]).toEqual(['published', 'unfilled']);
    expect(first?.report.notes).toEqual([
      'Not in the catalog, but pinned by the policy: ISRC GBAAA2600001.',
      `Not in the catalog, but banned by the policy: artist ${'0'.repeat(22)}.`,
      `Not in the catalog, but banned by the policy: album ${'1'.repeat(22)}.`,
    ]);
    expect(await listCurationAlerts({ db: network.deps.db, now: network.deps.now })).toMatchObject([
      {
        level: 'warning',
        what: 'Policy “Twice” names something that is not in the catalog',
        detail: expect.stringMatching(/album 1+\. 2 lists were made without it/),
      },
      { detail: expect.stringContaining('artist 0') },
      { detail: expect.stringContaining('ISRC GBAAA2600001') },
    ]);
    expect(second?.report.shortfall).toEqual([
      '“Title 600” is pinned here and in “Twice” #3. Only one of them can have it, because they share a repeat window. Remove one of the two pins.',
    ]);
  });

  test('playlists of a group never show one recording on the same day, and the database refuses a manual attempt', async () => {
    await using network = await openNetwork([
      { name: 'Group', count: 3, body: { size: 20, turnover: 0.3, rest: { days: 2, scope: 'playlist' }, exclusivity: { group: 'one' } } },
    ]);
    for (const step of [0, 1, 2]) await network.curate(addDays(TODAY, step));
    const shared = await network.query<{
      n: number;
    }>(sql`select count(*)::int as n from (select 1 from playlist_entries_history h join playlists p on p.id = h.playlist_id
      where p.theme_tag = 'Group' group by h.batch_tag, h.recording_id having count(*) > 1) s`);
    expect(shared).toEqual([{ n: 0 }]);
    const byHand = network.query(sql`insert into exclusive_stays (placement_id, group_name, recording_id, first_day, last_day)
      select (select min(id) from placements), group_name, recording_id, last_day, last_day from exclusive_stays order by placement_id limit 1`);
    await expect(byHand).rejects.toMatchObject({ cause: { constraint: 'exclusive_stays_no_share' } });
  });

  test('a policy that closes a priority cycle is refused and the cycle is named, a new version that opens it is accepted', async () => {
    await using network = await openNetwork([{ name: 'Rain', count: 1, body: { exclusivity: { group: 'rain', yieldsTo: ['sun'] } } }]);
    const sun = (yieldsTo: string[]) =>
      createPolicy({ ...network.deps, provePolicy }, SYSTEM, {
        name: 'Sun',
        body: { version: 1, pool: { all: [] }, exclusivity: { group: 'sun', yieldsTo } },
      });
    await expect(sun(['rain'])).rejects.toMatchObject({
      code: 'invalid_input',
      field: 'exclusivity.yieldsTo',
      message: 'The priorities of the groups “sun” → “rain” → “sun” form a cycle, so no group could choose first.',
      remedy: 'Remove a “lower priority than” group from this policy, or from “Rain”.',
    });
    expect((await sun(['wind'])).version).toBe(1);
  });

  test('a day that is curated late avoids conflicts with the days that already exist', async () => {
    await using network = await openNetwork([{ name: 'Late', count: 1, body: { size: 20, turnover: 0.5, rest: { days: 3, scope: 'network' } } }]);
    for (const step of [0, 1, 3, 4, 5]) await network.curate(addDays(TODAY, step));
    await network.curate(addDays(TODAY, 2));
    const [missed] = await network.shown(addDays(TODAY, 2), 3);
    expect(missed).toHaveLength(20);
    const early = await network.query<{
      n: number;
    }>(sql`select count(*)::int as n from (select first_day, lag(last_day + rest_days) over (partition by rest_scope, recording_id order by first_day) as until
      from placements) s where first_day < until`);
    expect(early).toEqual([{ n: 0 }]);
  });
});
