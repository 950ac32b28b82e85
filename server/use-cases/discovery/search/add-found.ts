import type { FoundMusic, FoundTrack } from '#server/providers/search-ports.ts';
import type { AlbumHit, ArtistHit, CatalogAnswer, PlaylistHit, TrackHit } from '#shared/contracts/discovery/search.ts';

/** What the catalog knows of found tracks: the recording by track id, and the hits of those that are not shown yet. */
interface KnownTracks {
  readonly known: ReadonlyMap<string, number>;
  readonly more: readonly TrackHit[];
}

/** Adds what Spotify found after the hits of the catalog, in its order and without what is there already. A found recording of the catalog is shown as such. */
export function addFound(local: CatalogAnswer, found: FoundMusic, { known, more }: KnownTracks): CatalogAnswer {
  const hits = new Map(more.map((hit) => [hit.recordingId, hit]));
  const tracks = found.tracks.flatMap((track): TrackHit[] => {
    const recording = known.get(track.id);
    if (recording === undefined) return [trackHit(track)];
    const hit = hits.get(recording);
    hits.delete(recording);
    return hit ? [hit] : [];
  });
  const artists = found.artists.map(({ id, name }): ArtistHit => ({ artistId: id, name, tracks: 0 }));
  const albums = found.albums.map(({ id, name, artists: by, releaseDate, imageUrl }): AlbumHit => ({
    albumId: id,
    name,
    artists: by.map((artist) => artist.name),
    releaseDate,
    imageUrl,
  }));
  const playlists = found.playlists.map(({ id, name }): PlaylistHit => ({ index: null, spotifyId: id, name, blurb: null }));
  return {
    tracks: unique([...local.tracks, ...tracks], ({ recordingId, trackId }) => `${recordingId ?? trackId}`),
    artists: unique([...local.artists, ...artists], ({ artistId }) => artistId),
    albums: unique([...local.albums, ...albums], ({ albumId }) => albumId),
    playlists: unique([...local.playlists, ...playlists], ({ index, spotifyId }) => `${index ?? spotifyId}`),
    notice: tracks.length > 0 ? null : local.notice,
  };
}

function trackHit({ id, name, artists, album, durationMs, explicit, popularity }: FoundTrack): TrackHit {
  return {
    recordingId: null,
    trackId: id,
    title: name,
    artists,
    albumId: album?.id ?? '',
    album: album?.name ?? '',
    imageUrl: album?.imageUrl ?? null,
    durationMs,
    explicit,
    popularity,
  };
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)));
}
