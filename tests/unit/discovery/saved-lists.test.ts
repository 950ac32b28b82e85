import type { SavedCriteria } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import { composeList, pinnedOf, withinArtistCap } from '#shared/domain/discovery/saved/compose-list.ts';
import { describeCriteria } from '#shared/domain/discovery/saved/criteria-words.ts';
import { describeExport } from '#shared/domain/discovery/saved/describe-export.ts';
import { withWantedTrack } from '#shared/domain/discovery/saved/wanted-track.ts';
import { expect, test } from 'vitest';

const track = (recordingId: number, artist = `Artist ${recordingId}`, isPinned = false): SavedTrack => ({
  recordingId,
  title: `Song ${recordingId}`,
  artists: [artist],
  isPinned,
  reason: { kind: 'chosen', why: '', facts: {} },
});
const ids = (list: readonly SavedTrack[]) => list.map(({ recordingId }) => recordingId);
const pinnedAt = (...places: readonly (readonly [index: number, id: number])[]) =>
  places.map(([index, id]) => ({ index, track: track(id, 'P', true) }));

test.for([
  {
    what: 'pins keep their places',
    pins: [
      [0, 91],
      [2, 92],
    ] as const,
    others: [1, 2, 3],
    size: 5,
    list: [91, 1, 92, 2, 3],
  },
  { what: 'a pin beyond the end is last', pins: [[9, 91]] as const, others: [1, 2], size: 3, list: [1, 2, 91] },
  { what: 'no more than the size', pins: [[1, 91]] as const, others: [1, 2, 3, 4], size: 3, list: [1, 91, 2] },
  {
    what: 'pins stay when nothing else is left',
    pins: [
      [0, 91],
      [1, 92],
    ] as const,
    others: [],
    size: 1,
    list: [91, 92],
  },
])('a list that is made again: $what', ({ pins, others, size, list }) => {
  expect(
    ids(
      composeList(
        pinnedAt(...pins),
        others.map((id) => track(id)),
        size,
      ),
    ),
  ).toEqual(list);
});

test('pins are found at their places, and no artist gets more tracks beside them than the limit', () => {
  const list = [track(1), track(2, 'Ida', true), track(3)];
  expect(pinnedOf(list).map(({ index }) => index)).toEqual([1]);
  expect(
    ids(withinArtistCap([track(2, 'Ida')], [track(4, 'Ida'), track(5, 'Ida'), track(6, 'Nils'), track(7, 'Nils'), track(8, 'Nils')], 2)),
  ).toEqual([4, 6, 7]);
});

test.for<{ spec: { explicit?: boolean }; explicit: boolean | null; twin: string | null; used: string }>([
  { spec: { explicit: false }, explicit: true, twin: 'clean', used: 'clean' },
  { spec: { explicit: true }, explicit: false, twin: 'explicit', used: 'explicit' },
  { spec: {}, explicit: true, twin: 'clean', used: 'usual' },
  { spec: { explicit: false }, explicit: false, twin: 'explicit', used: 'usual' },
  { spec: { explicit: false }, explicit: null, twin: 'other', used: 'usual' },
])('of a recording with both versions the one is used that the list asks for: $spec, $explicit', ({ spec, explicit, twin, used }) => {
  const criteria: SavedCriteria = { kind: 'vibe', sentence: '', spec: { report: [], conflict: [], ...spec } };
  expect(withWantedTrack({ explicit, trackId: 'usual', twinTrackId: twin }, criteria).trackId).toBe(used);
});

const vibe = (sentence: string, spec = {}): SavedCriteria => ({ kind: 'vibe', sentence, spec: { report: [], conflict: [], ...spec } });

test('criteria are one line, whatever was typed', () => {
  expect(describeCriteria(vibe(' calm\n evening '))).toBe('calm evening');
  expect(describeCriteria(vibe('', { genres: ['jazz'], tracks: 12 }))).toBe('jazz · 12 tracks');
  expect(describeCriteria(vibe(''))).toBe('Any music');
  expect(describeCriteria(vibe('x'.repeat(5_000))).length).toBe(160);
  expect(describeCriteria({ kind: 'chosen' })).toBe('Chosen by you');
});

test('an export says first what it does, then what it replaces and leaves out', () => {
  const counts = { added: 1, removed: 2, moved: 0, kept: 7 };
  const facts = {
    action: 'change' as const,
    counts,
    details: [{ field: 'name' as const, from: 'A', to: 'B' }],
    missing: 1,
    isEdited: true,
    note: null,
  };
  expect(describeExport(facts)).toEqual([
    'The playlist in your account is changed: 1 track added, 2 tracks removed, name changed.',
    'The playlist was changed on Spotify since the last export; those changes are replaced by this list.',
    '1 track is left out: no track on Spotify is known.',
  ]);
});
