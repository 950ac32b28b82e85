import { jobRuns } from '#drizzle/schema/index.ts';
import { describeSignal } from '#server/use-cases/operations/jobs/job-signal.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { viewPlaylist } from '#server/use-cases/playlists/view-playlist.ts';
import { listNetworkAlerts } from '#server/use-cases/operations/alerts/list-network-alerts.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createBenchDeps } from '../bench/bench-deps.ts';
import { cloneDatabase } from '../support/database.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const YESTERDAY = '2026-11-20';
const TODAY = '2026-11-21';
const LISTS = 6;

/** Six playlists of one policy; the database can be made to refuse some of their lists. */
async function openNetwork(at = `${TODAY}T04:00:00Z`) {
  const url = await cloneDatabase();
  await fillLargeNetwork(url, { recordings: 6_000, playlists: LISTS, policies: 1, historyDays: 3, today: TODAY });
  const settings = { sandbox: true, playlistNameTemplate: '{ThemeTag} #{GlobalIndex}', spotifyWebUrl: 'https://open.spotify.com' };
  const deps = { ...createBenchDeps(url, new Date(at)), settings: settings as never };
  const curate = (day: string, { isLastTry = false } = {}) => {
    const { signal } = new AbortController();
    const nextTry = () => (isLastTry ? null : new Date(Date.parse(at) + 60_000));
    describeSignal(signal, { payload: {}, queueJobId: 1, attempt: 1, stop: () => {}, nextTry });
    return trackRun(deps, { task: 'curate-playlists', trigger: 'timetable', signal }, (report) =>
      curatePlaylists(deps, { day, trigger: 'timetable', signal }, report),
    );
  };
  const statuses = async (day: string) =>
    (
      await deps.db.execute<{ index: number; status: string; entries: number }>(sql`
        select p.global_index as "index", s.status, (select count(*)::int from playlist_entries_history h where h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag) as entries
        from snapshots s join playlists p on p.id = s.playlist_id where s.batch_tag = ${day}::date order by 1`)
    ).rows;
  const failInserts = (table: SQL, body: string) =>
    deps.db.execute(sql`create function poison() returns trigger language plpgsql as ${sql.raw(`$$ begin ${body} end $$`)};
      create trigger poison before insert on ${table} for each row execute function poison()`);
  const stopFailing = () => deps.db.execute(sql`drop function poison cascade`);
  const queued = async () =>
    (
      await deps.db.execute<{ task: string; payload: object }>(sql`
        select t.identifier as task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id`)
    ).rows;
  return { deps, curate, statuses, failInserts, stopFailing, queued, [Symbol.asyncDispose]: () => deps.close() };
}

const IS_PLAYLIST_THREE = 'new.playlist_id = (select id from playlists where global_index = 3)';

describe('a list that the database refuses', () => {
  const cases = [
    {
      what: 'because one of its rows violates a constraint',
      table: sql`placements`,
      body: `if ${IS_PLAYLIST_THREE} then raise exception 'poisoned' using errcode = 'check_violation'; end if; return new;`,
      says: 'The database rejected its list.',
    },
    {
      what: 'because a track in it is still in its repeat window',
      table: sql`placements`,
      body: `if ${IS_PLAYLIST_THREE} and pg_trigger_depth() = 1 then insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
        values (new.playlist_id, new.recording_id, new.rest_scope, new.first_day - 1, new.first_day - 1, 30); end if; return new;`,
      says: 'The database rejected its list: a recording repeats within its repeat window.',
    },
    {
      what: 'at the very end, because it is incomplete',
      table: sql`playlist_entries_history`,
      body: `if ${IS_PLAYLIST_THREE} and new.position = 50 then return null; end if; return new;`,
      says: 'The database rejected its list: the list is incomplete.',
    },
  ];
  for (const { what, table, body, says } of cases) {
    test(`${what} stops no other playlist from its day, and is reported by name and tried again`, async () => {
      await using network = await openNetwork();
      await network.failInserts(table, body);
      await expect(network.curate(TODAY)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(`5 playlists have their lists for ${TODAY}; 1 rejected. #3 `),
        remedy: 'Segue tries again automatically.',
      });
      const all = await network.statuses(TODAY);
      expect(all.map(({ status }) => status)).toEqual(['published', 'published', 'unfilled', 'published', 'published', 'published']);
      expect(all.map(({ entries }) => entries)).toEqual([50, 50, 0, 50, 50, 50]);
      expect((await viewPlaylist(network.deps, { index: 3, day: TODAY })).report?.shortfall).toEqual([says]);
      expect(await listNetworkAlerts(network.deps)).toContainEqual(
        expect.objectContaining({ key: 'playlist:3:unfilled', detail: expect.stringContaining(says) }),
      );
      expect(await network.queued()).toEqual([{ task: 'sync-playlists', payload: { day: TODAY } }]);

      await network.stopFailing();
      expect((await network.curate(TODAY)).outcome).toBe(`1 playlist has its list for ${TODAY}.`);
      expect((await network.statuses(TODAY)).map(({ entries }) => entries)).toEqual([50, 50, 50, 50, 50, 50]);
    });
  }

  test('again and again is reported as failed after the last attempt, with the playlist and why', async () => {
    await using network = await openNetwork();
    await network.failInserts(cases[0]?.table ?? sql``, cases[0]?.body ?? '');
    await expect(network.curate(TODAY)).rejects.toMatchObject({ code: 'conflict' });
    await expect(network.curate(TODAY, { isLastTry: true })).rejects.toMatchObject({ code: 'conflict' });
    const runs = await network.deps.db.select().from(jobRuns);
    expect(new Set(runs.map(({ remedy }) => remedy))).toEqual(
      new Set(['Segue tries again automatically.', 'This was the last attempt. Run it again when the cause is fixed; completed work is kept.']),
    );
    for (const { outcome } of runs) expect(outcome).toMatch(/1 rejected\. #3 .*\(poisoned\)/);
  });

  test('leaves the other lists exactly as they were decided together', async () => {
    await using healthy = await openNetwork();
    await using failing = await openNetwork();
    await failing.failInserts(cases[0]?.table ?? sql``, cases[0]?.body ?? '');
    await healthy.curate(TODAY);
    await failing.curate(TODAY).catch(() => {});
    const lists = async ({ deps }: typeof healthy) =>
      (
        await deps.db.execute<{ index: number; ids: number[] }>(sql`
          select p.global_index as "index", array_agg(h.recording_id order by h.position) as ids from playlist_entries_history h
          join playlists p on p.id = h.playlist_id where h.batch_tag = ${TODAY}::date and p.global_index <> 3 group by 1 order by 1`)
      ).rows;
    expect(await lists(failing)).toEqual(await lists(healthy));
  });

  test('because the database is unavailable is not blamed on the list', async () => {
    await using network = await openNetwork();
    await network.failInserts(sql`placements`, `raise exception 'full' using errcode = 'disk_full';`);
    await expect(network.curate(TODAY)).rejects.toMatchObject({ cause: { code: '53100' } });
    expect(await network.statuses(TODAY)).toEqual([]);
    expect(await network.queued()).toEqual([]);
  });
});

test('a day whose curation ends after midnight is passed to sync as the day that was curated', async () => {
  await using network = await openNetwork(`${TODAY}T00:00:30Z`);
  await network.curate(YESTERDAY);
  expect(await network.queued()).toEqual([{ task: 'sync-playlists', payload: { day: YESTERDAY } }]);
});
