import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';

/** A playlist as read from Spotify; an item is null when it is unavailable, local or blocked. */
export interface RemoteState {
  readonly details: PlaylistDetails;
  readonly uris: readonly (string | null)[];
}

/** Whether Spotify shows the wanted order; a hidden item counts as the wanted one at its position. */
export function sameOrder(seen: readonly (string | null)[], wanted: readonly string[]): boolean {
  return seen.length === wanted.length && wanted.every((uri, index) => (seen[index] ?? uri) === uri);
}
