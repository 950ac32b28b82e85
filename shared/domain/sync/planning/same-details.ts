import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import { DESCRIPTION_CHARS_MAX, NAME_CHARS_MAX } from '#shared/domain/curation/naming.ts';
import { cutText } from '#shared/domain/text.ts';
import { unescapeHtml } from '../replica-marker.ts';

/**
 * One rule for all comparisons of a playlist's details. Spotify escapes text, omits the description of playlists that it has not processed yet, and
 * sometimes the name or the visibility. It shows line breaks and lengths that its API does not accept.
 */

/** Whether two texts are the same to Spotify's API. An empty one is unknown and counts as the same. */
const sameText = (lengthMax: number) => (a: string, b: string) =>
  a === '' || b === '' || a === b || acceptedText(unescapeHtml(a), lengthMax) === acceptedText(unescapeHtml(b), lengthMax);

export const sameName = sameText(NAME_CHARS_MAX);
export const sameDescription = sameText(DESCRIPTION_CHARS_MAX);
const sameVisibility = (a: boolean | null, b: boolean | null) => a === null || b === null || a === b;

/** Whether name, description and visibility are the same, as far as both are known. */
export function sameDetails(a: PlaylistDetails, b: PlaylistDetails): boolean {
  return changedDetails(a, b).length === 0;
}

/** The fields that differ. */
export function changedDetails(seen: PlaylistDetails, wanted: PlaylistDetails): (keyof PlaylistDetails)[] {
  const { name, description, isPublic } = seen;
  return [
    ...(sameName(name, wanted.name) ? [] : (['name'] as const)),
    ...(sameDescription(description, wanted.description) ? [] : (['description'] as const)),
    ...(sameVisibility(isPublic, wanted.isPublic) ? [] : (['isPublic'] as const)),
  ];
}

/** The details in the form that Spotify's API accepts: text of one line, within its limits. */
export function acceptedDetails({ name, description, isPublic }: PlaylistDetails): PlaylistDetails {
  return { name: acceptedText(name, NAME_CHARS_MAX), description: acceptedText(description, DESCRIPTION_CHARS_MAX), isPublic };
}

function acceptedText(text: string, lengthMax: number): string {
  return cutText(text.replace(/\s+/g, ' ').trim(), lengthMax).trimEnd();
}
