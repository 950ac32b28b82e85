import type { HandLine, HandPart, PlaylistFace } from '#shared/contracts/sync/sync.ts';
import { mergeFaces } from './merge-faces.ts';
import { mergeLists } from './merge-lists.ts';
import type { ListMerge, ThreeLists } from './merge-lists.ts';

interface HandQuestion {
  readonly lists: ThreeLists;
  /** Null when no receipt says what the face was. */
  readonly faces: { readonly base: PlaylistFace; readonly theirs: PlaylistFace; readonly earlier: readonly PlaylistFace[] } | null;
  readonly mode: 'merge' | 'overwrite';
  /** What was kept before and is not released. */
  readonly keptFace: Partial<PlaylistFace> | null;
  /** The recording behind a track that the catalogue knows. */
  readonly recordingOf: (uri: string) => number | null;
}

export interface HandMerge {
  readonly uris: readonly string[];
  /** Undefined when no hand was at work and nothing of a hand is carried on. */
  readonly hand: HandPart | undefined;
}

/** More pins than this share of the list would leave the policy nothing to decide; the rest is kept for the day. */
const PINNED_SHARE_MAX = 0.5;

/**
 * What becomes of hand edits: under `merge` an added track stays and is pinned from the next list on, a removed one stays away and is banned
 * from this playlist, titles and descriptions are kept, and a new order alone is overwritten; under `overwrite` all but privacy is put back.
 */
export function mergeHand(question: HandQuestion): HandMerge {
  const { lists, faces, mode } = question;
  const merge = mergeLists(lists);
  const face = faces ? mergeFaces({ ...faces, mode }) : { lines: [], kept: {} };
  const lines = [...listLines(merge, question), ...face.lines];
  const keptFace = { ...question.keptFace, ...face.kept };
  const [outside, away] = mode === 'merge' ? [merge.outside, merge.away] : [[], []];
  const isQuiet = lines.length === 0 && outside.length === 0 && away.length === 0;
  return {
    uris: mode === 'merge' ? merge.uris : lists.ours,
    hand: isQuiet ? undefined : { lines, outside, away, keptFace: Object.keys(keptFace).length > 0 ? keptFace : null },
  };
}

function listLines(merge: ListMerge, { lists, mode, recordingOf }: HandQuestion): HandLine[] {
  const isMerge = mode === 'merge';
  let pinsLeft = Math.max(1, Math.floor(lists.ours.length * PINNED_SHARE_MAX));
  const added = merge.added.map(({ uri, position }): HandLine => {
    const recordingId = recordingOf(uri);
    const isPinned = isMerge && recordingId !== null && pinsLeft > 0;
    if (isPinned) pinsLeft -= 1;
    return { kind: 'added', uri, position, recordingId, fate: isPinned ? 'pinned' : isMerge ? 'kept' : 'overwritten' };
  });
  const removed = merge.removed.map((uri): HandLine => {
    const recordingId = recordingOf(uri);
    return { kind: 'removed', uri, recordingId, fate: !isMerge ? 'overwritten' : recordingId === null ? 'kept' : 'banned' };
  });
  return [
    ...added,
    ...removed,
    ...(merge.cleared > 0 ? [{ kind: 'cleared', count: merge.cleared, fate: 'overwritten' } as const] : []),
    ...(merge.reordered && merge.cleared === 0 ? [{ kind: 'reordered', fate: 'overwritten' } as const] : []),
  ];
}
