import type { ShownCover } from '#shared/contracts/covers/uploads.ts';

const REPLACES: Readonly<Record<ShownCover, string>> = {
  none: 'The playlist has no picture now.',
  mosaic: 'The cover replaces Spotify’s own mosaic of album covers.',
  ours: 'The cover replaces an earlier one that Segue uploaded.',
  other: 'The cover replaces a picture that somebody chose in Spotify.',
};

/** What an upload replaces and what follows from it, the most important first. */
export function describeUpload(parts: {
  readonly shows: ShownCover;
  /** A copy of the picture before was stored. */
  readonly isKept: boolean;
  readonly isNetwork: boolean;
  readonly isRestore: boolean;
}): readonly string[] {
  const { shows, isKept, isNetwork, isRestore } = parts;
  const isPicture = shows === 'ours' || shows === 'other';
  return [
    ...(isRestore ? ['This puts an earlier cover back.'] : []),
    REPLACES[shows],
    ...(isPicture && isKept ? ['Segue keeps a copy of it, so that you can put it back.'] : []),
    ...(isPicture && !isKept ? ['It could not be downloaded, so it cannot be put back.'] : []),
    ...(isNetwork ? ['From now on the network no longer changes this playlist’s cover; its other copies get this one at the next sync.'] : []),
    'Spotify may show it minutes later.',
  ];
}
