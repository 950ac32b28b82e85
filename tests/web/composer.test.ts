import { arrangeList, editList } from '#web/features/discovery/draft/arrange.ts';
import { askAgain, modeOf, seedRequestOf, withSeed, withWords } from '#web/features/discovery/draft/asking.ts';
import { fitAddress, readComposerSearch, searchOfState, stateOfSearch } from '#web/features/discovery/draft/composer-search.ts';
import type { ComposerState } from '#web/features/discovery/draft/composer-search.ts';
import type { ComposedTrack } from '#web/features/discovery/draft/listed-track.ts';
import { WISHES, WISH_FIELDS, readWish, wishTexts, withWish } from '#web/features/discovery/words/spec-fields.ts';
import { expect, test } from 'vitest';

const track = (recordingId: number): ComposedTrack => ({
  recordingId,
  title: `T${recordingId}`,
  artists: [],
  why: '',
  reason: { kind: 'match', facts: {} },
});
const LIST = [1, 2, 3, 4, 5, 6].map(track);
const idsOf = (tracks: readonly ComposedTrack[]) => tracks.map(({ recordingId }) => recordingId);
const shownWith = (state: ComposerState, generated = LIST) => idsOf(arrangeList(generated, state, (id) => (id > 90 ? track(id) : undefined)));

/** Edits one after the other, each on the list as it is then shown. */
function edited(...edits: Parameters<typeof editList>[2][]): ComposerState {
  return edits.reduce<ComposerState>((state, edit) => ({ ...state, ...editList(shownWith(state), state, edit) }), {});
}

test.each([
  ['a removed track is gone', edited({ kind: 'remove', id: 2 }), [1, 3, 4, 5, 6]],
  ['a removed track that is put back is there', edited({ kind: 'remove', id: 2 }, { kind: 'putBack', id: 2 }), [1, 2, 3, 4, 5, 6]],
  ['a moved track is at its new place', edited({ kind: 'move', id: 2, to: 5 }), [1, 3, 4, 5, 2, 6]],
  ['a track moved up is at its new place', edited({ kind: 'move', id: 6, to: 1 }), [6, 1, 2, 3, 4, 5]],
  ['moves keep earlier moves', edited({ kind: 'move', id: 2, to: 5 }, { kind: 'move', id: 6, to: 1 }), [6, 1, 3, 4, 5, 2]],
  ['a swapped-in track is at the place of the other', edited({ kind: 'swap', id: 3, by: track(99) }), [1, 2, 99, 4, 5, 6]],
  ['a pin keeps its order when a track before it is removed', edited({ kind: 'pin', id: 4 }, { kind: 'remove', id: 1 }), [2, 3, 4, 5, 6]],
])('%s', (_, state, shown) => {
  expect(shownWith(state)).toEqual(shown);
});

test('pins stay at their places when something else is asked for, and removed tracks are not offered again', () => {
  const state = edited({ kind: 'pin', id: 3 }, { kind: 'remove', id: 1 }, { kind: 'swap', id: 5, by: track(99) });
  expect(state.pins).toEqual([
    { id: 3, at: 2 },
    { id: 99, at: 4 },
  ]);
  const other = [11, 12, 13, 14, 15].map(track);
  expect(idsOf(arrangeList(other, state, track))).toEqual([11, 3, 12, 99, 13, 14, 15]);
  expect(seedRequestOf(askAgain({ ...state, seeds: ['r7'] }, { near: 'close' })).exclude.recordings).toEqual([1, 5]);
});

test('a state comes back from its address as it was', () => {
  const state: ComposerState = {
    seeds: ['r12', `a${'0'.repeat(21)}1`, 'p3'],
    near: 'distant',
    matcher: 'audio',
    size: 30,
    without: [`${'0'.repeat(21)}2`],
    excluded: [4],
    shuffle: 2,
    pins: [{ id: 9, at: 3 }],
    removed: [4, 5],
    name: 'Evening',
  };
  expect(stateOfSearch(readComposerSearch({ ...searchOfState(state) }))).toEqual(state);
  const words: ComposerState = { q: 'quiet', spec: { genres: ['soul'], report: [], conflict: [] }, more: 'less upbeat' };
  expect(stateOfSearch(readComposerSearch({ ...searchOfState(words) }))).toEqual(words);
});

test('an address without parameters asks for nothing', () => {
  expect(stateOfSearch(readComposerSearch({}))).toEqual({});
});

test('what is in an address and not in the right form is left out', () => {
  const search = readComposerSearch({
    seeds: 7,
    near: 'far',
    matcher: '<b>',
    size: -1,
    spec: [],
    pins: 'x',
    draft: 'mine',
    removed: '1_x_-3',
    q: '',
  });
  expect(stateOfSearch(search)).toEqual({ seeds: [], pins: [], removed: [1] });
  expect(modeOf({ seeds: [] })).toBeUndefined();
});

test('a sentence of 5,000 words or of signs that take nine characters each fits the address', () => {
  for (const text of ['word '.repeat(5_000), '静かな音楽'.repeat(2_000), '🎷'.repeat(4_000)]) {
    const fitting = fitAddress(text);
    expect(encodeURIComponent(fitting).length).toBeLessThanOrEqual(3_000);
    expect(text.startsWith(fitting)).toBe(true);
  }
  expect(fitAddress('quiet')).toBe('quiet');
});

test('songs and words give way to each other; a sixth song and a second one of the same change nothing', () => {
  const songs = ['r1', 'r2', 'r3', 'r4', 'r5'].reduce(withSeed, withWords({}, 'quiet'));
  expect([modeOf(songs), songs.q]).toEqual(['songs', undefined]);
  expect(withSeed(songs, 'r6')).toBe(songs);
  expect(withSeed({ seeds: ['r1'] }, 'r1')).toEqual({ seeds: ['r1'] });
  expect(withWords(songs, 'loud').seeds).toBeUndefined();
});

test('every wish comes back from its editor as it went in', () => {
  const values = {
    genres: ['soul', 'lo-fi'],
    years_any: [
      [1960, 1969],
      [1984, 1984],
    ],
    not_years: [[1990, 1999]],
    energy: [0.2, 0.4],
    tempo: [80, 92],
    minutes: 90,
    explicit: false,
    order: 'arc',
  } as const;
  for (const [field, value] of Object.entries(values)) {
    const { editor } = WISHES[field as keyof typeof values];
    expect(readWish(editor, wishTexts(value as never)), field).toEqual(value);
  }
  expect(WISH_FIELDS.length).toBeGreaterThan(Object.keys(values).length);
});

test.each([
  ['names', 'genres', [' , ']],
  ['a range with one end', 'tempo', ['80', '']],
  ['a share above 1', 'energy', ['0.2', '1.4']],
  ['words for a number', 'minutes', ['an hour']],
  ['spans that are none', 'not_years', ['the eighties']],
] as const)('%s that cannot be read are refused, not guessed', (_, field, texts) => {
  expect(readWish(WISHES[field].editor, texts)).toBeUndefined();
});

test('a range typed the wrong way round is turned, and a removed wish leaves no trace', () => {
  expect(readWish(WISHES.years.editor, ['1999', '1990'])).toEqual([1990, 1999]);
  expect(withWish({ genres: ['soul'], report: [], conflict: [] }, 'genres', undefined)).toEqual({ report: [], conflict: [] });
});
