import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { addDays, dayNumber, dayText, yearOf } from '#shared/domain/calendar.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { gapOf } from '#shared/domain/curation/sequencing.ts';
import { listsOf, mixture } from './simulated-days.ts';
import { catalogOf, policyOf } from './small-catalog.ts';

const DAY = '2026-11-21';

function curate(catalog: Catalog, policy: Policy, more: { count?: number; day?: string; repeatIndex?: RepeatIndex } = {}): SnapshotDraft[] {
  const { count = 1, day = DAY, repeatIndex = new RepeatIndex() } = more;
  return curateDay({ catalog, day, lists: listsOf(policy, count), repeatIndex });
}

const rowsOf = (drafts: readonly SnapshotDraft[]) => drafts.flatMap((draft) => draft.entries.map((entry) => entry.row)).toSorted((a, b) => a - b);

describe('a day of lists', () => {
  const catalog = catalogOf(mixture(600));
  const policy = policyOf({ size: 20, prefer: [{ field: 'energy', toward: 0.7, spread: 0.2, weight: 1 }], separation: { artist: 4 } });

  test('every list is complete, within its caps, separated, and no recording is in two lists of the network', () => {
    const drafts = curate(catalog, policy, { count: 6 });
    const placed = drafts.flatMap((draft) => draft.entries.map((entry) => entry.recordingId));
    expect(drafts.map((draft) => draft.status)).toEqual(Array.from({ length: 6 }, () => 'published'));
    expect(new Set(placed).size).toBe(120);
    for (const { entries } of drafts) {
      const artists = entries.flatMap((entry) => [...artistsOf(catalog, entry.row)]);
      expect(Math.max(...artists.map((artist) => artists.filter((other) => other === artist).length))).toBeLessThanOrEqual(2);
      expect(new Set(entries.map((entry) => catalog.albums[entry.row])).size).toBe(entries.length);
      expect(
        gapOf(
          entries.map((entry) => entry.row),
          catalog,
        ),
      ).toBeGreaterThanOrEqual(4);
    }
  });

  test('the same input gives the same lists with the same reasons, in whatever order the playlists come', () => {
    const lists = listsOf(policy, 4);
    const request = { catalog, day: DAY, repeatIndex: new RepeatIndex() };
    expect(curateDay({ ...request, lists: lists.toReversed() })).toEqual(curateDay({ ...request, lists }));
  });

  test('another day or another seed gives other lists', () => {
    const today = rowsOf(curate(catalog, policy));
    expect(rowsOf(curate(catalog, policy, { day: '2026-11-22' }))).not.toEqual(today);
    expect(rowsOf(curate(catalog, { ...policy, seed: 'other' }))).not.toEqual(today);
  });

  test('a recording in its repeat window is excluded, and each entry knows when it was last played', () => {
    const repeatIndex = new RepeatIndex();
    for (let row = 0; row < catalog.size; row++) {
      const lastDay = dayNumber(row % 2 ? '2026-11-20' : '2026-10-01');
      repeatIndex.addStay('network', { row, lastDay, restsUntil: lastDay + 30 });
    }
    const [draft] = curate(catalog, policy, { repeatIndex });
    expect(draft?.entries.every((entry) => entry.row % 2 === 0 && entry.reasons.lastUsedOn === '2026-10-01')).toBe(true);
    expect(draft?.report).toMatchObject({ catalog: 600, pool: 600, resting: 300, candidates: 300, chosen: 20, size: 20, shortfall: [] });
  });

  test('lists of two policies in the same repeat scope share no recording that day', () => {
    const lists = [...listsOf(policy, 5), ...listsOf({ ...policy, seed: 'second' }, 5, 6)];
    const drafts = curateDay({ catalog, day: DAY, lists, repeatIndex: new RepeatIndex() });
    const placed = drafts.flatMap((draft) => draft.entries.map((entry) => entry.recordingId));
    expect(new Set(placed).size).toBe(200);
  });

  test('lists with a repeat window per playlist may share recordings but are drawn independently', () => {
    const alone = policyOf({ ...policy, rest: { days: 30, scope: 'playlist' } });
    const [one, two] = curate(catalog, alone, { count: 2 });
    expect([one?.restScope, two?.restScope]).toEqual(['playlist:playlist-1', 'playlist:playlist-2']);
    expect(rowsOf(one ? [one] : [])).not.toEqual(rowsOf(two ? [two] : []));
  });

  test('near misses are the best remaining candidates, each with its reason; the sound is the mean of known values', () => {
    const [draft] = curate(catalog, policy);
    expect(draft?.report.nearMisses.length).toBe(10);
    for (const miss of draft?.report.nearMisses ?? []) {
      expect(draft?.entries.some((entry) => entry.recordingId === miss.recordingId)).toBe(false);
      expect(miss.detail).toMatch(/^[A-Z].*\.$/);
    }
    expect(draft?.report.sound.energy).toBeGreaterThan(0.4);
    expect(draft?.report.sound.valence).toBeNull();
    const ranks = draft?.entries.map((entry) => entry.reasons.rank) ?? [];
    expect(new Set(ranks).size).toBe(20);
    expect(Math.min(...ranks)).toBe(1);
  });
});

