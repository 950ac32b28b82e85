import { SYSTEM } from '#server/actor.ts';
import { lockShownDays } from '#server/repos/curation/group-claims.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { addDays } from '#shared/domain/calendar.ts';
import type { PlaylistMarkKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';
import { cloneDatabase } from '#tests/support/database.ts';

const DAY_ONE = '2026-11-20';
const DAY_TWO = '2026-11-21';
const never = new AbortController().signal;

/** Playlists from number 3 on, of one group, each with its own repeat window. The clock is at day two. */
async function openGroup(names: readonly string[]) {
  const databaseUrl = await cloneDatabase();
  await fillLargeNetwork(databaseUrl, { recordings: 3_000, playlists: 2, policies: 2, historyDays: 2, today: addDays(DAY_ONE, -1) });
  const app = await startTestApp({ databaseUrl, at: `${DAY_TWO}T05:00:00Z` });
  const { db } = app.deps;
  const add = async (name: string) => {
    const body = { version: 1, pool: { all: [] }, size: 10, rest: { days: 0, scope: 'playlist' }, exclusivity: { group: 'evening' } };
    const { id } = await app.as(SYSTEM).playlistAdmin.policies.create({ name, body });
    await app.as(SYSTEM).playlistAdmin.playlists.create({ themeTag: name, policyId: id });
  };
  for (const name of names) await add(name);
  const mark = async (index: number, recordingId: number, on: { kind?: PlaylistMarkKind; since: string; until?: string }) => {
    const playlist = (await listPlaylists(db)).find(({ globalIndex }) => globalIndex === index);
    await db.execute(sql`insert into playlist_marks (playlist_id, recording_id, kind, position, source, since_day, until_day, created_by, created_at)
      values (${playlist?.id}, ${recordingId}, ${on.kind ?? 'pin'}, null, 'admin', ${on.since}, ${on.until ?? null}, 'test', now())`);
  };
  return {
    ...app,
    add,
    mark,
    curate: (day: string) => curatePlaylists(app.deps, { day, trigger: 'test', signal: never }),
    preview: (index: number) => app.admin.playlistAdmin.playlists.previewRollback({ index, showsDay: DAY_ONE }),
    shown: async (index: number, day: string) =>
      (
        await db.execute<{ id: number }>(sql`select h.recording_id as id from playlist_entries_history h join playlists p on p.id = h.playlist_id
          where p.global_index = ${index} and h.batch_tag = ${day}::date order by h.position`)
      ).rows.map(({ id }) => id),
  };
}

/** Tracks that playlist 3 shows on day one and no playlist of its group shows on day two. */
async function curateDayOne(network: Awaited<ReturnType<typeof openGroup>>, others: readonly number[]): Promise<number[]> {
  await network.curate(DAY_ONE);
  const ids = await network.shown(3, DAY_ONE);
  for (const index of [3, ...others]) for (const id of ids) await network.mark(index, id, { kind: 'ban', since: DAY_TWO });
  return ids;
}

test('an earlier list is not restored while another playlist of the group shows one of its tracks; the preview says which', async () => {
  await using network = await openGroup(['Dusk', 'Dawn']);
  await network.mark(3, 700, { since: DAY_ONE, until: DAY_TWO });
  await network.mark(4, 700, { since: DAY_TWO });
  await network.curate(DAY_ONE);
  for (const id of (await network.shown(3, DAY_ONE)).filter((one) => one !== 700)) {
    await network.mark(4, id, { kind: 'ban', since: DAY_TWO });
  }
  await network.curate(DAY_TWO);
  // A pin that moves waits a day: the first playlist releases it with its list of day two.
  const dayThree = addDays(DAY_TWO, 1);
  network.clock.set(`${dayThree}T05:00:00Z`);
  await network.curate(dayThree);
  const preview = await network.preview(3);
  expect(preview.shared).toMatchObject([{ group: 'evening', themeTag: 'Dawn' }]);
  const says =
    'This list cannot be shown again today: “Dawn” of the group evening shows 1 track of it, and playlists of a group never share a recording on the same day.';
  expect(preview.summary).toBe(says);
  await expect(network.admin.playlistAdmin.playlists.rollBack({ index: 3, showsDay: DAY_ONE, hash: preview.hash })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: says,
    cause: { field: 'showsDay', remedy: expect.any(String) },
  });
});

test('a track that a playlist shows again by rollback goes to no playlist of its group that day, and “why not” says so', async () => {
  await using network = await openGroup(['Dusk', 'Dawn']);
  const ids = await curateDayOne(network, [4]);
  await network.curate(DAY_TWO);
  const preview = await network.preview(3);
  expect(preview.shared).toEqual([]);
  await network.admin.playlistAdmin.playlists.rollBack({ index: 3, showsDay: DAY_ONE, hash: preview.hash });
  await network.add('Late');
  const [pinned] = ids;
  await network.mark(5, pinned ?? 0, { since: DAY_TWO });
  await network.curate(DAY_TWO);
  const late = await network.shown(5, DAY_TWO);
  expect(late).toHaveLength(10);
  expect(late.filter((id) => ids.includes(id))).toEqual([]);
  const why = await network.admin.playlists.whyNot({ index: 5, day: DAY_TWO, recordingId: pinned ?? 0 });
  expect(JSON.stringify(why)).toContain('“Dusk” of the group evening had it that day.');
  // From the next day on, nothing is excluded any more.
  const next = addDays(DAY_TWO, 1);
  await network.curate(next);
  expect(await network.shown(5, next)).toContain(pinned);
});

test('of two playlists of a group that are rolled back at the same instant to lists that share a track, one is refused', async () => {
  await using network = await openGroup(['Dusk', 'Dawn']);
  const ids = await curateDayOne(network, [4]);
  const { db } = network.deps;
  await network.curate(DAY_TWO);
  // Only lists of two policies that joined the group later can do this: both showed one recording then.
  await db.execute(sql`update playlist_entries_history h set recording_id = ${ids[0]}
    from playlists p where p.id = h.playlist_id and p.global_index = 4 and h.batch_tag = ${DAY_ONE}::date and h.position = 1`);
  const hashes = [await network.preview(3), await network.preview(4)].map(({ hash }) => hash);
  const roll = (index: number, hash: string | undefined) =>
    network.admin.playlistAdmin.playlists.rollBack({ index, showsDay: DAY_ONE, hash: hash ?? '' });
  // Both have read the state without the other before either may write.
  const attempts = await db.transaction(async (tx) => {
    await lockShownDays(tx);
    const both = Promise.allSettled([roll(3, hashes[0]), roll(4, hashes[1])]);
    await vi.waitFor(
      async () => {
        const { rows } = await db.execute(sql`select 1 from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`);
        expect(rows).toHaveLength(2);
      },
      { timeout: 30_000, interval: 20 },
    );
    return { both };
  });
  const results = await attempts.both;
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});
