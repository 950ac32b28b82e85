import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';

/** Combines two catalogs; the second is read for what the first does not have. Albums are numbered consecutively. */
export function combineCatalogs(first: SandboxCatalog, second: SandboxCatalog): SandboxCatalog {
  return {
    albumCount: first.albumCount + second.albumCount,
    albumIdAt: (index) => (index < first.albumCount ? first.albumIdAt(index) : second.albumIdAt(index - first.albumCount)),
    album: (id) => first.album(id) ?? second.album(id),
    track: (id) => first.track(id) ?? second.track(id),
    hasTrack: (id) => first.hasTrack(id) || second.hasTrack(id),
    artist: (id) => first.artist(id) ?? second.artist(id),
    albumIdsOf: (artistId) => [...first.albumIdsOf(artistId), ...second.albumIdsOf(artistId)],
    features: (trackId) => first.features(trackId) ?? second.features(trackId),
    recording: (isrc) => first.recording(isrc) ?? second.recording(isrc),
  };
}
