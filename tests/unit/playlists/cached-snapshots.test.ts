import { getLatestSnapshots } from '#server/use-cases/playlists/cached-snapshots.ts';
import { DAY_ONE, DAY_TWO, openSyncedNetwork } from '#tests/support/network/sync-network.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

test('the newest lists are read again only when the list or the catalog changed, and are then never old', async () => {
  await using network = await openSyncedNetwork();
  const { deps } = network;
  const read = async (day: string) =>
    (await getLatestSnapshots(deps, day)).map(({ day: of, size, artists, changed }) => ({ of, size, artists, changed }));
  const first = await read(DAY_ONE);
  expect(first).toMatchObject([{ of: DAY_ONE, size: 50 }]);
  const kept = deps.caches.snapshots.size;
  expect(await read(DAY_ONE)).toEqual(first);
  expect(deps.caches.snapshots.size).toBe(kept);

  await network.publishDay(DAY_TWO, network.list(10, 50));
  expect(await read(DAY_TWO)).toMatchObject([{ of: DAY_TWO, size: 50 }]);
  expect(await read(DAY_ONE)).toEqual(first);

  await deps.db.execute(sql`update snapshots set report = report || '{"seen": 1}' where batch_tag = ${DAY_TWO}::date`);
  expect((await getLatestSnapshots(deps, DAY_TWO))[0]?.report).toMatchObject({ seen: 1 });

  await deps.db.execute(sql`insert into artists (id, name, source, fetched_at) values ('1234567890123456789012', 'The Renamed', 'spotify', now())`);
  await deps.db.execute(sql`
    insert into track_artists (track_id, artist_id, position) select track_id, '1234567890123456789012', 1 from playlist_entries_history where batch_tag = ${DAY_TWO}::date
    on conflict (track_id, position) do update set artist_id = excluded.artist_id`);
  expect(await read(DAY_TWO)).toMatchObject([{ of: DAY_TWO, artists: ['The Renamed'] }]);
});
