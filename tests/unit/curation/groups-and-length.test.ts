import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { findExclusivityCycle, precedenceOf } from '#shared/domain/policies/exclusivity.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { slotsByShare } from '#shared/domain/curation/mix.ts';
import { listsOf, mixture, countOverCaps, simulateDays, rowsOf } from './simulated-days.ts';
import { catalogOf, policyOf } from './small-catalog.ts';

const DAY = '2026-11-21';
const catalog = catalogOf(mixture(900));

const yielding = (group: string | undefined, ...yieldsTo: string[]) => policyOf({ exclusivity: { ...(group ? { group } : {}), yieldsTo } });

describe('exclusivity groups', () => {
  const base: Omit<PolicyV1Input, 'version' | 'pool'> = {
    size: 20,
    rest: { days: 2, scope: 'playlist' },
    turnover: 0.5,
    caps: { perArtist: 3, perAlbum: 2 },
  };
  const news = policyOf({ ...base, exclusivity: { group: 'news' }, seed: 'news' });
  const talk = policyOf({ ...base, exclusivity: { group: 'talk', yieldsTo: ['news'] }, seed: 'talk' });
  const lists = (): ListOfDay[] => [...listsOf(talk, 2), ...listsOf(news, 2, 3)];

  test('lists of a group, and lower-priority lists, never show one recording on the same day, also with turnover', () => {
    for (const { drafts } of simulateDays(catalog, { from: DAY, days: 15, listsOn: lists })) {
      expect(drafts.map((draft) => draft.status)).toEqual(['published', 'published', 'published', 'published']);
      const shown = drafts.flatMap(rowsOf);
      expect(new Set(shown).size).toBe(80);
    }
  });

  test('a lower-priority list chooses later: the others get what they would get alone', () => {
    const prefer = [{ field: 'energy', toward: 0.9, spread: 0.05, weight: 1 }] as const;
    const both = [
      ...listsOf(policyOf({ ...talk, prefer: [...prefer], variety: 0 }), 1),
      ...listsOf(policyOf({ ...news, prefer: [...prefer], variety: 0 }), 1, 3),
    ];
    const request = { catalog, day: DAY, repeatIndex: new RepeatIndex() };
    const [, together] = curateDay({ ...request, lists: both });
    const [alone] = curateDay({ ...request, lists: both.slice(1) });
    expect(rowsOf(together).toSorted((a, b) => a - b)).toEqual(rowsOf(alone).toSorted((a, b) => a - b));
  });

  test('a pin that another list of the group pins too makes the later one impossible; a claim made earlier that day excludes it', () => {
    const pins = lists().map((list, index) =>
      index < 1 || index > 2 ? list : { ...list, marks: [{ row: 5, kind: 'pin' as const, position: null }] },
    );
    const drafts = curateDay({ catalog, day: DAY, lists: pins, repeatIndex: new RepeatIndex() });
    expect(drafts.map((draft) => draft.status)).toEqual(['published', 'unfilled', 'published', 'published']);
    expect(drafts[1]?.report.shortfall[0]).toContain('they are in one exclusivity group');

    const repeatIndex = new RepeatIndex();
    const all = [...lists()];
    repeatIndex.addDrafts(curateDay({ catalog, day: DAY, lists: all.slice(0, 3), repeatIndex }), 20_778);
    const [late] = curateDay({ catalog, day: DAY, lists: all.slice(3), repeatIndex });
    const earlier = new Set(all.slice(0, 3).flatMap((list) => repeatIndex.previous(list.id)?.entries.map((entry) => entry.row) ?? []));
    expect(rowsOf(late).filter((row) => earlier.has(row))).toEqual([]);
    expect(late?.report.exclusive).toBe(60);
  });

  test('a priority cycle is found and named; without one, each list chooses after all of higher priority', () => {
    expect(findExclusivityCycle(yielding('a', 'b'), [yielding('b', 'c'), yielding('c', 'a')])).toEqual(['a', 'b', 'c', 'a']);
    expect(findExclusivityCycle({ exclusivity: { group: 'a', yieldsTo: ['a'] } }, [])).toEqual(['a', 'a']);
    expect(findExclusivityCycle(yielding('a', 'b'), [yielding('b'), yielding(undefined, 'a'), yielding('c', 'a', 'b')])).toBeUndefined();
    // A policy does not have to break a cycle that exists without it, and of two cycles the shorter one is reported.
    expect(findExclusivityCycle(yielding('a', 'b'), [yielding('b', 'c'), yielding('c', 'b')])).toBeUndefined();
    expect(findExclusivityCycle(yielding('a', 'b', 'd'), [yielding('b', 'c'), yielding('c', 'a'), yielding('d', 'a')])).toEqual(['a', 'd', 'a']);
    const policies = [yielding('a', 'b'), yielding('b'), yielding(undefined, 'a'), yielding('c', 'a', 'b'), yielding(undefined)];
    expect(policies.map(precedenceOf(policies))).toEqual([1, 0, 2, 2, 0]);
    const cycle = [yielding('a', 'b'), yielding('b', 'a')];
    expect(cycle.map(precedenceOf(cycle)).every(Number.isFinite)).toBe(true);
  });
});

