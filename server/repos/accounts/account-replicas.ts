import { playlistAccountMap, playlists } from '#drizzle/schema/index.ts';
import type { AccountId, PlaylistId, ReplicaId, SpotifyPlaylistId } from '#shared/ids.ts';
import type { ReplicaStatus } from '#shared/vocabulary.ts';
import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

interface AccountReplica {
  readonly id: ReplicaId;
  readonly playlistId: PlaylistId;
  readonly index: number;
  readonly themeTag: string;
  readonly status: ReplicaStatus;
  readonly syncedDay: string | null;
  readonly spotifyPlaylistId: SpotifyPlaylistId | null;
  /** Names of the other connected accounts that host the same playlist. */
  readonly elsewhere: readonly string[];
}

/** The replicas that an account hosts, by playlist number, without retired ones. */
export async function listReplicasOfAccount(db: Db, id: AccountId): Promise<readonly AccountReplica[]> {
  return db
    .select({
      id: playlistAccountMap.id,
      playlistId: playlists.id,
      index: playlists.globalIndex,
      themeTag: playlists.themeTag,
      status: playlistAccountMap.status,
      syncedDay: playlistAccountMap.syncedDay,
      spotifyPlaylistId: playlistAccountMap.spotifyPlaylistId,
      elsewhere: sql<string[]>`array(select a.display_name from playlist_account_map m join accounts a on a.id = m.account_id
        where m.playlist_id = ${playlists.id} and m.account_id <> ${id} and m.status <> 'retired' and a.disconnected_at is null order by 1)`,
    })
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .where(and(eq(playlistAccountMap.accountId, id), ne(playlistAccountMap.status, 'retired')))
    .orderBy(asc(playlists.globalIndex));
}
