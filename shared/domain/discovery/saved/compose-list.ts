import type { SavedTrack } from '#shared/contracts/discovery/saved-views.ts';

/** A track that keeps its place. */
export interface PinnedTrack {
  readonly track: SavedTrack;
  /** From 0. */
  readonly index: number;
}

/** The pinned tracks of a list. */
export function pinnedOf(tracks: readonly SavedTrack[]): PinnedTrack[] {
  return tracks.flatMap((track, index) => (track.isPinned ? [{ track, index }] : []));
}

/** Pinned tracks at their places and others between them, in their order: `size` tracks, or as many as there are. A pin beyond the end is last. */
export function composeList(pinned: readonly PinnedTrack[], others: readonly SavedTrack[], size: number): SavedTrack[] {
  const list = others.slice(0, Math.max(0, size - pinned.length));
  for (const { track, index } of pinned.toSorted((a, b) => a.index - b.index)) list.splice(Math.min(index, list.length), 0, track);
  return list;
}

/** The tracks of `others`, in their order, with which no artist has more than `perArtist` tracks beside those kept. */
export function withinArtistCap(kept: readonly SavedTrack[], others: readonly SavedTrack[], perArtist: number): SavedTrack[] {
  const counts = new Map<string, number>();
  const take = (artists: readonly string[]) => {
    for (const artist of artists) counts.set(artist, (counts.get(artist) ?? 0) + 1);
  };
  for (const { artists } of kept) take(artists);
  return others.filter(({ artists }) => {
    if (artists.some((artist) => (counts.get(artist) ?? 0) >= perArtist)) return false;
    take(artists);
    return true;
  });
}