describe('a target playing time', () => {
  test.each([60, 90, 133])('of %s minutes is met within its tolerance on every day, within caps and without repeats', (minutes) => {
    const policy = policyOf({
      size: 60,
      duration: { minutes, tolerance: 0.5 },
      rest: { days: 3, scope: 'network' },
      turnover: 0.4,
      caps: { perArtist: 3, perAlbum: 2 },
    });
    for (const { drafts } of simulateDays(catalog, { from: DAY, days: 8, listsOn: () => listsOf(policy, 2) })) {
      for (const draft of drafts) {
        expect(draft.report.shortfall).toEqual([]);
        const actual = rowsOf(draft).reduce((sum, row) => sum + (catalog.numbers.duration_ms[row] ?? 0), 0) / 60_000;
        expect(Math.abs(actual - minutes)).toBeLessThanOrEqual(0.5);
        expect(countOverCaps(catalog, rowsOf(draft), policy.caps)).toBe(0);
      }
      expect(new Set(drafts.flatMap(rowsOf)).size).toBe(drafts.flatMap(rowsOf).length);
    }
  });

  test('that the maximum number of tracks cannot fill leaves the list unfilled and says how near it comes', () => {
    const [draft] = curateDay({
      catalog,
      day: DAY,
      lists: listsOf(policyOf({ size: 10, duration: { minutes: 300 } }), 1),
      repeatIndex: new RepeatIndex(),
    });
    expect(draft).toMatchObject({ status: 'unfilled', entries: [] });
    expect(draft?.report.shortfall[0]).toMatch(
      /^No selection of the free recordings plays 300 ± 3 minutes: the closest plays [\d.]+ with the maximum of 10 tracks/,
    );
  });

  test('too short for a pinned position leaves the list unfilled, with a message', () => {
    const policy = policyOf({ size: 50, duration: { minutes: 40 } });
    const lists = listsOf(policy, 1).map((list) => ({ ...list, marks: [{ row: 5, kind: 'pin' as const, position: 45 }] }));
    const [draft] = curateDay({ catalog, day: DAY, lists, repeatIndex: new RepeatIndex() });
    expect(draft?.status).toBe('unfilled');
    expect(draft?.report.shortfall[0]).toMatch(/^A recording is pinned to position 45, but 40 minutes are only \d+ tracks\. /);
  });

  test('works with a mix: the parts keep their slots', () => {
    const mix = [
      { name: 'Soul', rule: { field: 'genre', op: 'has', value: 'soul' }, share: 50 },
      { name: 'Jazz', rule: { not: { field: 'genre', op: 'has', value: 'soul' } }, share: 50 },
    ] as const;
    const policy = policyOf({ size: 40, duration: { minutes: 80, tolerance: 1 }, mix: [...mix], caps: { perArtist: 3, perAlbum: 3 } });
    const [draft] = curateDay({ catalog, day: DAY, lists: listsOf(policy, 1), repeatIndex: new RepeatIndex() });
    expect(draft?.report.shortfall).toEqual([]);
    expect(draft?.report.minutes).toBeGreaterThanOrEqual(79);
    expect(draft?.report.minutes).toBeLessThanOrEqual(81);
    const soul = rowsOf(draft).filter((row) => row % 2 === 0).length;
    expect(draft?.report.blocks).toEqual([
      { name: 'Soul', slots: soul, filled: soul },
      { name: 'Jazz', slots: rowsOf(draft).length - soul, filled: rowsOf(draft).length - soul },
    ]);
    expect(Math.abs(soul * 2 - rowsOf(draft).length)).toBeLessThanOrEqual(1);
  });
});

describe('a mix', () => {
  test('gives whole slots that add up, each within one of its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 10 }),
        (places, weights) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const shares = weights.map((weight) => (weight * 100) / total);
          const slots = slotsByShare(places, shares);
          expect(slots.reduce((sum, count) => sum + count, 0)).toBe(places);
          slots.forEach((count, index) => expect(Math.abs(count - (places * (shares[index] ?? 0)) / 100)).toBeLessThan(1));
        },
      ),
    );
    expect(slotsByShare(10, [33.3, 33.3, 33.4])).toEqual([3, 3, 4]);
  });

  test('with one part that runs short leaves the list unfilled and names the part', () => {
    const mix = [
      { name: 'Old', rule: { field: 'release_year', op: 'lte', value: 1950 }, share: 80 },
      { name: 'Rest', rule: { field: 'release_year', op: 'gte', value: 1951 }, share: 20 },
    ] as const;
    const policy = policyOf({ size: 40, mix: [...mix], caps: { perArtist: 40, perAlbum: 40 } });
    const [draft] = curateDay({ catalog, day: DAY, lists: listsOf(policy, 1), repeatIndex: new RepeatIndex() });
    expect(draft?.status).toBe('unfilled');
    expect(draft?.report.shortfall).toEqual([
      'The mix block “Old” has 32 slots and only 12 could be filled: only 12 are free. Widen its rule or lower its share.',
    ]);
  });
});
