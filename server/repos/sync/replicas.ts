import { accounts, playlistAccountMap, playlists, snapshots } from '#drizzle/schema/index.ts';
import type { AccountId, PlaylistId, ReplicaId, SpotifyPlaylistId } from '#shared/ids.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { and, asc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type Replica = typeof playlistAccountMap.$inferSelect;

/** Serialises the handing out of playlists to accounts until the transaction ends. */
export async function lockAssignment(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('segue.replica-assignment', 0))`);
}

/** Active playlists that stand on fewer accounts than they should, in the order of their numbers, with where they stand. */
export async function listPlaylistsShortOf(db: Db, copies: number): Promise<{ id: PlaylistId; globalIndex: number; standsOn: AccountId[] }[]> {
  const standsOn = sql<AccountId[]>`coalesce(array_agg(${playlistAccountMap.accountId}) filter (where ${playlistAccountMap.id} is not null), '{}')`;
  return db
    .select({ id: playlists.id, globalIndex: playlists.globalIndex, standsOn })
    .from(playlists)
    .leftJoin(playlistAccountMap, and(eq(playlistAccountMap.playlistId, playlists.id), ne(playlistAccountMap.status, 'retired')))
    .where(eq(playlists.status, 'active'))
    .groupBy(playlists.id)
    .having(sql`count(${playlistAccountMap.id}) < ${copies}`)
    .orderBy(asc(playlists.globalIndex));
}

export async function insertReplica(db: Db, replica: Pick<Replica, 'id' | 'playlistId' | 'accountId' | 'marker'>): Promise<void> {
  await db.insert(playlistAccountMap).values(replica);
}

/** A replica with what is needed to plan and to name it. */
export interface SyncTarget {
  readonly replica: Replica;
  readonly playlist: typeof playlists.$inferSelect;
  readonly account: {
    readonly id: AccountId;
    readonly spotifyUserId: string;
    readonly displayName: string;
    readonly status: AccountStatus;
    readonly requestsPerMinute: number | null;
  };
}

interface TargetFilter {
  readonly day: string;
  readonly accountId?: AccountId | undefined;
  readonly playlistIndex?: number | undefined;
}

const target = {
  replica: playlistAccountMap,
  playlist: playlists,
  account: {
    id: accounts.id,
    spotifyUserId: accounts.spotifyUserId,
    displayName: accounts.displayName,
    status: accounts.status,
    requestsPerMinute: accounts.requestsPerMinute,
  },
};

/**
 * Replicas of active playlists that have a published snapshot for the day: account by account, those not yet synced that day first,
 * so that a run cut short by a rate limit gets further every time.
 */
export async function listSyncTargets(db: Db, filter: TargetFilter): Promise<SyncTarget[]> {
  return db
    .select(target)
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .innerJoin(accounts, eq(accounts.id, playlistAccountMap.accountId))
    .innerJoin(snapshots, and(eq(snapshots.playlistId, playlists.id), eq(snapshots.batchTag, filter.day), eq(snapshots.status, 'published')))
    .where(
      and(
        eq(playlists.status, 'active'),
        ne(playlistAccountMap.status, 'retired'),
        filter.accountId ? eq(accounts.id, filter.accountId) : undefined,
        filter.playlistIndex ? eq(playlists.globalIndex, filter.playlistIndex) : undefined,
      ),
    )
    .orderBy(sql`${playlistAccountMap.syncedDay} is not distinct from ${filter.day}::date`, asc(accounts.id), asc(playlists.globalIndex));
}

export async function findSyncTarget(db: Db, id: ReplicaId): Promise<SyncTarget | undefined> {
  const found = await db
    .select(target)
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .innerJoin(accounts, eq(accounts.id, playlistAccountMap.accountId))
    .where(eq(playlistAccountMap.id, id));
  return found[0];
}

export async function findReplica(db: Db, id: ReplicaId): Promise<Replica | undefined> {
  const found = await db.select().from(playlistAccountMap).where(eq(playlistAccountMap.id, id));
  return found[0];
}

/** Spotify playlists of an account that are known to be some replica: none of them is a newcomer. */
export async function listKnownSpotifyIds(db: Db, accountId: AccountId): Promise<Set<SpotifyPlaylistId>> {
  const found = await db
    .select({ id: playlistAccountMap.spotifyPlaylistId })
    .from(playlistAccountMap)
    .where(and(eq(playlistAccountMap.accountId, accountId), isNotNull(playlistAccountMap.spotifyPlaylistId)));
  return new Set(found.flatMap((row) => (row.id === null ? [] : [row.id])));
}

/** Remembers which Spotify playlist is the replica: from here on it is never created again. */
export async function markReplicaLive(db: Db, id: ReplicaId, spotifyPlaylistId: SpotifyPlaylistId): Promise<void> {
  await db.update(playlistAccountMap).set({ spotifyPlaylistId, status: 'live', missingSince: null }).where(eq(playlistAccountMap.id, id));
}

interface ReadBack {
  readonly fingerprint: string;
  readonly remoteSnapshotId: string;
  readonly syncedDay: string;
  readonly syncedAt: Date;
}

/** Keeps what was last read back from Spotify; a replica that was taken into use again is live with it. */
export async function markReplicaSynced(db: Db, id: ReplicaId, seen: ReadBack): Promise<void> {
  const status = sql`case when ${playlistAccountMap.status} = 'pending' then 'live'::replica_status else ${playlistAccountMap.status} end`;
  await db
    .update(playlistAccountMap)
    .set({ ...seen, status })
    .where(eq(playlistAccountMap.id, id));
}

/** Forgets the playlist of a retired replica that was taken off its account: should it come into use again, it is created anew. */
export async function forgetRetiredPlaylist(db: Db, id: ReplicaId, spotifyPlaylistId: SpotifyPlaylistId): Promise<void> {
  await db
    .update(playlistAccountMap)
    .set({ spotifyPlaylistId: null, fingerprint: null, remoteSnapshotId: null, keptFace: null, syncedDay: null, syncedAt: null })
    .where(and(eq(playlistAccountMap.id, id), eq(playlistAccountMap.spotifyPlaylistId, spotifyPlaylistId), eq(playlistAccountMap.status, 'retired')));
}

/** The playlist is no longer on Spotify; nothing is written for it until somebody plans it anew. */
export async function markReplicaLost(db: Db, id: ReplicaId, at: Date): Promise<void> {
  await db
    .update(playlistAccountMap)
    .set({ status: 'lost', missingSince: sql`coalesce(${playlistAccountMap.missingSince}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(playlistAccountMap.id, id), ne(playlistAccountMap.status, 'retired')));
}

