import type { HandLine } from '#shared/contracts/sync/sync.ts';

/** What a hand did and what becomes of it, as one sentence. `titleOf` names a track. */
export function handWords(line: HandLine, titleOf: (uri: string) => string): string {
  if (line.kind === 'added') return `Somebody added ${titleOf(line.uri)} at ${line.position}: ${ADDED[line.fate]}.`;
  if (line.kind === 'removed') return `Somebody removed ${titleOf(line.uri)}: ${REMOVED[line.fate]}.`;
  if (line.kind === 'renamed')
    return `Somebody renamed it to “${line.to}”: ${line.fate === 'kept' ? 'that name is kept until you release it' : 'its own name is put back'}.`;
  if (line.kind === 'described')
    return `Somebody wrote another description: ${line.fate === 'kept' ? 'it is kept until you release it' : 'its own is put back'}.`;
  if (line.kind === 'cleared') return `Somebody removed ${line.count} tracks at once: the list is filled again, and none of them is banned for it.`;
  if (line.kind === 'reordered') return 'Somebody changed the order: the order of the list is put back.';
  if (line.kind === 'made_public') return 'Somebody opened it again: it is public.';
  return 'Somebody made it private: it stays private until you open it again.';
}

const ADDED = {
  pinned: 'it stays today by hand, outside the proof, and is pinned from the next list on when its rest allows',
  kept: 'it stays by hand, outside the proof',
  overwritten: 'it goes, because hand edits of this playlist are overwritten',
} as const;

const REMOVED = {
  banned: 'it stays away and is banned from this playlist',
  kept: 'it stays away',
  overwritten: 'it comes back where the list has it, because hand edits of this playlist are overwritten',
} as const;
