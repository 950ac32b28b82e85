import {
  artists,
  curationPolicies,
  playlistEntriesHistory,
  playlists,
  placements,
  recordings,
  snapshots,
  trackArtists,
  tracks,
} from '#drizzle/schema/index.ts';
import type { Database, Db } from '#server/repos/database.ts';
import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';
import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import { playlistId, policyId, spotifyAlbumId, spotifyArtistId, spotifyTrackId } from '#shared/ids.ts';
import type { PlaylistId, SpotifyTrackId } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';

const AT = new Date('2026-11-01T00:00:00Z');
const ARTIST = spotifyArtistId.parse('artist0000000000000001');
const ALBUM = spotifyAlbumId.parse('album00000000000000001');

/** Ids of the first tracks of the sandbox catalog, which the sandbox accepts in playlists. */
export function catalogTrackIds(catalog: SandboxCatalog, count: number): string[] {
  const ids: string[] = [];
  for (let n = 0; ids.length < count; n += 1) {
    const album = catalog.album(catalog.albumIdAt(n) ?? '');
    if (!album) throw new RangeError(`The catalog has only ${ids.length} tracks.`);
    ids.push(...album.tracks.map((track) => track.id));
  }
  return ids.slice(0, count);
}

/** Inserts one recording per track; returns them in order. */
export async function seedTracks(db: Db, ids: readonly string[]): Promise<SeededTrack[]> {
  await db.insert(artists).values({ id: ARTIST, name: 'Ida Sound', source: 'spotify', fetchedAt: AT }).onConflictDoNothing();
  const trackIds = ids.map((id) => spotifyTrackId.parse(id));
  const rows = await db
    .insert(recordings)
    .values(trackIds.map((trackId, index) => recordingOf(trackId, index)))
    .returning({ id: recordings.id, trackId: recordings.trackId });
  const seeded = rows.map((row) => ({ recordingId: row.id, trackId: row.trackId }));
  await db.insert(tracks).values(
    seeded.map(({ trackId, recordingId }) => ({
      id: trackId,
      name: `Song ${trackId.slice(-4)}`,
      durationMs: 200_000,
      recordingId,
      source: 'spotify' as const,
      fetchedAt: AT,
    })),
  );
  await db.insert(trackArtists).values(seeded.map(({ trackId }) => ({ trackId, position: 0, artistId: ARTIST })));
  await flushStatistics(db);
  return seeded;
}

/**
 * Makes Postgres flush this connection's write statistics now instead of up to ten seconds later. The product reads them to see whether the catalog
 * changed; a late flush would look like a second change.
 */
const flushStatistics = (db: Pick<Db, 'execute'>) => db.execute(sql`select pg_stat_force_next_flush()`);

export interface SeededTrack {
  readonly recordingId: (typeof recordings.$inferSelect)['id'];
  readonly trackId: SpotifyTrackId;
}

function recordingOf(trackId: SpotifyTrackId, index: number): typeof recordings.$inferInsert {
  return {
    matchKey: `song ${trackId}|ida sound`,
    title: `Song ${trackId.slice(-4)}`,
    durationMs: 200_000 + index,
    trackId,
    albumId: ALBUM,
    basis: 'title_artists_duration',
    confidence: 0.9,
    ingestedOn: '2026-11-01',
  };
}

/** A policy without a repeat window, so that a test may publish any list on any day. */
async function seedPolicy(db: Db): Promise<(typeof curationPolicies.$inferSelect)['id']> {
  const id = policyId.parse(randomUUID());
  const body = policyV1.parse({ version: 1, pool: { all: [] }, rest: { days: 0, scope: 'playlist' } });
  await db.insert(curationPolicies).values({ id, familyId: randomUUID(), version: 1, name: 'Everything', body, createdAt: AT, createdBy: 'system' });
  return id;
}

/** An active playlist with this number and no snapshot. */
export async function seedPlaylist(db: Db, index: number): Promise<PlaylistId> {
  const id = playlistId.parse(randomUUID());
  const policy = await seedPolicy(db);
  await db.insert(playlists).values({ id, globalIndex: index, themeTag: `Theme ${index}`, policyId: policy, createdAt: AT });
  return id;
}

/** Publishes a snapshot as curation does: snapshot, placements and ledger entries in one transaction. */
export async function publish(db: Database, list: { playlistId: PlaylistId; day: string; tracks: readonly SeededTrack[] }): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(snapshots).values({
      playlistId: list.playlistId,
      batchTag: list.day,
      policyId: await policyOf(tx, list.playlistId),
      status: 'published',
      size: list.tracks.length,
      report: REPORT,
      createdAt: AT,
    });
    const inserted = await tx
      .insert(placements)
      .values(
        list.tracks.map(({ recordingId }) => ({
          playlistId: list.playlistId,
          recordingId,
          restScope: randomUUID(),
          firstDay: list.day,
          lastDay: list.day,
          restDays: 0,
        })),
      )
      .returning({ id: placements.id });
    await tx.insert(playlistEntriesHistory).values(
      list.tracks.map(({ recordingId, trackId }, index) => ({
        playlistId: list.playlistId,
        batchTag: list.day,
        position: index + 1,
        recordingId,
        trackId,
        placementId: inserted[index]!.id,
        score: 1,
        reasons: REASONS,
        addedAt: AT,
      })),
    );
  });
}

/** Records a day without entries for a playlist that could not be filled. */
export async function publishUnfilled(db: Db, list: { playlistId: PlaylistId; day: string }): Promise<void> {
  await db.insert(snapshots).values({
    playlistId: list.playlistId,
    batchTag: list.day,
    policyId: await policyOf(db, list.playlistId),
    status: 'unfilled',
    size: 0,
    report: { ...REPORT, shortfall: ['Only 3 recordings are admitted.'] },
    createdAt: AT,
  });
}

async function policyOf(db: Db, id: PlaylistId) {
  const [playlist] = await db.select({ policyId: playlists.policyId }).from(playlists).where(eq(playlists.id, id));
  if (!playlist) throw new Error(`There is no playlist ${id}.`);
  return playlist.policyId;
}

const REASONS: EntryReasons = { admittedBy: ['everything'], preferences: [], chance: 1, rank: 1, lastUsedOn: null, restDays: 0 };
const REPORT: SnapshotReport = {
  catalog: 0,
  pool: 0,
  resting: 0,
  candidates: 0,
  cappedByArtist: 0,
  cappedByAlbum: 0,
  chosen: 0,
  size: 0,
  seed: 'test',
  shortfall: [],
  nearMisses: [],
  sound: { energy: null, valence: null, tempo: null, acousticness: null, year: null },
};
