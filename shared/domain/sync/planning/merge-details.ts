import type { ManualEdit, PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import { unescapeHtml } from '../replica-marker.ts';
import { sameDescription, sameName } from './same-details.ts';

interface DetailsToMerge {
  /** As of the last receipt. */
  readonly base: PlaylistDetails;
  readonly theirs: PlaylistDetails;
  /** Names and descriptions that Segue wrote earlier: Spotify may return an outdated one, which is not an edit. */
  readonly earlier: readonly Pick<PlaylistDetails, 'name' | 'description'>[];
  readonly mode: 'merge' | 'overwrite';
}

interface DetailsMerge {
  readonly lines: readonly ManualEdit[];
  readonly kept: Partial<PlaylistDetails>;
}

/**
 * Manual edits of title, description and visibility on Spotify since the last receipt. A missing description is no edit. A playlist made private stays
 * private in both modes, because Segue cannot know the reason, until someone makes it public again in Segue or on Spotify.
 */
export function mergeDetails({ base, theirs, earlier, mode }: DetailsToMerge): DetailsMerge {
  const lines: ManualEdit[] = [];
  const kept: { name?: string; description?: string; isPublic?: boolean } = {};
  const fate = mode === 'merge' ? 'kept' : 'overwritten';
  const ours = [base, ...earlier];
  if (!ours.some(({ name }) => sameName(name, theirs.name))) {
    lines.push({ kind: 'renamed', from: base.name, to: theirs.name, fate });
    if (mode === 'merge') kept.name = theirs.name;
  }
  const shownDescription = unescapeHtml(theirs.description);
  if (!ours.some(({ description }) => sameDescription(description, theirs.description))) {
    lines.push({ kind: 'described', from: base.description, to: shownDescription, fate });
    if (mode === 'merge') kept.description = shownDescription;
  }
  if (base.isPublic === true && theirs.isPublic === false) {
    lines.push({ kind: 'made_private', fate: 'kept' });
    kept.isPublic = false;
  }
  if (base.isPublic === false && theirs.isPublic === true) {
    lines.push({ kind: 'made_public', fate: 'kept' });
    kept.isPublic = true;
  }
  return { lines, kept };
}
