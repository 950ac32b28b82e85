import type { ManualEdit } from '#shared/contracts/sync/sync.ts';

/** One manual edit and its effect as a sentence. `titleOf` names a track. */
export function describeManualEdit(line: ManualEdit, titleOf: (uri: string) => string): string {
  if (line.kind === 'added') return `${titleOf(line.uri)} was added on Spotify at position ${line.position}. ${ADDED[line.fate]}`;
  if (line.kind === 'removed') return `${titleOf(line.uri)} was removed on Spotify. ${REMOVED[line.fate]}`;
  if (line.kind === 'renamed')
    return `The playlist was renamed to “${line.to}” on Spotify. ${line.fate === 'kept' ? 'The name is kept until you restore Segue’s own.' : 'Segue restores its own name.'}`;
  if (line.kind === 'described')
    return `The description was changed on Spotify. ${line.fate === 'kept' ? 'It is kept until you restore Segue’s own.' : 'Segue restores its own description.'}`;
  if (line.kind === 'cleared') return `${line.count} tracks were removed on Spotify at once. The list is filled again and none of them is banned.`;
  if (line.kind === 'reordered') return 'The order was changed on Spotify. Segue restores its own order.';
  if (line.kind === 'made_public') return 'The playlist was made public on Spotify. It stays public.';
  return 'The playlist was made private on Spotify. It stays private until you make it public again.';
}

const ADDED = {
  pinned: 'Kept today (not covered by the certificate). Pinned from tomorrow if its repeat window allows.',
  kept: 'Kept (not covered by the certificate).',
  overwritten: 'Removed, because this playlist overwrites edits on Spotify.',
} as const;

const REMOVED = {
  banned: 'Banned from this playlist.',
  kept: 'It stays removed.',
  overwritten: 'Added back, because this playlist overwrites edits on Spotify.',
} as const;
