import type { Deps } from '#server/deps.ts';
import type { AlbumReading } from '#server/providers/ports.ts';
import { findAlbumTracks } from '#server/repos/covers/music-lists.ts';
import { describeSourceFailure } from '#shared/domain/catalog/import-failures.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyAlbumId } from '#shared/ids.ts';
import type { SourceFailure } from '#shared/vocabulary.ts';
import type { MusicSource } from './music-source.ts';
import { bareTrack, releaseYearOf } from './music-source.ts';
import { readCachedSource } from './read-cached.ts';

const FAILURES = {
  gone: 'album_gone',
  region_blocked: 'album_region_blocked',
  empty: 'album_empty',
  incomplete: 'album_incomplete',
  unreadable: 'unreadable_answer',
} as const satisfies Record<Exclude<AlbumReading['kind'], 'found'>, SourceFailure>;

/** An album's music: of the catalog when it is imported, without asking Spotify; else as Spotify has it. Throws `not_found` with the reason. */
export async function readAlbumSource(
  deps: Pick<Deps, 'db' | 'now' | 'catalog' | 'providerCache'>,
  id: SpotifyAlbumId,
  signal: AbortSignal,
): Promise<MusicSource> {
  const known = await findAlbumTracks(deps.db, id);
  if (known && known.trackIds.length > 0) {
    return { kind: 'album', name: known.name, tracks: known.trackIds.map(bareTrack), notes: [], readAt: null, isStale: false };
  }
  return readCachedSource(deps, `cover-album:${id}`, async () => {
    const [reading] = await deps.catalog.readAlbums([id], signal);
    if (reading?.kind !== 'found') throw albumFailure(FAILURES[reading?.kind ?? 'unreadable']);
    const { album } = reading;
    const tracks = album.tracks.map((track) => ({
      trackId: track.id,
      isrc: track.isrc,
      durationMs: track.durationMs,
      releaseYear: releaseYearOf(album.releaseDate),
      artistIds: track.artists.map((artist) => artist.id),
      artistNames: track.artists.map((artist) => artist.name),
    }));
    return { kind: 'album', name: album.name, tracks, notes: [] };
  });
}

function albumFailure(failure: SourceFailure): AppError {
  const { problem, remedy } = describeSourceFailure(failure);
  return new AppError('not_found', { message: problem, remedy, field: 'source.link' });
}
