import { artists, curationPolicies, playlistEntriesHistory, snapshots, trackArtists, tracks } from '#drizzle/schema/index.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons } from '#shared/contracts/curation/snapshot.ts';
import type { PlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { readStoredPolicy } from '#server/repos/policies/stored-policy.ts';
import { findListOverride } from './list-overrides.ts';

/** A published list as it must be on Spotify, with its policy. */
export interface PublishedList {
  readonly trackIds: readonly SpotifyTrackId[];
  readonly policy: Policy;
  /** The earlier day whose list it is, if the day was rolled back. */
  readonly shows?: string;
}

/** The list that a playlist shows on a day, which may be an earlier day's; undefined when none was published that day. */
export async function findPublishedList(db: Db, playlistId: PlaylistId, day: string): Promise<PublishedList | undefined> {
  const found = await db
    .select({ policy: curationPolicies.body })
    .from(snapshots)
    .innerJoin(curationPolicies, eq(curationPolicies.id, snapshots.policyId))
    .where(and(eq(snapshots.playlistId, playlistId), eq(snapshots.batchTag, day), eq(snapshots.status, 'published')));
  const snapshot = found[0];
  if (!snapshot) return undefined;
  const override = await findListOverride(db, playlistId, day);
  const trackIds = await listTrackIds(db, playlistId, override?.showsBatchTag ?? day);
  return { trackIds, policy: readStoredPolicy(snapshot.policy), ...(override ? { shows: override.showsBatchTag } : {}) };
}

/** The tracks of a day's own list, in order. */
export async function listTrackIds(db: Db, playlistId: PlaylistId, day: string): Promise<SpotifyTrackId[]> {
  const entries = await db
    .select({ trackId: playlistEntriesHistory.trackId })
    .from(playlistEntriesHistory)
    .where(and(eq(playlistEntriesHistory.playlistId, playlistId), eq(playlistEntriesHistory.batchTag, day)))
    .orderBy(asc(playlistEntriesHistory.position));
  return entries.map((entry) => entry.trackId);
}

/** What a person needs to recognize a track. */
export interface TrackCaption {
  readonly trackId: SpotifyTrackId;
  readonly title: string;
  readonly artists: readonly string[];
}

/** Captions of the tracks in the catalog, in no particular order. */
export async function listTrackCaptions(db: Db, ids: readonly SpotifyTrackId[]): Promise<TrackCaption[]> {
  if (ids.length === 0) return [];
  return db
    .select({
      trackId: tracks.id,
      title: tracks.name,
      artists: sql<string[]>`coalesce(array_agg(${artists.name} order by ${trackArtists.position}) filter (where ${artists.name} is not null), '{}')`,
    })
    .from(tracks)
    .leftJoin(trackArtists, eq(trackArtists.trackId, tracks.id))
    .leftJoin(artists, eq(artists.id, trackArtists.artistId))
    .where(inArray(tracks.id, [...ids]))
    .groupBy(tracks.id, tracks.name);
}

/** Why each track of a day's list was chosen. */
export async function listEntryReasons(db: Db, playlistId: PlaylistId, day: string): Promise<{ trackId: SpotifyTrackId; reasons: EntryReasons }[]> {
  return db
    .select({ trackId: playlistEntriesHistory.trackId, reasons: playlistEntriesHistory.reasons })
    .from(playlistEntriesHistory)
    .where(and(eq(playlistEntriesHistory.playlistId, playlistId), eq(playlistEntriesHistory.batchTag, day)));
}

/** The newest day with lists; null while there is none. */
export async function findLastSnapshotDay(db: Db): Promise<string | null> {
  const found = await db.execute<{ day: string | null }>(sql`select max(batch_tag)::text as day from snapshots where status = 'published'`);
  return found.rows[0]?.day ?? null;
}