describe('a list that cannot be filled', () => {
  test('places nothing, takes nothing from others, and names the limiting rules', () => {
    const catalog = catalogOf(mixture(600));
    const narrow = policyOf({
      size: 20,
      pool: {
        all: [
          { field: 'release_year', op: 'lte', value: 1951 },
          { field: 'energy', op: 'gte', value: 0.5 },
        ],
      },
    });
    const drafts = curate(catalog, narrow, { count: 3 });
    for (const draft of drafts) {
      expect(draft).toMatchObject({ status: 'unfilled', entries: [], report: { size: 20 } });
      expect(draft.report.chosen).toBeLessThan(20);
      expect(draft.report.shortfall[0]).toMatch(
        /^Only \d+ recordings match “released before 1952” and “energy at least 0.50” together; 20 are needed\.$/,
      );
      expect(draft.report.shortfall[1]).toMatch(/^Without “released before 1952” there would be \d+\.$/);
    }
  });

  test('lists before it are published, lists after it are not half filled', () => {
    const catalog = catalogOf(Array.from({ length: 50 }, () => ({})));
    const drafts = curate(catalog, policyOf({ size: 20 }), { count: 4 });
    expect(drafts.map((draft) => [draft.status, draft.entries.length])).toEqual([
      ['published', 20],
      ['published', 20],
      ['unfilled', 0],
      ['unfilled', 0],
    ]);
    expect(drafts[2]?.report.shortfall[0]).toBe(
      'Of the 50 recordings that the rules admit, 40 are in another playlist today; 10 are free and 20 are needed.',
    );
  });

  test('is not abandoned before the last candidate was checked, however many better ones do not fit', () => {
    const sketches = Array.from({ length: 6_500 }, (_, index) => ({
      artistIds: [index < 6_000 ? 'everywhere' : `a${index}`],
      energy: index < 6_000 ? 1 : 0,
    }));
    const policy = policyOf({ size: 20, prefer: [{ field: 'energy', toward: 1, spread: 0.1, weight: 1 }], variety: 0 });
    const [draft] = curate(catalogOf(sketches), policy);
    expect(draft).toMatchObject({ status: 'published', report: { chosen: 20, candidates: 6_500 } });
    expect(rowsOf(draft ? [draft] : []).filter((row) => row < 6_000)).toHaveLength(2);
  });

  test('with an empty catalog says that the catalog is empty', () => {
    const [draft] = curate(catalogOf([]), policyOf({}));
    expect(draft?.report.shortfall).toEqual(['The catalog is empty. Import albums first.']);
  });
});

test('forty days of a network with a thirty-day repeat window: complete lists every day and no repeat', () => {
  const catalog = catalogOf(
    Array.from({ length: 1_500 }, (_, index) => ({ artistIds: [`a${index % 300}`], albumId: `a${index % 300}-${Math.floor(index / 300)}` })),
  );
  const policy = policyOf({ size: 10, rest: { days: 30, scope: 'network' } });
  const repeatIndex = new RepeatIndex();
  const lastDay = new Map<number, number>();
  for (let step = 0; step < 40; step++) {
    const day = addDays(DAY, step);
    const drafts = curate(catalog, policy, { day, repeatIndex, count: 5 });
    expect(drafts.every((draft) => draft.status === 'published')).toBe(true);
    for (const { recordingId } of drafts.flatMap((draft) => draft.entries)) {
      expect(step - (lastDay.get(recordingId) ?? -Infinity)).toBeGreaterThanOrEqual(30);
      lastDay.set(recordingId, step);
    }
    repeatIndex.addDrafts(drafts, dayNumber(day));
  }
});

test('a repeat scope is the network, one playlist, or the playlists of a policy family', () => {
  const of = { playlistId: 'p', policyFamilyId: 'f' };
  const key = (scope: Policy['rest']['scope']) => restScopeKey({ rest: { days: 1, scope } }, of);
  expect([key('network'), key('playlist'), key('policy')]).toEqual(['network', 'playlist:p', 'policy:f']);
});

test('days are counted as the calendar counts them', () => {
  expect(dayNumber('1970-01-01')).toBe(0);
  expect(dayNumber('2026-11-21') - dayNumber('2024-02-29')).toBe(996);
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(dayNumber('yesterday')).toBeNaN();
  fc.assert(
    fc.property(fc.integer({ min: -400_000, max: 400_000 }), (number) => {
      expect(dayText(number)).toBe(new Date(number * 86_400_000).toISOString().slice(0, 10));
      expect(dayNumber(dayText(number))).toBe(number);
      expect(yearOf(number)).toBe(new Date(number * 86_400_000).getUTCFullYear());
    }),
  );
});
