import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { ListOfDay, SnapshotDraft } from '#shared/domain/curation/curate-day.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { listsOf, countOverCaps } from './simulated-days.ts';
import { catalogOf, policyOf } from './small-catalog.ts';

const ROWS = 60;
const catalog = catalogOf(
  Array.from({ length: ROWS }, (_, row) => ({ artistIds: [`a${row % 14}`], albumId: `b${row % 25}`, energy: (row % 10) / 10 })),
);

interface Sketch {
  readonly pins: readonly { readonly row: number; readonly position: number | null }[];
  readonly banned: readonly number[];
  readonly size: number;
  readonly perArtist: number;
  readonly scope: 'network' | 'policy' | 'playlist';
  readonly group: boolean;
  readonly mix: boolean;
}

const sketch: fc.Arbitrary<Sketch> = fc.record({
  // Few rows and positions, so that lists pin the same, exceed their own caps, claim one position twice and pin what they ban.
  pins: fc.array(fc.record({ row: fc.integer({ min: 0, max: 7 }), position: fc.option(fc.integer({ min: 1, max: 4 })) }), { maxLength: 3 }),
  banned: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
  size: fc.integer({ min: 2, max: 16 }),
  perArtist: fc.integer({ min: 1, max: 2 }),
  scope: fc.constantFrom('network' as const, 'policy' as const, 'playlist' as const),
  group: fc.boolean(),
  mix: fc.boolean(),
});

const energetic = { field: 'energy', op: 'gte', value: 0.5 } as const;

function listOf({ pins, banned, size, perArtist, scope, group, mix }: Sketch, index: number): ListOfDay[] {
  const policy = policyOf({
    size,
    caps: { perArtist, perAlbum: 2 },
    rest: { days: 5, scope },
    exclusivity: group ? { group: 'house' } : {},
    mix: mix
      ? [
          { name: 'Loud', rule: energetic, share: 50 },
          { name: 'Quiet', rule: { not: energetic }, share: 50 },
        ]
      : [],
    seed: `s${index}`,
  });
  const known = [...new Map(pins.map((pin) => [pin.row, pin])).values()];
  const refs = { pins: known, banned: banned.length > 0 ? new RowSet(ROWS, banned) : undefined, unknown: [] };
  return listsOf(policy, 1, index + 1).map((list) => ({ ...list, refs }));
}

const isLoud = (row: number) => row % 10 >= 5;

/** Every hard rule that a published list violates, in words. */
function broken(list: ListOfDay, draft: SnapshotDraft): string[] {
  const rows = draft.entries.map((entry) => entry.row);
  const { size, mix } = list.policy;
  const free = draft.entries.filter((entry) => !entry.isPinned).map((entry) => entry.row);
  return [
    ...(rows.length === size && new Set(rows).size === size ? [] : [`${rows.length} of ${size}`]),
    ...rows.filter((row) => list.refs.banned?.has(row)).map((row) => `${row} is banned`),
    ...(countOverCaps(catalog, rows, list.policy.caps) > 0 ? ['over its caps'] : []),
    ...list.refs.pins.filter(({ row }) => !rows.includes(row)).map(({ row }) => `${row} is pinned and not there`),
    ...list.refs.pins.filter(({ row, position }) => position !== null && rows[position - 1] !== row).map(({ row }) => `${row} is not at its place`),
    ...(mix.length > 0 && Math.abs(free.filter(isLoud).length - free.length / 2) > 0.5 ? ['its mix is off'] : []),
  ];
}

test('however pins, bans, groups, mixes and caps contradict each other: a list keeps every rule or is not made and says why', () => {
  let [made, refused] = [0, 0];
  fc.assert(
    fc.property(fc.array(sketch, { minLength: 1, maxLength: 5 }), (sketches) => {
      const lists = sketches.flatMap(listOf);
      const drafts = curateDay({ catalog, day: '2026-11-21', lists, repeatIndex: new RepeatIndex() });
      const shown = new Map<string, Set<string>>();
      for (const [at, draft] of drafts.entries()) {
        const list = lists[at];
        if (!list) continue;
        if (draft.status === 'unfilled') {
          refused += 1;
          expect(draft.entries).toEqual([]);
          expect(draft.report.shortfall.length).toBeGreaterThan(0);
          continue;
        }
        made += 1;
        expect(broken(list, draft), JSON.stringify(sketches[at])).toEqual([]);
        for (const scope of [`rest ${draft.restScope}`, ...draft.groups]) {
          for (const { row } of draft.entries) {
            const owners = shown.get(`${scope} ${row}`) ?? new Set();
            shown.set(`${scope} ${row}`, owners.add(list.id));
          }
        }
      }
      expect([...shown.values()].filter((owners) => owners.size > 1)).toEqual([]);
    }),
    { numRuns: 400 },
  );
  expect(made).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
});
