import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '#shared/contracts/policies/policy.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { countRules, evaluatePool, traceRule } from '#shared/domain/policies/pool.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { needsTexts } from '#shared/domain/policies/needs-texts.ts';
import { catalogOf, policyOf, rowOf } from '#tests/unit/curation/small-catalog.ts';
import type { RowSketch } from '#tests/unit/curation/small-catalog.ts';

const TODAY = '2026-11-21';
const day = dayNumber(TODAY);
const admits = (sketches: readonly RowSketch[], pool: Rule) => [...evaluatePool(catalogOf(sketches), policyOf({ pool }).pool, day).rows];
const w = { whenUnknown: 'exclude' } as const;

describe('a pool', () => {
  test('numbers: at least, at most, equal and between include their ends, in the stored precision', () => {
    const sketches = [{ energy: 0.6 }, { energy: 0.7 }, { energy: 0.8 }, { energy: null }];
    expect(admits(sketches, { field: 'energy', op: 'gte', value: 0.7, ...w })).toEqual([1, 2]);
    expect(admits(sketches, { field: 'energy', op: 'lte', value: 0.7, ...w })).toEqual([0, 1]);
    expect(admits(sketches, { field: 'energy', op: 'eq', value: 0.7, ...w })).toEqual([1]);
    expect(admits(sketches, { field: 'energy', op: 'between', value: [0.6, 0.7], ...w })).toEqual([0, 1]);
  });

  test('every number field can be tested', () => {
    const sketches = [
      {
        popularity: 40,
        durationMs: 180_000,
        releasedOn: '1965-03-01',
        artistIds: ['a', 'b'],
        key: 5,
        loudness: -7.5,
        time_signature: 4,
        mode: 1,
        tempo: 120,
      },
    ];
    for (const [field, value] of Object.entries({
      popularity: 40,
      duration_ms: 180_000,
      release_year: 1965,
      artist_count: 2,
      key: 5,
      loudness: -7.5,
      time_signature: 4,
      mode: 1,
      tempo: 120,
    })) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table above names number fields
      expect(admits(sketches, { field, op: 'eq', value, ...w } as Rule), field).toEqual([0]);
    }
  });

  test('a Camelot key is a key and a mode; when one of them is unknown it is unknown in every comparison', () => {
    const sketches = [{ key: 9, mode: 0 }, { key: 0, mode: 1 }, { key: 4, mode: 0 }, { key: 9 }, { key: -1, mode: 0 }];
    expect(admits(sketches, { field: 'camelot', op: 'has', value: '8A', ...w })).toEqual([0]);
    expect(admits(sketches, { field: 'camelot', op: 'has_any', value: ['8b', '9A'], ...w })).toEqual([1, 2]);
    expect(admits(sketches, { not: { field: 'camelot', op: 'has', value: '8A', ...w } })).toEqual([1, 2]);
    expect(admits(sketches, { field: 'camelot', op: 'has', value: '8A', whenUnknown: 'include' })).toEqual([0, 3, 4]);
    const [step] = traceRule({ catalog: catalogOf(sketches), row: 2, day }, { field: 'camelot', op: 'has', value: '8A', ...w });
    expect(step).toMatchObject({ holds: false, detail: 'Camelot key is 9A.' });
  });

  test('dates: fixed days include themselves, ages count back from the day of the list', () => {
    const sketches = ['2026-11-21', '2026-11-14', '2026-11-13', '2026-11-22', '1965-01-01'].map((releasedOn) => ({ releasedOn }));
    expect(admits(sketches, { field: 'release_date', op: 'on_or_after', value: '2026-11-14', ...w })).toEqual([0, 1, 3]);
    expect(admits(sketches, { field: 'release_date', op: 'on_or_before', value: '2026-11-14', ...w })).toEqual([1, 2, 4]);
    expect(admits(sketches, { field: 'release_date', op: 'within_days', value: 7, ...w })).toEqual([0, 1]);
    expect(admits(sketches, { field: 'release_date', op: 'older_than_days', value: 7, ...w })).toEqual([2, 4]);
    expect(admits([{ ingestedOn: TODAY }, { ingestedOn: '2026-11-01' }], { field: 'ingested_on', op: 'within_days', value: 3, ...w })).toEqual([0]);
  });

  test('flags, sources, tags and texts', () => {
    const sketches: RowSketch[] = [
      {
        explicit: true,
        hasIsrc: true,
        featuresSource: 'reccobeats',
        genres: ['jazz', 'soul'],
        moods: ['calm'],
        title: 'So What',
        artistNames: ['Miles Davis'],
        albumName: 'Kind of Blue',
        artistIds: ['md'],
      },
      {
        explicit: false,
        hasIsrc: false,
        featuresSource: null,
        genres: ['rock'],
        moods: [],
        title: 'Háček',
        artistNames: ['MILES Kane'],
        albumName: 'Coup',
        artistIds: ['mk'],
      },
      { explicit: null, featuresSource: 'spotify', genres: [], title: '', artistNames: [''], artistIds: ['nn'], albumName: '' },
    ];
    expect(admits(sketches, { field: 'explicit', op: 'is', value: false, ...w })).toEqual([1]);
    expect(admits(sketches, { field: 'has_isrc', op: 'is', value: false, ...w })).toEqual([1]);
    expect(admits(sketches, { field: 'features_source', op: 'is', value: 'reccobeats', ...w })).toEqual([0]);
    expect(admits(sketches, { field: 'genre', op: 'has', value: 'Jazz', ...w })).toEqual([0]);
    expect(admits(sketches, { field: 'genre', op: 'has_any', value: ['rock', 'soul'], ...w })).toEqual([0, 1]);
    expect(admits(sketches, { field: 'genre', op: 'has_all', value: ['jazz', 'soul'], ...w })).toEqual([0]);
    expect(admits(sketches, { field: 'genre', op: 'has_all', value: ['jazz', 'polka'], ...w })).toEqual([]);
    expect(admits(sketches, { field: 'mood', op: 'has', value: 'calm', ...w })).toEqual([0]);
    expect(admits(sketches, { field: 'title', op: 'equals', value: 'so what', ...w })).toEqual([0]);
    expect(admits(sketches, { field: 'artist', op: 'contains', value: 'miles', ...w })).toEqual([0, 1]);
    expect(admits(sketches, { field: 'album', op: 'one_of', value: ['Coup', 'Nowhere'], ...w })).toEqual([1]);
    expect(admits(sketches, { not: { field: 'title', op: 'contains', value: 'zzz', ...w } })).toEqual([0, 1]);
  });

  test('a repeated tag counts once, so "has all" cannot be met by one tag from two sources', () => {
    expect(admits([{ genres: ['jazz', 'jazz'] }], { field: 'genre', op: 'has_all', value: ['jazz', 'soul'], ...w })).toEqual([]);
  });

  test('an unknown value neither matches nor fails: it is excluded by a rule and by its negation, unless the rule includes unknowns', () => {
    const sketches = [{ energy: 0.9 }, { energy: 0.1 }, { energy: null }];
    const high = { field: 'energy', op: 'gte', value: 0.5 } as const;
    expect(admits(sketches, { ...high, whenUnknown: 'exclude' })).toEqual([0]);
    expect(admits(sketches, { not: { ...high, whenUnknown: 'exclude' } })).toEqual([1]);
    expect(admits(sketches, { ...high, whenUnknown: 'include' })).toEqual([0, 2]);
    expect(admits(sketches, { not: { ...high, whenUnknown: 'include' } })).toEqual([1, 2]);
  });

  test('recordings excluded only for an unknown value are counted; those that another rule excludes anyway are not', () => {
    const catalog = catalogOf([
      { energy: null, releasedOn: '1960-01-01' },
      { energy: null, releasedOn: '2020-01-01' },
      { energy: 0.9, releasedOn: '1960-01-01' },
    ]);
    const { pool } = policyOf({
      pool: {
        all: [
          { field: 'energy', op: 'gte', value: 0.5, ...w },
          { field: 'release_year', op: 'lte', value: 1989, ...w },
        ],
      },
    });
    expect(evaluatePool(catalog, pool, day)).toEqual({ rows: Int32Array.of(2), unknownExcluded: 1 });
  });

  test('live counts give each rule separately, with its path in the policy', () => {
    const catalog = catalogOf([{ energy: 0.9, genres: ['jazz'] }, { energy: 0.1 }, { energy: null, genres: ['rock'] }]);
    const { pool } = policyOf({
      pool: { all: [{ field: 'energy', op: 'gte', value: 0.5, ...w }, { not: { field: 'genre', op: 'has', value: 'jazz', ...w } }] },
    });
    expect(countRules(catalog, pool, day)).toEqual([
      { path: 'pool', admits: 0, unknown: 1 },
      { path: 'pool.all.0', admits: 1, unknown: 1 },
      { path: 'pool.all.1', admits: 1, unknown: 1 },
      { path: 'pool.all.1.not', admits: 1, unknown: 1 },
    ]);
  });

  test('a trace gives the result of each rule for one recording', () => {
    const catalog = catalogOf([{ energy: 0.712, genres: ['jazz'] }]);
    const { pool } = policyOf({
      pool: {
        all: [
          { field: 'energy', op: 'gte', value: 0.8, ...w },
          { not: { field: 'genre', op: 'has', value: 'rock', ...w } },
          { field: 'valence', op: 'gte', value: 0.1, ...w },
        ],
      },
    });
    expect(traceRule({ catalog, row: 0, day }, pool)).toEqual([
      { path: 'pool.all.0', rule: 'Energy at least 0.80', holds: false, detail: 'Energy is 0.71.' },
      { path: 'pool.all.1', rule: 'Not: genre is rock', holds: true, detail: 'Genre is jazz.' },
      {
        path: 'pool.all.2',
        rule: 'Valence at least 0.10',
        holds: null,
        detail: 'Valence is unknown; the rule leaves out unknown values.',
      },
    ]);
  });
});

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const tenth = fc.integer({ min: 0, max: 10 }).map((n) => n / 10);
const sketch: fc.Arbitrary<RowSketch> = fc.record({
  energy: maybe(tenth),
  valence: maybe(tenth),
  explicit: maybe(fc.boolean()),
  releasedOn: maybe(fc.constantFrom('1959-08-17', '1990-01-01', '2026-11-20')),
  genres: fc.uniqueArray(fc.constantFrom('jazz', 'rock', 'soul'), { maxLength: 3 }),
  title: fc.constantFrom('', 'Blue', 'Green'),
});
const whenUnknown = fc.constantFrom('exclude' as const, 'include' as const);
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    field: fc.constantFrom('energy' as const, 'valence' as const),
    op: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const),
    value: tenth,
    whenUnknown,
  }),
  fc.record({ field: fc.constant('explicit' as const), op: fc.constant('is' as const), value: fc.boolean(), whenUnknown }),
  fc.record({
    field: fc.constant('release_date' as const),
    op: fc.constant('on_or_before' as const),
    value: fc.constantFrom('1989-12-31', '1990-01-01'),
    whenUnknown,
  }),
  fc.record({
    field: fc.constant('genre' as const),
    op: fc.constantFrom('has_any' as const, 'has_all' as const),
    value: fc.uniqueArray(fc.constantFrom('jazz', 'rock', 'polka'), { minLength: 1, maxLength: 2 }),
    whenUnknown,
  }),
  fc.record({ field: fc.constant('title' as const), op: fc.constant('equals' as const), value: fc.constantFrom('blue', 'red'), whenUnknown }),
);
const { tree } = fc.letrec<{ tree: Rule }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'rule' },
    leaf,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
}));

