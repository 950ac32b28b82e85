import { dayNumber } from '#shared/domain/calendar.ts';
import { overDays } from '#shared/domain/curation/feasibility/pool.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyTree } from '#tests/support/network/any-policy.ts';
import { catalogOf } from './small-catalog.ts';

const FROM = dayNumber('2026-11-21');
const DATES = ['2026-11-10', '2026-11-19', '2026-11-21', '2026-11-23', '2026-12-01', '2020-01-01', null];
const CATALOG = catalogOf(
  DATES.flatMap((releasedOn) =>
    ['2026-11-15', '2026-11-20', '2024-05-05'].map((ingestedOn) => ({ releasedOn, ingestedOn, energy: releasedOn ? 0.5 : null })),
  ),
);

const age = fc
  .record({
    field: fc.constantFrom('release_date' as const, 'ingested_on' as const),
    op: fc.constantFrom('within_days' as const, 'older_than_days' as const),
    value: fc.integer({ min: 1, max: 14 }),
    whenUnknown: fc.constantFrom('exclude' as const, 'include' as const),
  })
  .map((leaf) => leaf);
const tree = fc.oneof(
  anyTree,
  fc.tuple(age, age, anyTree).map(([a, b, rule]) => ({ all: [{ any: [a, { not: b }] }, { any: [rule, { not: { all: [b, a] } }] }] })),
);

test('over several days, what is always admitted is admitted on each of them, and what is admitted on any is in what is ever admitted', () => {
  fc.assert(
    fc.property(fc.oneof(tree, age), fc.integer({ min: 1, max: 12 }), (rule, days) => {
      const daily = Array.from({ length: days }, (_, n) => new Set(evaluatePool(CATALOG, rule, FROM + n).rows));
      const always = evaluatePool(CATALOG, overDays(rule, 'always', { from: FROM, days }), FROM).rows;
      for (const row of always) expect(daily.every((rows) => rows.has(row))).toBe(true);
      const ever = new Set(evaluatePool(CATALOG, overDays(rule, 'ever', { from: FROM, days }), FROM).rows);
      for (const rows of daily) for (const row of rows) expect(ever.has(row)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('over a single day both equal the rule itself', () => {
  fc.assert(
    fc.property(tree, (rule) => {
      const rows = [...evaluatePool(CATALOG, rule, FROM).rows];
      for (const want of ['always', 'ever'] as const)
        expect([...evaluatePool(CATALOG, overDays(rule, want, { from: FROM, days: 1 }), FROM).rows]).toEqual(rows);
    }),
  );
});
