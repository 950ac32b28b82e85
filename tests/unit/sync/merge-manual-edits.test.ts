import { describe, expect, test } from 'vitest';
import { mergeManualEdits } from '#shared/domain/sync/planning/merge-manual-edits.ts';

const uris = (text: string) => text.split('').map((letter) => `spotify:track:${letter}`);
const details = { name: 'Vibe • Night • #001', description: '50 tracks. segue:abcdef012345', isPublic: true };
const KNOWN: Readonly<Record<string, number>> = Object.fromEntries('abcdefghX'.split('').map((letter, at) => [`spotify:track:${letter}`, at + 1]));

interface MergeCase {
  readonly theirs?: string;
  readonly ours?: string;
  readonly mode?: 'merge' | 'overwrite';
  readonly seen?: typeof details;
  readonly earlier?: readonly (typeof details)[];
  readonly left?: typeof details;
}

function mergeEdits({ theirs = 'abcd', ours = 'abcd', mode = 'merge', seen = details, earlier = [], left = details }: MergeCase = {}) {
  const base = 'abcd';
  return mergeManualEdits({
    lists: { base: uris(base), theirs: uris(theirs), ours: uris(ours) },
    details: { base: left, theirs: seen, earlier },
    mode,
    keptDetails: null,
    recordingOf: (uri) => KNOWN[uri] ?? null,
  });
}

describe('the merge of edits on Spotify', () => {
  test('no edit: nothing to report', () => {
    expect(mergeEdits()).toEqual({ uris: uris('abcd'), manualEdits: undefined });
  });

  test('an added track is pinned when the catalog knows it, and kept when not; both are outside the certificate', () => {
    expect(mergeEdits({ theirs: 'abXcdZ' }).manualEdits).toMatchObject({
      lines: [
        { kind: 'added', uri: 'spotify:track:X', position: 3, fate: 'pinned', recordingId: 9 },
        { kind: 'added', uri: 'spotify:track:Z', position: 6, fate: 'kept', recordingId: null },
      ],
      outside: uris('XZ'),
    });
  });

  test('a removed track is banned', () => {
    expect(mergeEdits({ theirs: 'abd' })).toMatchObject({
      uris: uris('abd'),
      manualEdits: { lines: [{ kind: 'removed', uri: 'spotify:track:c', fate: 'banned' }] },
    });
  });

  test('a list with more than half new tracks is not pinned as a whole', () => {
    const { manualEdits } = mergeEdits({ theirs: 'abcdefgh', ours: 'abcd' });
    expect(manualEdits?.lines.map(({ fate }) => fate)).toEqual(['pinned', 'pinned', 'kept', 'kept']);
  });

  test('when edits are overwritten, each edit is named and reverted', () => {
    const { uris: wanted, manualEdits } = mergeEdits({ theirs: 'bXd', mode: 'overwrite', seen: { ...details, name: 'Mine' } });
    expect(wanted).toEqual(uris('abcd'));
    expect(manualEdits).toMatchObject({ outside: [], keptFace: null });
    expect(manualEdits?.lines.map(({ kind, fate }) => `${kind} ${fate}`)).toEqual([
      'added overwritten',
      'removed overwritten',
      'removed overwritten',
      'renamed overwritten',
    ]);
  });

  test('a manual title and description are kept, a description that Spotify omits is no edit', () => {
    const { manualEdits } = mergeEdits({ seen: { ...details, name: 'Mine', description: 'Ours &amp; theirs' } });
    expect(manualEdits).toMatchObject({ keptFace: { name: 'Mine', description: 'Ours & theirs' } });
    expect(mergeEdits({ seen: { ...details, description: '' } }).manualEdits).toBeUndefined();
  });

  test('a name that we set yesterday is an outdated response and no edit', () => {
    const yesterday = { ...details, name: 'Vibe • Night • yesterday' };
    expect(mergeEdits({ seen: yesterday, earlier: [yesterday] }).manualEdits).toBeUndefined();
  });

  test.each(['merge', 'overwrite'] as const)('a playlist that was made private stays private under %s', (mode) => {
    expect(mergeEdits({ mode, seen: { ...details, isPublic: false } }).manualEdits).toMatchObject({
      lines: [{ kind: 'made_private', fate: 'kept' }],
      keptFace: { isPublic: false },
    });
  });

  test('a private playlist that was made public on Spotify stays public', () => {
    expect(mergeEdits({ left: { ...details, isPublic: false }, seen: details }).manualEdits).toMatchObject({
      lines: [{ kind: 'made_public', fate: 'kept' }],
      keptFace: { isPublic: true },
    });
  });
});
