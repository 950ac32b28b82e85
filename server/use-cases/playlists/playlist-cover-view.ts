import type { PlaylistCoverRow } from '#server/repos/sync/playlist-covers.ts';
import type { PlaylistCoverView } from '#shared/contracts/playlists/playlist-cover.ts';

/** A playlist's cover as pages show it; null when none is drawn. */
export function playlistCoverView({ sha256, thumbhash, source }: PlaylistCoverRow): PlaylistCoverView | null {
  if (sha256 === null) return null;
  const url = (side: number) => `/playlist-covers/${sha256}/${side}`;
  return { sha256, urls: { 64: url(64), 300: url(300), 640: url(640) }, thumbhash, source };
}
