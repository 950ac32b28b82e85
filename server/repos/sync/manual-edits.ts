import { playlistAccountMap, playlistMarks, playlists, syncPlans, tracks } from '#drizzle/schema/index.ts';
import type { ManualEdits, PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import type { PlaylistId, RecordingId, ReplicaId, SpotifyTrackId } from '#shared/ids.ts';
import type { PlaylistMarkKind } from '#shared/vocabulary.ts';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Applied plans of a replica that are searched for earlier names of ours. */
const RECEIPTS_READ = 5;

/** The state in which the last receipt left Spotify. */
export interface LastReceipt {
  readonly day: string;
  readonly details: PlaylistDetails;
  readonly earlier: readonly PlaylistDetails[];
  readonly manualEdits: ManualEdits | null;
  readonly plannedAt: Date;
}

/** The newest receipt of a replica with the details of the earlier ones; undefined when nothing was ever written. */
export async function findLastReceipt(db: Db, replicaId: ReplicaId): Promise<LastReceipt | undefined> {
  const found = await db
    .select({
      day: syncPlans.batchTag,
      details: sql<PlaylistDetails>`${syncPlans.body}->'wantedFace'`,
      manualEdits: sql<ManualEdits | null>`${syncPlans.body}->'hand'`,
      plannedAt: syncPlans.plannedAt,
    })
    .from(syncPlans)
    .where(and(eq(syncPlans.replicaId, replicaId), eq(syncPlans.status, 'applied'), sql`not jsonb_exists(${syncPlans.body}, 'unfollow')`))
    .orderBy(desc(syncPlans.appliedAt))
    .limit(RECEIPTS_READ);
  const [last, ...earlier] = found;
  return last && { ...last, earlier: earlier.map(({ details }) => details) };
}

/** The track URIs that the last receipt left, in order. */
export async function findReceiptUris(db: Db, replicaId: ReplicaId): Promise<readonly string[]> {
  const found = await db
    .select({ uris: sql<string[]>`${syncPlans.body}->'wantedUris'` })
    .from(syncPlans)
    .where(and(eq(syncPlans.replicaId, replicaId), eq(syncPlans.status, 'applied'), sql`not jsonb_exists(${syncPlans.body}, 'unfollow')`))
    .orderBy(desc(syncPlans.appliedAt))
    .limit(1);
  return found[0]?.uris ?? [];
}

interface UnfinishedWrites {
  readonly uris: ReadonlySet<string>;
  readonly faces: readonly PlaylistDetails[];
}

/** What writes started since a moment and without a receipt may have left on Spotify; undefined when there are none. */
export async function findUnfinishedWrites(db: Db, replicaId: ReplicaId, since: Date): Promise<UnfinishedWrites | undefined> {
  const found = await db.execute<{ uris: string[]; face: PlaylistDetails }>(sql`
    select p.body->'wantedUris' as uris, p.body->'wantedFace' as face from sync_plans p
    where p.replica_id = ${replicaId}::uuid and p.status in ('failed', 'stale', 'applying') and p.planned_at >= ${since.toISOString()}::timestamptz
      and not jsonb_exists(p.body, 'unfollow') and exists (select 1 from sync_operations o where o.plan_id = p.id and o.intended_at is not null)`);
  if (found.rows.length === 0) return undefined;
  return { uris: new Set(found.rows.flatMap((row) => row.uris)), faces: found.rows.map((row) => row.face) };
}

/** The recordings of tracks that are in the catalog. */
export async function listRecordingsOf(db: Db, ids: readonly SpotifyTrackId[]): Promise<Map<SpotifyTrackId, RecordingId>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ trackId: tracks.id, recordingId: tracks.recordingId })
    .from(tracks)
    .where(inArray(tracks.id, [...ids]));
  return new Map(found.flatMap((row) => (row.recordingId === null ? [] : [[row.trackId, row.recordingId] as const])));
}

export interface ManualMark {
  readonly playlistId: PlaylistId;
  readonly recordingId: RecordingId;
  readonly kind: PlaylistMarkKind;
  readonly position: number | null;
  readonly sinceDay: string;
  readonly at: Date;
}

/**
 * Stores a manual pin or ban of a recording from a day on. Repeating it changes nothing; removing a manually pinned track only ends the pin;
 * otherwise the newer mark ends the older one.
 */
export async function insertManualMark(db: Db, mark: ManualMark): Promise<void> {
  const isOpen = and(eq(playlistMarks.playlistId, mark.playlistId), eq(playlistMarks.recordingId, mark.recordingId), isNull(playlistMarks.untilDay));
  const [open] = await db.select({ kind: playlistMarks.kind, source: playlistMarks.source }).from(playlistMarks).where(isOpen);
  if (open?.kind === mark.kind) return;
  if (open) {
    await db
      .update(playlistMarks)
      .set({ untilDay: sql`greatest(${playlistMarks.sinceDay}, ${mark.sinceDay}::date)` })
      .where(isOpen);
    if (open.kind === 'pin' && open.source === 'hand') return;
  }
  const { at, ...rest } = mark;
  await db.insert(playlistMarks).values({ ...rest, source: 'hand', createdBy: 'a hand on Spotify', createdAt: at });
}

export interface ManualAddition {
  readonly uri: string;
  readonly replicaId: ReplicaId;
}

/** Tracks in a playlist on a day that were added on Spotify: not part of the day's list nor covered by its certificate. */
export async function listManualAdditions(db: Db, playlistId: PlaylistId, day: string): Promise<ManualAddition[]> {
  const found = await db.execute<ManualAddition & Record<string, unknown>>(sql`
    select distinct on (p.replica_id, u.uri) u.uri, p.replica_id as "replicaId" from (
      select distinct on (replica_id) replica_id, body from ${syncPlans}
      where batch_tag = ${day}::date and status = 'applied' and not jsonb_exists(body, 'unfollow') order by replica_id, applied_at desc) p
    join ${playlistAccountMap} m on m.id = p.replica_id
    cross join lateral jsonb_array_elements_text(coalesce(p.body->'hand'->'outside', '[]')) as u(uri)
    where m.playlist_id = ${playlistId}::uuid order by p.replica_id, u.uri`);
  return found.rows;
}

/** Stores the details that were edited on Spotify for a replica; null clears them. */
export async function markKeptDetails(db: Db, id: ReplicaId, keptFace: Partial<PlaylistDetails> | null): Promise<void> {
  await db.update(playlistAccountMap).set({ keptFace }).where(eq(playlistAccountMap.id, id));
}

/** Sets how manual edits of a playlist are handled from now on; false when the playlist does not exist. */
export async function markManualEditMode(db: Db, playlistIndex: number, mode: 'merge' | 'overwrite'): Promise<boolean> {
  const changed = await db.update(playlists).set({ handEdits: mode }).where(eq(playlists.globalIndex, playlistIndex));
  return changed.rowCount === 1;
}
