import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RuleInput } from './small-catalog.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { ListMark, ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { bannedRows, NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import { listsOf, mixture, countOverCaps, simulateDays, findEarlyReturns, rowsOf } from './simulated-days.ts';
import { catalogOf, policyOf } from './small-catalog.ts';

const DAY = '2026-11-21';

const pinned = (list: ListOfDay, ...marks: Omit<ListMark, 'kind'>[]): ListOfDay => ({
  ...list,
  marks: marks.map((mark) => ({ ...mark, kind: 'pin' })),
});

describe('turnover', () => {
  const catalog = catalogOf(mixture(900));

  test.each([
    [0, 20],
    [0.2, 16],
    [0.31, 14],
    [0.33, 13],
    [0.5, 10],
    [1, 0],
  ])('a share of %s changes: %s of twenty stay, the others never return within their repeat window', (turnover, staying) => {
    const policy = policyOf({ size: 20, turnover, rest: { days: 10, scope: 'network' }, caps: { perArtist: 3, perAlbum: 2 } });
    const simulated = simulateDays(catalog, { from: DAY, days: 25, listsOn: () => listsOf(policy, 3) });
    for (const [step, { drafts }] of simulated.entries()) {
      expect(drafts.map((draft) => draft.status)).toEqual(['published', 'published', 'published']);
      for (const [index, draft] of drafts.entries()) {
        const before = new Set(rowsOf(simulated[step - 1]?.drafts[index]));
        const stayed = rowsOf(draft).filter((row) => before.has(row));
        expect(stayed.length).toBe(step === 0 ? 0 : staying);
        expect(draft.report).toMatchObject({ staying: stayed.length, pinned: 0, chosen: 20 });
        expect(countOverCaps(catalog, rowsOf(draft), policy.caps)).toBe(0);
      }
    }
    expect(findEarlyReturns(simulated, 10)).toEqual([]);
  });

  test('the longest in the list leave first; what stays says since when, and nothing changes in a list with no turnover', () => {
    const half = policyOf({ size: 20, turnover: 0.5, rest: { days: 5, scope: 'playlist' } });
    const [, second, third] = simulateDays(catalog, { from: DAY, days: 3, listsOn: () => listsOf(half, 1) });
    const since = (step: typeof second) => step?.drafts[0]?.entries.map((entry) => entry.reasons.staysSince).filter((day) => day !== undefined);
    expect(since(second)).toEqual(Array.from({ length: 10 }, () => DAY));
    expect(since(third)).toEqual(Array.from({ length: 10 }, () => addDays(DAY, 1)));

    const unchanging = policyOf({ size: 20, turnover: 0 });
    const days = simulateDays(catalog, { from: DAY, days: 4, listsOn: () => listsOf(unchanging, 1) });
    for (const { drafts } of days) expect(rowsOf(drafts[0])).toEqual(rowsOf(days[0]?.drafts[0]));
  });

  test('an entry that the policy no longer admits, that is banned or that does not fit a smaller list leaves although little changes', () => {
    const policy = policyOf({ size: 20, turnover: 0, rest: { days: 3, scope: 'playlist' } });
    const repeatIndex = new RepeatIndex();
    const [first] = simulateDays(catalog, { from: DAY, days: 1, repeatIndex, listsOn: () => listsOf(policy, 1) });
    const [one = 0, two = 0, three = 0] = rowsOf(first?.drafts[0]);
    const artist = catalog.artistIds[catalog.artists.values[catalog.artists.offsets[two] ?? 0] ?? 0] ?? '';
    const lists = listsOf(policy, 1).map((list): ListOfDay => ({
      ...list,
      refs: { ...NO_REFS, banned: bannedRows(catalog, { artists: [artist], albums: [] }, [one]) },
      marks: [{ row: three, kind: 'ban', position: null }],
    }));
    const [draft] = curateDay({ catalog, day: addDays(DAY, 1), lists, repeatIndex });
    expect(draft?.status).toBe('published');
    for (const row of [one, two, three]) expect(rowsOf(draft)).not.toContain(row);
    expect(draft?.report.staying).toBeGreaterThan(10);
    const [smaller] = curateDay({ catalog, day: addDays(DAY, 1), lists: listsOf({ ...policy, size: 5 }, 1), repeatIndex });
    expect(smaller?.report).toMatchObject({ staying: 5, chosen: 5 });
  });

  test('what a new version of the policy does not admit leaves, and what left does not come back the same day however short its repeat window', () => {
    const base = { size: 20, turnover: 0, rest: { days: 3, scope: 'playlist' } } as const;
    const repeatIndex = new RepeatIndex();
    simulateDays(catalog, { from: DAY, days: 1, repeatIndex, listsOn: () => listsOf(policyOf(base), 1) });
    const soul = policyOf({ ...base, pool: { all: [{ field: 'genre', op: 'has', value: 'soul' }] } });
    const [draft] = curateDay({ catalog, day: addDays(DAY, 1), lists: listsOf(soul, 1), repeatIndex });
    expect(rowsOf(draft).every((row) => row % 2 === 0)).toBe(true);
    expect(draft?.report.staying).toBeGreaterThan(0);

    const prefer = [{ field: 'energy', toward: 0.9, spread: 0.1, weight: 1 }] as const;
    const fastChanging = policyOf({ size: 20, turnover: 0.5, rest: { days: 0, scope: 'playlist' }, prefer: [...prefer], variety: 0 });
    const simulated = simulateDays(catalog, { from: DAY, days: 5, listsOn: () => listsOf(fastChanging, 1) });
    for (const [step, { drafts }] of simulated.entries()) {
      const before = new Set(rowsOf(simulated[step - 1]?.drafts[0]));
      const fresh = drafts[0]?.entries.filter((entry) => entry.reasons.staysSince === undefined) ?? [];
      expect(fresh.filter((entry) => before.has(entry.row))).toEqual([]);
    }
  });

  test('a day without a list is bridged: the list continues where it stopped', () => {
    const policy = policyOf({ size: 20, turnover: 0.25, rest: { days: 8, scope: 'network' } });
    const repeatIndex = new RepeatIndex();
    const simulated = simulateDays(catalog, { from: DAY, days: 2, repeatIndex, listsOn: () => listsOf(policy, 1) });
    const [draft] = curateDay({ catalog, day: addDays(DAY, 5), lists: listsOf(policy, 1), repeatIndex });
    const before = new Set(rowsOf(simulated[1]?.drafts[0]));
    expect(rowsOf(draft).filter((row) => before.has(row))).toHaveLength(15);
  });
});