/** Forgets a lost playlist, so that the next plan creates it again. */
export async function resetLostReplica(db: Db, id: ReplicaId): Promise<void> {
  await db
    .update(playlistAccountMap)
    .set({
      status: 'pending',
      missingSince: null,
      keptFace: null,
      spotifyPlaylistId: null,
      fingerprint: null,
      remoteSnapshotId: null,
      syncedDay: null,
      syncedAt: null,
    })
    .where(and(eq(playlistAccountMap.id, id), eq(playlistAccountMap.status, 'lost')));
}

/** Accounts whose list can be asked for. */
export async function listReconciledAccounts(db: Db): Promise<SyncTarget['account'][]> {
  return db
    .select(target.account)
    .from(accounts)
    .where(inArray(accounts.status, ['active', 'limited']))
    .orderBy(asc(accounts.id));
}

/** Every replica that an account has or had, with the number of its playlist. */
export async function listReplicasOf(db: Db, accountId: AccountId): Promise<(Replica & { playlistIndex: number })[]> {
  const found = await db
    .select({ replica: playlistAccountMap, playlistIndex: playlists.globalIndex })
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .where(eq(playlistAccountMap.accountId, accountId));
  return found.map(({ replica, playlistIndex }) => ({ ...replica, playlistIndex }));
}

interface NamedReplica {
  readonly replicaId: ReplicaId;
  readonly playlistIndex: number;
  readonly account: string;
}

/** Replicas that somebody deleted on Spotify. */
export async function listLostReplicas(db: Db): Promise<NamedReplica[]> {
  return namedReplicas(db, eq(playlistAccountMap.status, 'lost'));
}

/** Replicas that somebody made private on Spotify. */
export async function listPrivateReplicas(db: Db): Promise<NamedReplica[]> {
  return namedReplicas(db, and(eq(playlistAccountMap.status, 'live'), sql`${playlistAccountMap.keptFace}->'isPublic' = 'false'::jsonb`));
}

/** Replicas whose title, description or privacy a hand gave them. */
export async function listKeptFaces(db: Db): Promise<(NamedReplica & Pick<Replica, 'keptFace'> & { themeTag: string })[]> {
  return db
    .select({ ...naming, themeTag: playlists.themeTag, keptFace: playlistAccountMap.keptFace })
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .innerJoin(accounts, eq(accounts.id, playlistAccountMap.accountId))
    .where(and(eq(playlists.status, 'active'), eq(playlistAccountMap.status, 'live'), isNotNull(playlistAccountMap.keptFace)))
    .orderBy(asc(playlists.globalIndex));
}

const naming = { replicaId: playlistAccountMap.id, playlistIndex: playlists.globalIndex, account: accounts.displayName };

async function namedReplicas(db: Db, condition: SQL | undefined): Promise<NamedReplica[]> {
  return db
    .select(naming)
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .innerJoin(accounts, eq(accounts.id, playlistAccountMap.accountId))
    .where(and(eq(playlists.status, 'active'), condition))
    .orderBy(asc(playlists.globalIndex));
}
