import { accounts, ownPlaylists, playlistAccountMap, playlists, snapshots } from '#drizzle/schema/index.ts';
import type { AccountId, PlaylistId, ReplicaId, SpotifyPlaylistId } from '#shared/ids.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { and, asc, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type Replica = typeof playlistAccountMap.$inferSelect;

/** Serializes the assignment of playlists to accounts until the transaction ends. */
export async function lockAssignment(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('segue.replica-assignment', 0))`);
}

/** Active playlists with fewer replicas than required, by number, with the accounts that host them. */
export async function listUnderReplicated(db: Db, copies: number): Promise<{ id: PlaylistId; globalIndex: number; hostedOn: AccountId[] }[]> {
  const hostedOn = sql<AccountId[]>`coalesce(array_agg(${playlistAccountMap.accountId}) filter (where ${playlistAccountMap.id} is not null), '{}')`;
  return db
    .select({ id: playlists.id, globalIndex: playlists.globalIndex, hostedOn })
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

/** Reactivates a retired or leaving replica of the playlist on the account; false when there is none. */
export async function reviveReplica(db: Db, place: { playlistId: PlaylistId; accountId: AccountId }): Promise<boolean> {
  const { status, leavingSince } = playlistAccountMap;
  const revived = await db
    .update(playlistAccountMap)
    .set({ status: sql`case when ${status} = 'retired' then 'pending' else ${status} end`, retiredAt: null, leavingSince: null })
    .where(
      and(
        eq(playlistAccountMap.playlistId, place.playlistId),
        eq(playlistAccountMap.accountId, place.accountId),
        or(eq(status, 'retired'), isNotNull(leavingSince)),
      ),
    );
  return revived.rowCount === 1;
}

/** A replica with what is needed to plan it and to name it. */
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
 * Replicas of active playlists with a published snapshot for the day: those not yet synced that day first, then by account and number, so that a run
 * cut short by a rate limit gets further every time.
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

/** The account's Spotify playlists that are known replicas or its owner's own: none of them is new. */
export async function listKnownSpotifyIds(db: Db, accountId: AccountId): Promise<Set<SpotifyPlaylistId>> {
  const known = await db
    .select({ id: playlistAccountMap.spotifyPlaylistId })
    .from(playlistAccountMap)
    .where(eq(playlistAccountMap.accountId, accountId))
    .unionAll(db.select({ id: ownPlaylists.spotifyPlaylistId }).from(ownPlaylists).where(eq(ownPlaylists.accountId, accountId)));
  return new Set(known.flatMap((row) => (row.id === null ? [] : [row.id])));
}

/**
 * Records the Spotify playlist of a replica: from then on it is never created again.
 *
 * Replica states: pending (not created) → live ⇄ lost (deleted on Spotify; back to pending when planned again); any → retired → pending
 * (reactivated).
 */
export async function markReplicaLive(db: Db, id: ReplicaId, spotifyPlaylistId: SpotifyPlaylistId): Promise<void> {
  await db.update(playlistAccountMap).set({ spotifyPlaylistId, status: 'live', missingSince: null }).where(eq(playlistAccountMap.id, id));
}

interface ReadBack {
  readonly fingerprint: string;
  readonly remoteSnapshotId: string;
  readonly syncedDay: string;
  readonly syncedAt: Date;
}

/** Records what was last read back from Spotify; a reactivated replica becomes live. */
export async function markReplicaSynced(db: Db, id: ReplicaId, seen: ReadBack): Promise<void> {
  const status = sql`case when ${playlistAccountMap.status} = 'pending' then 'live'::replica_status else ${playlistAccountMap.status} end`;
  await db
    .update(playlistAccountMap)
    .set({ ...seen, status })
    .where(eq(playlistAccountMap.id, id));
}

/** Clears the playlist of a retired replica that was removed from its account: if reactivated, it is created again. */
export async function clearRetiredPlaylist(db: Db, id: ReplicaId, spotifyPlaylistId: SpotifyPlaylistId): Promise<void> {
  await db
    .update(playlistAccountMap)
    .set({ spotifyPlaylistId: null, fingerprint: null, remoteSnapshotId: null, keptFace: null, syncedDay: null, syncedAt: null })
    .where(and(eq(playlistAccountMap.id, id), eq(playlistAccountMap.spotifyPlaylistId, spotifyPlaylistId), eq(playlistAccountMap.status, 'retired')));
}

/** Marks a replica as lost: its playlist is no longer on Spotify, and it is not synced until a person plans it again. */
export async function markReplicaLost(db: Db, id: ReplicaId, at: Date): Promise<void> {
  await db
    .update(playlistAccountMap)
    .set({ status: 'lost', missingSince: sql`coalesce(${playlistAccountMap.missingSince}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(playlistAccountMap.id, id), ne(playlistAccountMap.status, 'retired')));
}

/** Resets a lost replica to pending, so that the next plan creates its playlist again. */
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

/** Accounts of the network whose playlists can be read. */
export async function listReconciledAccounts(db: Db): Promise<SyncTarget['account'][]> {
  return db
    .select(target.account)
    .from(accounts)
    .where(and(inArray(accounts.status, ['active', 'limited']), eq(accounts.isHost, true)))
    .orderBy(asc(accounts.id));
}

/** Every replica, present or retired, of an account, with its playlist number. */
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

/** Replicas deleted on Spotify. */
export async function listLostReplicas(db: Db): Promise<NamedReplica[]> {
  return namedReplicas(db, eq(playlistAccountMap.status, 'lost'));
}

/** Replicas made private on Spotify. */
export async function listPrivateReplicas(db: Db): Promise<NamedReplica[]> {
  return namedReplicas(db, and(eq(playlistAccountMap.status, 'live'), sql`${playlistAccountMap.keptFace}->'isPublic' = 'false'::jsonb`));
}

/** Replicas whose title, description or privacy was edited on Spotify and is kept. */
export async function listKeptDetailsRows(db: Db): Promise<(NamedReplica & Pick<Replica, 'keptFace'> & { themeTag: string })[]> {
  return db
    .select({ ...nameColumns, themeTag: playlists.themeTag, keptFace: playlistAccountMap.keptFace })
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .innerJoin(accounts, eq(accounts.id, playlistAccountMap.accountId))
    .where(and(eq(playlists.status, 'active'), eq(playlistAccountMap.status, 'live'), isNotNull(playlistAccountMap.keptFace)))
    .orderBy(asc(playlists.globalIndex));
}

const nameColumns = { replicaId: playlistAccountMap.id, playlistIndex: playlists.globalIndex, account: accounts.displayName };

async function namedReplicas(db: Db, condition: SQL | undefined): Promise<NamedReplica[]> {
  return db
    .select(nameColumns)
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .innerJoin(accounts, eq(accounts.id, playlistAccountMap.accountId))
    .where(and(eq(playlists.status, 'active'), condition))
    .orderBy(asc(playlists.globalIndex));
}
