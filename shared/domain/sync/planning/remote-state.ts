import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import { unescapeHtml } from '../replica-marker.ts';

/** A playlist as read from Spotify; an item is null when it is unavailable, local or blocked. */
export interface RemoteState {
  readonly details: PlaylistDetails;
  readonly uris: readonly (string | null)[];
}

/** Whether Spotify shows the wanted order; a hidden item counts as the wanted one at its position. */
export function sameOrder(seen: readonly (string | null)[], wanted: readonly string[]): boolean {
  return seen.length === wanted.length && wanted.every((uri, index) => (seen[index] ?? uri) === uri);
}

/**
 * Whether name, description and visibility are as wanted. Spotify omits the description of playlists that it has not processed yet, and sometimes the
 * visibility: a missing value counts as equal.
 */
export function sameDetails(seen: PlaylistDetails, wanted: PlaylistDetails): boolean {
  const sameDescription = seen.description === '' || unescapeHtml(seen.description) === unescapeHtml(wanted.description);
  const sameVisibility = seen.isPublic === null || wanted.isPublic === null || seen.isPublic === wanted.isPublic;
  return seen.name === wanted.name && sameDescription && sameVisibility;
}