/** The rule over one row, evaluated by definition: every unknown leaf is true or false as its `whenUnknown` and the "not"s above it require. */
function evaluateReference(rule: Rule, leafHolds: (leaf: Rule) => boolean | null, isNegated = false): boolean {
  if ('not' in rule) return !evaluateReference(rule.not, leafHolds, !isNegated);
  if ('all' in rule) return rule.all.every((part) => evaluateReference(part, leafHolds, isNegated));
  if ('any' in rule) return rule.any.some((part) => evaluateReference(part, leafHolds, isNegated));
  return leafHolds(rule) ?? (rule.whenUnknown === 'include') !== isNegated;
}

test('the columns give for every tree and row the same result as the definition', () => {
  fc.assert(
    fc.property(fc.array(sketch, { maxLength: 9 }), tree, (sketches, rule) => {
      const catalog = catalogOf(sketches);
      const leafHolds = (row: number) => (part: Rule) => traceRule({ catalog, row, day }, part)[0]?.holds ?? null;
      const expected = [...sketches.keys()].filter((row) => evaluateReference(rule, leafHolds(row)));
      expect([...evaluatePool(catalog, rule, day).rows]).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

describe('a catalog', () => {
  test('grows past the expected number of rows, and distinguishes unknown from zero', () => {
    const builder = createCatalogBuilder(1);
    for (let index = 0; index < 100; index++)
      builder.add(rowOf({ energy: index % 2 ? 0 : null, genres: ['jazz', `g${index}`], artistIds: [`a${index % 10}`, 'b'] }, index));
    const catalog = builder.build();
    expect(catalog.size).toBe(100);
    expect([...catalog.numbers.energy.subarray(0, 3)]).toEqual([Number.NaN, 0, Number.NaN]);
    expect(catalog.recordingIds[99]).toBe(100);
    expect(catalog.artistIds).toHaveLength(11);
    expect(catalog.tagNumbers.genre.size).toBe(101);
    expect(catalog.titles).toBeUndefined();
    expect(AUDIO_FEATURES.every((feature) => catalog.numbers[feature].length === 100)).toBe(true);
  });

  test('loads texts only for policies that compare them', () => {
    expect(needsTexts({ all: [{ field: 'energy', op: 'gte', value: 1, ...w }] })).toBe(false);
    expect(needsTexts({ any: [{ not: { field: 'album', op: 'equals', value: 'x', ...w } }] })).toBe(true);
  });
});
