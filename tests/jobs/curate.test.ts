import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { SYSTEM } from '#server/actor.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import { certifySnapshot } from '#server/use-cases/playlists/certify-snapshot.ts';
import { viewNetwork } from '#server/use-cases/playlists/view-network.ts';
import { viewPlaylist } from '#server/use-cases/playlists/view-playlist.ts';
import { whyNot } from '#server/use-cases/playlists/why-not.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createBenchDeps } from '../bench/bench-deps.ts';
import { cloneDatabase } from '../support/database.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const TODAY = '2026-11-21';
const NETWORK = { recordings: 6_000, playlists: 6, policies: 2, historyDays: 3, today: TODAY };

async function openNetwork(network: Partial<typeof NETWORK> = {}) {
  const url = await cloneDatabase();
  await fillLargeNetwork(url, { ...NETWORK, ...network });
  const settings = {
    sandbox: true,
    playlistNameTemplate: 'Vibe • {ThemeTag} • #{GlobalIndex:000} • {YYYY-MM-DD}',
    spotifyWebUrl: 'https://open.spotify.com',
  };
  const deps = { ...createBenchDeps(url, new Date(`${TODAY}T04:00:00Z`)), settings: settings as never };
  const { signal } = new AbortController();
  const curate = (day: string, trigger = 'test') =>
    trackRun(deps, { task: 'curate-playlists', trigger, signal }, (report) => curatePlaylists(deps, { day, trigger, signal }, report));
  const lists = async (day: string) =>
    (
      await deps.db.execute<{
        index: number;
        ids: number[];
      }>(sql`select p.global_index as "index", array_agg(h.recording_id order by h.position) as ids
      from playlist_entries_history h join playlists p on p.id = h.playlist_id where h.batch_tag = ${day}::date group by 1 order by 1`)
    ).rows;
  return { deps, curate, lists, [Symbol.asyncDispose]: () => deps.close() };
}

