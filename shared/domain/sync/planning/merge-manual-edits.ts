import type { ManualEdit, ManualEdits, PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import { mergeDetails } from './merge-details.ts';
import { mergeLists } from './merge-lists.ts';
import type { ListMerge, ThreeWayLists } from './merge-lists.ts';

interface ManualEditInput {
  readonly lists: ThreeWayLists;
  /** Null when no receipt has the previous details. */
  readonly details: { readonly base: PlaylistDetails; readonly theirs: PlaylistDetails; readonly earlier: readonly PlaylistDetails[] } | null;
  readonly mode: 'merge' | 'overwrite';
  /** Edited details that were kept earlier and are still in force. */
  readonly keptDetails: Partial<PlaylistDetails> | null;
  /** The recording of a track; null when the catalog does not have it. */
  readonly recordingOf: (uri: string) => number | null;
}

export interface ManualEditMerge {
  readonly uris: readonly string[];
  /** Undefined when there are no edits, neither new nor kept. */
  readonly manualEdits: ManualEdits | undefined;
}

/** Largest share of a list that becomes pins; further added tracks stay for the day only, so that the policy still decides the rest. */
const PINNED_SHARE_MAX = 0.5;

/**
 * Merges edits made on Spotify. With `merge` an added track stays and is pinned from the next list on, a removed one stays out and is banned from this
 * playlist, titles and descriptions are kept, and a changed order alone is overwritten. With `overwrite` everything but privacy is restored.
 */
export function mergeManualEdits(input: ManualEditInput): ManualEditMerge {
  const { lists, details: faces, mode } = input;
  const merge = mergeLists(lists);
  const details = faces ? mergeDetails({ ...faces, mode }) : { lines: [], kept: {} };
  const lines = [...listLines(merge, input), ...details.lines];
  const keptFace = { ...input.keptDetails, ...details.kept };
  const [outside, away] = mode === 'merge' ? [merge.outside, merge.away] : [[], []];
  const hasNoEdits = lines.length === 0 && outside.length === 0 && away.length === 0;
  return {
    uris: mode === 'merge' ? merge.uris : lists.ours,
    manualEdits: hasNoEdits ? undefined : { lines, outside, away, keptFace: Object.keys(keptFace).length > 0 ? keptFace : null },
  };
}

function listLines(merge: ListMerge, { lists, mode, recordingOf }: ManualEditInput): ManualEdit[] {
  const isMerge = mode === 'merge';
  let pinsLeft = Math.max(1, Math.floor(lists.ours.length * PINNED_SHARE_MAX));
  const added = merge.added.map(({ uri, position }): ManualEdit => {
    const recordingId = recordingOf(uri);
    const isPinned = isMerge && recordingId !== null && pinsLeft > 0;
    if (isPinned) pinsLeft -= 1;
    return { kind: 'added', uri, position, recordingId, fate: isPinned ? 'pinned' : isMerge ? 'kept' : 'overwritten' };
  });
  const removed = merge.removed.map((uri): ManualEdit => {
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