/** One pin, for two days in the second list and then in the first. */
function movePin(step: number, lists: readonly ListOfDay[]): ListOfDay[] {
  const to = step < 2 ? 1 : 0;
  return lists.map((list, index) => (index === to ? pinned(list, { row: 7, position: null }) : list));
}

describe('pins', () => {
  const catalog = catalogOf(mixture(900));
  test('are in every list at their position, whatever the rules say, and appear nowhere else in their repeat scope', () => {
    const policy = policyOf({ size: 20, pool: { all: [{ field: 'genre', op: 'has', value: 'soul' }] }, rest: { days: 4, scope: 'network' } });
    const lists = () =>
      listsOf(policy, 3).map((list, index) => (index === 1 ? pinned(list, { row: 7, position: 3 }, { row: 11, position: null }) : list));
    for (const { drafts } of simulateDays(catalog, { from: DAY, days: 12, listsOn: lists })) {
      expect(rowsOf(drafts[1])[2]).toBe(7);
      expect(rowsOf(drafts[1])).toContain(11);
      expect(drafts[1]?.report.pinned).toBe(2);
      for (const other of [drafts[0], drafts[2]]) for (const row of [7, 11]) expect(rowsOf(other)).not.toContain(row);
    }
  });

  test('of a recording in its repeat window wait and say until when; after it they are in the list', () => {
    const policy = policyOf({ size: 20, rest: { days: 6, scope: 'network' } });
    const repeatIndex = new RepeatIndex();
    repeatIndex.addStay('network', { row: 7, lastDay: dayNumber(DAY) - 3, restsUntil: dayNumber(DAY) + 3 });
    const simulated = simulateDays(catalog, {
      from: DAY,
      days: 5,
      repeatIndex,
      listsOn: () => listsOf(policy, 1).map((list) => pinned(list, { row: 7, position: 1 })),
    });
    expect(simulated.map(({ drafts }) => rowsOf(drafts[0]).includes(7))).toEqual([false, false, false, true, true]);
    expect(simulated[0]?.drafts[0]?.report.notes).toEqual([
      '“Title 8” is pinned but is within its repeat window. It can play on 2026-11-24 at the earliest.',
    ]);
  });

  test('of one recording by two lists of a repeat scope make the second list impossible, with a message, on every day', () => {
    const policy = policyOf({ size: 20, rest: { days: 6, scope: 'network' } });
    const simulated = simulateDays(catalog, {
      from: DAY,
      days: 3,
      listsOn: () => listsOf(policy, 2).map((list) => pinned(list, { row: 7, position: null })),
    });
    for (const { drafts } of simulated) {
      expect(drafts.map((draft) => draft.status)).toEqual(['published', 'unfilled']);
      expect(drafts[1]?.report.shortfall[0]).toMatch(
        /^“Title 8” is pinned here and in (“Theme 1” #1|another playlist)\. .*because they share a repeat window\. Remove one of the two pins\.$/,
      );
    }
  });

  test('that move from one list to another wait until the first one has released them, and make no list impossible in the meantime', () => {
    const resting = policyOf({ size: 20, rest: { days: 3, scope: 'network' } });
    const withWindow = simulateDays(catalog, { from: DAY, days: 7, listsOn: (step) => movePin(step, listsOf(resting, 2)) });
    expect(withWindow.map(({ drafts }) => drafts.map((draft) => draft.status).join())).toEqual(Array(7).fill('published,published'));
    expect(withWindow.map(({ drafts }) => drafts.map((draft) => rowsOf(draft).includes(7)))).toEqual([
      [false, true],
      [false, true],
      [false, false],
      [false, false],
      [true, false],
      [true, false],
      [true, false],
    ]);
    expect(withWindow[2]?.drafts[0]?.report.notes).toEqual([
      '“Title 8” is pinned but is within its repeat window. It can play on 2026-11-25 at the earliest.',
    ]);

    const grouped = policyOf({ size: 20, rest: { days: 0, scope: 'playlist' }, exclusivity: { group: 'evening' } });
    const withGroup = simulateDays(catalog, { from: DAY, days: 4, listsOn: (step) => movePin(step, listsOf(grouped, 2)) });
    expect(withGroup.map(({ drafts }) => drafts.map((draft) => rowsOf(draft).includes(7)))).toEqual([
      [false, true],
      [false, true],
      [false, false],
      [true, false],
    ]);
    expect(withGroup[2]?.drafts[0]?.report.notes).toEqual([
      '“Title 8” is pinned but is in another playlist of its group. It can play on 2026-11-24 at the earliest.',
    ]);
  });

  test('that are removed end with the list before, and their repeat window starts then', () => {
    const policy = policyOf({ size: 20, rest: { days: 6, scope: 'network' } });
    const lists = (step: number) =>
      listsOf(policy, 2).map((list, index) => (index === 0 && step < 3 ? pinned(list, { row: 7, position: null }) : list));
    const simulated = simulateDays(catalog, { from: DAY, days: 20, listsOn: lists });
    expect(simulated[3]?.drafts[0]?.ended).toEqual([
      { row: 7, recordingId: 8, restScope: 'network', firstDay: dayNumber(DAY), lastDay: dayNumber(DAY) + 2, restsUntil: dayNumber(DAY) + 8 },
    ]);
    expect(findEarlyReturns(simulated, 6)).toEqual([]);
  });

  test.each([
    [
      'two at one position',
      [
        { row: 1, position: 2 },
        { row: 2, position: 2 },
      ],
      'both pinned to position 2',
    ],
    ['more than the list holds', Array.from({ length: 6 }, (_, index) => ({ row: index * 41, position: null })), '6 recordings are pinned'],
    [
      'more of an artist than the cap',
      [
        { row: 1, position: null },
        { row: 41, position: null },
        { row: 81, position: null },
      ],
      'exceed the cap of 2 per artist',
    ],
    ['a place that the list does not have', [{ row: 1, position: 9 }], 'pinned to position 9'],
  ])('%s make the list impossible', (_, marks, message) => {
    const [draft] = curateDay({
      catalog,
      day: DAY,
      lists: listsOf(policyOf({ size: 5 }), 1).map((list) => pinned(list, ...marks)),
      repeatIndex: new RepeatIndex(),
    });
    expect(draft?.status).toBe('unfilled');
    expect(draft?.report.shortfall.join(' ')).toContain(message);
  });

  test('that the policy also bans make the list impossible; a ban for this list alone removes the pin', () => {
    const refs = {
      pins: [{ row: 7, position: null }],
      banned: bannedRows(catalog, { artists: [], albums: [] }, [7]),
      unknown: ['Nothing is known of it.'],
    };
    const lists = listsOf(policyOf({ size: 5 }), 1).map((list) => ({ ...list, refs }));
    const repeatIndex = new RepeatIndex();
    const [draft] = curateDay({ catalog, day: DAY, lists, repeatIndex });
    expect(draft?.report.shortfall[0]).toContain('“Title 8” is pinned, but');
    const marks = [{ row: 7, kind: 'ban', position: null }] as const;
    const [banned] = curateDay({ catalog, day: DAY, lists: lists.map((list) => ({ ...list, marks })), repeatIndex });
    expect(banned?.status).toBe('published');
    expect(rowsOf(banned)).not.toContain(7);
    expect(banned?.report.notes).toEqual(['Nothing is known of it.']);
  });
});

test(
  'sixty days of turnover, pins, mix and repeat windows: complete lists, positions kept, mix exact, caps kept, no early return',
  { timeout: 300_000 },
  () => {
    const catalog = catalogOf(mixture(1_500));
    const soul: RuleInput = { field: 'genre', op: 'has', value: 'soul' };
    const share = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        fc.constantFrom(0, 0.1, 0.25, 0.5, 0.9, 1),
        fc.integer({ min: 2, max: 8 }),
        fc.constantFrom('network', 'playlist', 'policy'),
        share,
        fc.integer({ min: 0, max: 3 }),
        fc.nat(1_000),
        (turnover, restDays, scope, tenths, pins, salt) => {
          const mix = [
            { name: 'Soul', rule: soul, share: tenths * 10 },
            { name: 'Rest', rule: { not: soul }, share: 100 - tenths * 10 },
          ];
          const policy = policyOf({
            size: 15,
            turnover,
            rest: { days: restDays, scope },
            mix,
            caps: { perArtist: 3, perAlbum: 3 },
            seed: `s${salt}`,
          });
          const marksOf = (list: number) =>
            Array.from({ length: pins }, (_, index) => ({
              row: (salt + list * 211 + index * 53) % 1_500,
              kind: 'pin' as const,
              position: index * 4 + 1,
            }));
          const simulated = simulateDays(catalog, {
            from: DAY,
            days: 60,
            listsOn: () => listsOf(policy, 3).map((list, index) => ({ ...list, marks: marksOf(index) })),
          });
          expect(findEarlyReturns(simulated, restDays)).toEqual([]);
          for (const { drafts } of simulated) {
            for (const [list, draft] of drafts.entries()) {
              expect(draft.report.shortfall).toEqual([]);
              const rows = rowsOf(draft);
              expect(new Set(rows).size).toBe(15);
              for (const { row, position } of marksOf(list)) expect(rows[position - 1]).toBe(row);
              expect(countOverCaps(catalog, rows, policy.caps)).toBe(0);
              const free = draft.entries.filter((entry) => !entry.isPinned);
              const soulCount = free.filter((entry) => entry.row % 2 === 0).length;
              expect(Math.abs(soulCount - ((15 - pins) * tenths) / 10)).toBeLessThan(1);
              expect(free.filter((entry) => entry.reasons.block === 'Soul')).toHaveLength(soulCount);
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  },
);
