import type { ImportedLine, ListCandidate } from '#shared/contracts/discovery/import-list.ts';
import { choiceCounts, chosenOf } from '#web/features/discovery/paste/line-choices.ts';
import { otherWay, pathRequestOf, readPathSearch, withStepAfter } from '#web/features/discovery/path/path-search.ts';
import { expect, test } from 'vitest';

const TRACKS = [11, 12, 13, 14].map((recordingId, index) => ({ recordingId, position: index + 1 }));

test('another way for one place keeps the tracks at the others and leaves the old one out', () => {
  const search = otherWay({ start: 11, end: 14, steps: 3 }, TRACKS, 3);
  expect(search).toEqual({ start: 11, end: 14, steps: 3, keep: '2-12', excluded: '13' });
  expect(pathRequestOf(search)).toMatchObject({ keep: [{ position: 2, recordingId: 12 }], exclude: { recordings: [13] } });
  expect(otherWay(search, TRACKS, 2).excluded).toBe('13_12');
});

test('a step more after a place keeps every track in its order', () => {
  expect(withStepAfter({ start: 11, end: 14, steps: 3 }, TRACKS, 2)).toEqual({ start: 11, end: 14, steps: 4, keep: '2-12_4-13' });
});

test('what is in the address of a path and not in the right form is left out', () => {
  expect(readPathSearch({ start: -1, end: 7, steps: 99, by: 'taste', keep: '2-x', excluded: '1_2' })).toEqual({ end: 7, excluded: '1_2' });
  expect(pathRequestOf({ end: 7 })).toBeUndefined();
});

const candidate = (recordingId: number) => ({ recordingId, title: '', artists: [], album: '', durationMs: 0, confidence: 1 }) satisfies ListCandidate;
const line = (number: number, status: ImportedLine['status'], recordingId?: number): ImportedLine => ({
  line: number,
  given: '',
  status,
  track: recordingId === undefined ? null : candidate(recordingId),
  confidence: 1,
  by: null,
  others: [],
  duplicateOf: null,
  note: null,
});

test('an unsure line is left out until it is decided, and a decision is worth more than a match', () => {
  const lines = [line(1, 'matched', 1), line(2, 'unsure', 2), line(3, 'unmatched'), line(4, 'matched', 4), line(5, 'not_music')];
  expect([chosenOf(lines, new Map()), choiceCounts(lines, new Map())]).toEqual([[1, 4], { taken: 2, open: 1 }]);
  const choices = new Map([
    [2, 9],
    [3, 7],
    [4, null],
  ]);
  expect([chosenOf(lines, choices), choiceCounts(lines, choices)]).toEqual([[1, 9, 7], { taken: 3, open: 0 }]);
});