describe('curating a day', () => {
  test('every playlist gets fifty recordings of its pool whose repeat windows are over, within its caps', async () => {
    await using network = await openNetwork();
    expect((await network.curate(TODAY)).outcome).toBe(`6 playlists have their lists for ${TODAY}.`);
    const lists = await network.lists(TODAY);
    expect(lists.map((list) => list.ids.length)).toEqual([50, 50, 50, 50, 50, 50]);
    const broken = await network.deps.db.execute<{ n: number }>(sql`select count(*)::int as n from (
      select 1 from playlist_entries_history h join track_artists ta on ta.track_id = h.track_id where h.batch_tag = ${TODAY}::date group by h.playlist_id, ta.artist_id having count(*) > 2
      union all select 1 from playlist_entries_history h join recordings r on r.id = h.recording_id where h.batch_tag = ${TODAY}::date group by h.playlist_id, r.album_id having count(*) > 1
      union all select 1 from (select first_day, lag(last_day + rest_days) over (partition by rest_scope, recording_id order by first_day) as until from placements) s where first_day < until) b`);
    expect(broken.rows[0]?.n).toBe(0);
  });

  test('a day curated by the schedule, however late, goes to sync at once; one curated manually waits until its plan is read', async () => {
    await using network = await openNetwork();
    const queued = async () =>
      (await network.deps.db.execute<{ task: string }>(sql`select task_identifier as task from graphile_worker.jobs`)).rows.map((row) => row.task);
    await network.curate('2026-11-20', 'admin');
    expect(await queued()).toEqual([]);
    await network.curate(TODAY, 'timetable');
    expect(await queued()).toEqual(['sync-playlists']);
    await network.deps.db.execute(sql`delete from graphile_worker._private_jobs`);
    await network.curate(TODAY, 'timetable');
    expect(await queued()).toEqual([]);
  });

  test('the same policy, catalog, ledger and day make the same lists in another app', async () => {
    await using one = await openNetwork();
    await using other = await openNetwork();
    await one.curate(TODAY);
    await other.curate(TODAY);
    expect(await one.lists(TODAY)).toEqual(await other.lists(TODAY));
  });

  test('running the job twice changes nothing', async () => {
    await using network = await openNetwork();
    await network.curate(TODAY);
    const before = await network.lists(TODAY);
    expect((await network.curate(TODAY)).outcome).toBe(`Every playlist already has its list for ${TODAY}.`);
    expect(await network.lists(TODAY)).toEqual(before);
  });

  test('a second worker leaves the day to the first and comes back later', async () => {
    await using network = await openNetwork();
    const whileLocked = await withAdvisoryLocks(network.deps.pool, ['curate-playlists'], async () => {
      await expect(network.curate(TODAY)).rejects.toMatchObject({ code: 'rate_limited' });
    });
    expect(whileLocked.kind).toBe('done');
    expect(await network.lists(TODAY)).toEqual([]);
  });

  test('a playlist that cannot be filled says why, publishes nothing, and is filled once its pool allows', async () => {
    await using network = await openNetwork();
    const pool = {
      all: [
        { field: 'genre', op: 'has', value: 'genre 3' },
        { field: 'popularity', op: 'gte', value: 101 },
      ],
    };
    const { id } = await createPolicy({ ...network.deps, provePolicy }, SYSTEM, { name: 'Too narrow', body: { version: 1, pool } });
    await createPlaylists(network.deps, SYSTEM, { themeTag: 'Nowhere', policyId: id, count: 1 });
    await network.curate(TODAY);
    const { playlists } = await viewNetwork(network.deps);
    expect(playlists.find((card) => card.themeTag === 'Nowhere')).toMatchObject({ freshness: 'unfilled', day: null, size: 0 });
    const { report, entries } = await viewPlaylist(network.deps, { index: 7, day: TODAY });
    expect(entries).toEqual([]);
    expect(report?.shortfall.join(' ')).toMatch(/50/);
    await network.deps.db.execute(
      sql`update recordings set popularity = 101 where id in (select recording_id from track_tags where tag = 'genre 3')`,
    );
    expect((await network.curate(TODAY)).outcome).toBe(`1 playlist has its list for ${TODAY}.`);
    expect((await viewPlaylist(network.deps, { index: 7, day: TODAY })).entries).toHaveLength(50);
  });

  test('everything downstream works when nothing is known about the music', async () => {
    await using network = await openNetwork();
    await network.deps.db.execute(sql`delete from track_features`);
    await network.deps.db.execute(sql`delete from track_tags`);
    const { id } = await createPolicy({ ...network.deps, provePolicy }, SYSTEM, {
      name: 'Anything',
      body: { version: 1, pool: { all: [] }, prefer: [{ field: 'energy', toward: 0.5, spread: 0.2, weight: 1 }] },
    });
    await createPlaylists(network.deps, SYSTEM, { themeTag: 'Anything', policyId: id, count: 1 });
    await network.curate(TODAY);
    const { entries, card } = await viewPlaylist(network.deps, { index: 7, day: TODAY });
    expect(entries).toHaveLength(50);
    expect(card.sound.energy).toBeNull();
    expect(entries[0]?.reasons.preferences.every((preference) => preference.unknown)).toBe(true);
  });

  test('every track has its reason, every day its certificate, and anyone may ask why another track is missing', async () => {
    await using network = await openNetwork();
    await network.curate(TODAY);
    const view = await viewPlaylist(network.deps, { index: 1, day: TODAY });
    for (const entry of view.entries) expect(entry.why, entry.title).toMatch(/^\S.{8,}\.$/);
    const certificate = await certifySnapshot(network.deps, { index: 1, day: TODAY });
    expect(certificate).toMatchObject({ violations: 0, restDays: 30, daysOnRecord: 4, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(view.certificate?.digest).toBe(certificate.digest);
    const chosen = view.entries[0]?.recordingId ?? 0;
    expect((await whyNot(network.deps, { index: 1, day: TODAY, recordingId: chosen })).answer).toContain('at position 1');
    const resting = await network.deps.db.execute<{ id: number }>(
      sql`select p.recording_id as id from placements p join playlists l on l.id = p.playlist_id where l.global_index = 1 and p.first_day < ${TODAY}::date limit 1`,
    );
    const answer = await whyNot(network.deps, { index: 1, day: TODAY, recordingId: resting.rows[0]?.id ?? 0 });
    expect(answer.steps.find((step) => step.rule === 'Repeat window: 30 days')).toMatchObject({ holds: false });
  });

  test('the network is proved once for all readers while nothing is written, says when, and is proved again after a write', async () => {
    await using network = await openNetwork();
    await network.curate(TODAY);
    let at = network.deps.now().getTime();
    let last = '';
    const provedAgain = async () => {
      at += 1_000;
      const { provedAt } = await viewNetwork({ ...network.deps, now: () => new Date(at) });
      const isNew = provedAt !== last;
      last = provedAt;
      return isNew;
    };
    // Postgres reports writes a moment after they happen.
    await expect.poll(provedAgain, { timeout: 60_000, interval: 200 }).toBe(false);
    await network.deps.db.execute(sql`insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
      select playlist_id, recording_id, 'elsewhere', first_day, first_day, 30 from placements limit 1`);
    expect(await provedAgain()).toBe(true);
  });

  test('the proof counts a repeat that the constraint did not stop, on the network page, on the playlist page and in the certificate', async () => {
    await using network = await openNetwork();
    await network.curate(TODAY);
    await network.deps.db.execute(sql`alter table placements drop constraint placements_no_repeat`);
    await network.deps.db.execute(sql`insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
      select playlist_id, recording_id, rest_scope, first_day - 5, first_day - 5, 30 from placements where id = (
        select min(h.placement_id) from playlist_entries_history h join playlists p on p.id = h.playlist_id where p.global_index = 1)`);
    expect((await viewNetwork(network.deps)).repeats).toBe(1);
    expect((await viewPlaylist(network.deps, { index: 1 })).card.repeats).toBe(1);
    expect((await certifySnapshot(network.deps, { index: 1, day: TODAY })).violations).toBe(1);
    expect((await viewPlaylist(network.deps, { index: 2 })).card.repeats).toBe(0);
  });
});
