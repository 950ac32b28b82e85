import type { HandLine, PlaylistFace } from '#shared/contracts/sync/sync.ts';
import { unescapeHtml } from './naming.ts';

interface ThreeFaces {
  /** As the last receipt left it. */
  readonly base: PlaylistFace;
  readonly theirs: PlaylistFace;
  /** Names and descriptions that we gave it earlier: seen again, they are an answer of yesterday and no hand. */
  readonly earlier: readonly Pick<PlaylistFace, 'name' | 'description'>[];
  readonly mode: 'merge' | 'overwrite';
}

interface FaceMerge {
  readonly lines: readonly HandLine[];
  readonly kept: Partial<PlaylistFace>;
}

/**
 * What a hand made of title, description and visibility since the last receipt. A description that Spotify does not say is no change; a
 * playlist made private stays so in either mode, because only a person can know why, until somebody opens it again, here or there.
 */
export function mergeFaces({ base, theirs, earlier, mode }: ThreeFaces): FaceMerge {
  const lines: HandLine[] = [];
  const kept: { name?: string; description?: string; isPublic?: boolean } = {};
  const fate = mode === 'merge' ? 'kept' : 'overwritten';
  const ours = [base, ...earlier];
  if (theirs.name !== '' && !ours.some(({ name }) => name === theirs.name)) {
    lines.push({ kind: 'renamed', from: base.name, to: theirs.name, fate });
    if (mode === 'merge') kept.name = theirs.name;
  }
  const says = unescapeHtml(theirs.description);
  if (says !== '' && !ours.some(({ description }) => unescapeHtml(description) === says)) {
    lines.push({ kind: 'described', from: base.description, to: says, fate });
    if (mode === 'merge') kept.description = says;
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
