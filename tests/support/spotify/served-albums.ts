import { createHash } from 'node:crypto';
import { SYSTEM } from '#server/actor.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import type { RecordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { TestApp } from '../app.ts';

/** A track as Spotify describes it, alone on its album. Its number is its id, so that a test can name it again. */
export interface ServedTrack {
  readonly n: number;
  readonly title: string;
  readonly artists?: readonly string[];
  readonly durationMs?: number;
  readonly isrc?: unknown;
  readonly explicit?: boolean;
  readonly released?: string;
}

const id = (kind: string, n: number | string) => `${kind}${n}`.padEnd(22, '0');
export const servedTrackId = (n: number) => id('Tx', `${n}x`);
/** Ids of artists follow their names: one name, one artist. */
const artistId = (name: string) => id('Ar', createHash('sha256').update(name).digest('hex').slice(0, 18));

function albumBody({ n, title, artists = ['Ida Sound'], durationMs = 200_000, isrc, explicit = false, released = '2001-02-03' }: ServedTrack) {
  const credits = artists.map((name) => ({ id: artistId(name), name, type: 'artist', uri: `spotify:artist:${artistId(name)}` }));
  const track = {
    id: servedTrackId(n),
    name: title,
    type: 'track',
    uri: `spotify:track:${servedTrackId(n)}`,
    is_local: false,
    duration_ms: durationMs,
    explicit,
    disc_number: 1,
    track_number: 1,
    artists: credits,
    ...(isrc === undefined ? {} : { external_ids: { isrc } }),
  };
  const tracks = { items: [track], total: 1, limit: 50, offset: 0, next: null, previous: null, href: '' };
  return {
    id: id('Ax', `${n}x`),
    name: `Album ${n}`,
    album_type: 'single',
    artists: credits,
    images: [],
    release_date: released,
    total_tracks: 1,
    tracks,
  };
}

/** Imports the tracks in their order through the real adapter, one ingest each, and returns the recording of each. */
export async function importTracks(app: TestApp, tracks: readonly ServedTrack[]): Promise<RecordingId[]> {
  for (const track of tracks) {
    const body = albumBody(track);
    app.spotify.failNext({ path: `/albums/${body.id}`, status: 200, body });
    await submitImport(app.deps, SYSTEM, { text: body.id });
    await ingestAlbums(app.deps, { signal: new AbortController().signal });
  }
  return recordingsOf(
    app,
    tracks.map(({ n }) => n),
  );
}

/** The recordings that served tracks belong to now. */
export async function recordingsOf(app: Pick<TestApp, 'deps'>, numbers: readonly number[]): Promise<RecordingId[]> {
  const found = await app.deps.db.execute<{ id: string; recording: RecordingId }>(sql`select id, recording_id as recording from tracks`);
  const byTrack = new Map(found.rows.map((row) => [row.id, row.recording]));
  return numbers.flatMap((n) => byTrack.get(servedTrackId(n)) ?? []);
}
