import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POLICY_DEPTH_MAX } from '#shared/contracts/policy.ts';
import type { Rule } from '#shared/contracts/policy.ts';
import { describePolicy, describeRule } from '#shared/domain/describe-policy.ts';
import { parsePolicy } from '#shared/domain/policy-document.ts';
import { AppError } from '#shared/errors.ts';
import { policyOf } from './small-catalogue.ts';

const withPool = (pool: unknown) => ({ version: 1, pool });
const leaf = { field: 'energy', op: 'gte', value: 0.5 };

function nested(levels: number): unknown {
  let rule: unknown = leaf;
  for (let level = 1; level < levels; level++) rule = level % 2 ? { not: rule } : { all: [rule] };
  return rule;
}

function refusal(value: unknown): AppError {
  try {
    parsePolicy(value);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  return expect.unreachable('the policy was accepted');
}

describe('a policy document', () => {
  test('gets its defaults: thirty days of rest in the network, fifty tracks, two by an artist, one from an album', () => {
    expect(parsePolicy(withPool({ all: [] }))).toEqual({
      version: 1,
      pool: { all: [] },
      prefer: [],
      caps: { perArtist: 2, perAlbum: 1 },
      rest: { days: 30, scope: 'network' },
      size: 50,
      separation: { artist: 3 },
      variety: 0.25,
      seed: 'segue',
    });
    expect(parsePolicy(withPool(leaf)).pool).toEqual({ ...leaf, whenUnknown: 'exclude' });
  });

  test('may be as deep as the limit and no deeper', () => {
    expect(() => parsePolicy(withPool(nested(POLICY_DEPTH_MAX)))).not.toThrow();
    expect(refusal(withPool(nested(POLICY_DEPTH_MAX + 1)))).toMatchObject({
      code: 'invalid_input',
      field: 'pool',
      message: expect.stringContaining('20 levels'),
    });
  });

  test('a million levels of nesting are refused, not survived by luck', () => {
    const deep = JSON.parse(`{"version":1,"pool":${'{"not":'.repeat(1_000_000)}{}${'}'.repeat(1_000_000)}}`) as unknown;
    expect(refusal(deep).field).toBe('pool');
    const lists = JSON.parse(`{"version":1,"pool":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`) as unknown;
    expect(refusal(lists).field).toBe('pool');
  });

  test('five thousand parts are the most, also when one of them contains itself', () => {
    expect(refusal(withPool({ any: Array.from({ length: 2_000 }, () => leaf) })).message).toContain('5,000');
    const itself: { all: unknown[] } = { all: [] };
    itself.all.push(itself);
    expect(refusal(withPool(itself)).code).toBe('invalid_input');
  });

  test.each([
    [null, 'policy'],
    ['text', 'policy'],
    [{}, 'version'],
    [{ version: 2, pool: { all: [] } }, 'version'],
    [{ version: 1 }, 'pool'],
    [{ ...withPool({ all: [] }), colour: 'red' }, 'colour'],
    [{ ...withPool({ all: [] }), size: 0 }, 'size'],
    [{ ...withPool({ all: [] }), size: '50' }, 'size'],
    [{ ...withPool({ all: [] }), caps: { perArtist: 0, perAlbum: 1 } }, 'caps.perArtist'],
    [{ ...withPool({ all: [] }), rest: { days: 731, scope: 'network' } }, 'rest.days'],
    [{ ...withPool({ all: [] }), rest: { days: 30, scope: 'galaxy' } }, 'rest.scope'],
    [{ ...withPool({ all: [] }), variety: Number.NaN }, 'variety'],
    [{ ...withPool({ all: [] }), prefer: [{ field: 'energy', toward: 0.7 }] }, 'prefer.0'],
    [{ ...withPool({ all: [] }), prefer: [{ field: 'energy', toward: Infinity, spread: 1, weight: 1 }] }, 'prefer.0'],
    [withPool([]), 'pool'],
    [withPool({}), 'pool'],
    [withPool({ all: [], any: [leaf] }), 'pool'],
    [withPool({ any: [] }), 'pool.any'],
    [withPool({ all: leaf }), 'pool.all'],
    [withPool({ all: [leaf, { field: 'enrgy', op: 'gte', value: 1 }] }), 'pool.all.1.field'],
    [withPool({ all: [{ any: [{ not: { ...leaf, op: 'has' } }] }] }), 'pool.all.0.any.0.not.op'],
    [withPool({ all: [{ ...leaf, value: 'high' }] }), 'pool.all.0.value'],
    [withPool({ ...leaf, value: Number.NaN }), 'pool.value'],
    [withPool({ ...leaf, value: Infinity }), 'pool.value'],
    [withPool({ ...leaf, value: undefined }), 'pool.value'],
    [withPool({ ...leaf, whenUnknown: 'guess' }), 'pool.whenUnknown'],
    [withPool({ ...leaf, weight: 2 }), 'pool.weight'],
    [withPool({ field: 'release_date', op: 'on_or_after', value: '2026-02-30' }), 'pool.value'],
    [withPool({ field: 'genre', op: 'has_any', value: [] }), 'pool.value'],
    [withPool({ field: 'explicit', op: 'is', value: 'no' }), 'pool.value'],
    [withPool({ field: 'features_source', op: 'is', value: 'guess' }), 'pool.value'],
    // Well-formed, but no recording could ever meet it.
    [withPool({ ...leaf, op: 'between' }), 'pool.value'],
    [withPool({ ...leaf, op: 'between', value: [0.8, 0.2] }), 'pool.value'],
    [withPool({ ...leaf, value: [0.2, 0.8] }), 'pool.value'],
    [withPool({ field: 'release_date', op: 'within_days', value: '2026-01-01' }), 'pool.value'],
    [withPool({ field: 'release_date', op: 'on_or_before', value: 30 }), 'pool.value'],
    [withPool({ field: 'genre', op: 'has', value: ['jazz'] }), 'pool.value'],
    [withPool({ field: 'genre', op: 'has_all', value: 'jazz' }), 'pool.value'],
    [withPool({ field: 'title', op: 'one_of', value: 'Blue' }), 'pool.value'],
    [withPool({ all: [{ not: { ...leaf, op: 'between' } }] }), 'pool.all.0.not.value'],
    [withPool({ all: [leaf, { all: [{ ...leaf, op: 'lte', value: 0.4 }] }] }), 'pool.all.1.all.0'],
    [
      withPool({
        all: [
          { field: 'explicit', op: 'is', value: true },
          { field: 'explicit', op: 'is', value: false },
        ],
      }),
      'pool.all.1',
    ],
    [
      withPool({
        all: [
          { field: 'release_date', op: 'on_or_after', value: '2000-01-01' },
          { field: 'release_date', op: 'on_or_before', value: '1999-12-31' },
        ],
      }),
      'pool.all.1',
    ],
    [
      withPool({
        all: [
          { field: 'release_date', op: 'within_days', value: 7 },
          { field: 'release_date', op: 'older_than_days', value: 7 },
        ],
      }),
      'pool.all.1',
    ],
  ])('%j is refused, naming %s', (document, field) => {
    const error = refusal(document);
    expect(error).toMatchObject({ code: 'invalid_input', field });
    expect(error.message).toMatch(/^\S.*\.$/);
    expect(error.remedy).toMatch(/^[A-Z].*\.$/);
  });

  test.each([
    [{ all: [leaf, { ...leaf, op: 'lte', value: 0.5 }] }],
    [{ any: [leaf, { ...leaf, op: 'lte', value: 0.1 }] }],
    [{ all: [leaf, { ...leaf, op: 'lte', value: 0.4, whenUnknown: 'include' }] }],
    [{ all: [leaf, { not: { ...leaf, op: 'lte', value: 0.4 } }] }],
    [
      {
        all: [
          { field: 'genre', op: 'has', value: 'jazz' },
          { field: 'genre', op: 'has', value: 'soul' },
        ],
      },
    ],
    [
      {
        all: [
          { field: 'release_date', op: 'within_days', value: 7 },
          { field: 'release_date', op: 'on_or_after', value: '2020-01-01' },
        ],
      },
    ],
  ])('%j is no contradiction', (pool) => {
    expect(() => parsePolicy(withPool(pool))).not.toThrow();
  });

  test('whatever comes in, a policy or a refusal with a field comes out', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true, withDate: true }), (value) => {
        for (const document of [
          value,
          withPool(value),
          { ...withPool({ all: [] }), prefer: value },
          withPool({ all: [value] }),
          withPool({ ...leaf, value }),
        ]) {
          try {
            expect(parsePolicy(document).version).toBe(1);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            expect(error).toMatchObject({ code: 'invalid_input', field: expect.stringMatching(/./) });
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a rule in plain words', () => {
  const w = { whenUnknown: 'exclude' } as const;
  const cases: readonly (readonly [Rule, string])[] = [
    [{ field: 'release_year', op: 'lte', value: 1989, ...w }, 'Released before 1990'],
    [{ field: 'release_year', op: 'between', value: [1960, 1969], ...w }, 'Released from 1960 to 1969'],
    [{ field: 'energy', op: 'gte', value: 0.6, ...w }, 'Energy at least 0.6'],
    [{ field: 'tempo', op: 'between', value: [118, 126], ...w }, 'Tempo between 118 beats a minute and 126 beats a minute'],
    [{ field: 'duration_ms', op: 'lte', value: 240_000, ...w }, 'Length at most 4:00'],
    [{ field: 'mode', op: 'eq', value: 0, ...w }, 'In a minor key'],
    [{ field: 'genre', op: 'has_any', value: ['jazz', 'soul'], ...w }, 'Genre is jazz or soul'],
    [{ field: 'genre', op: 'has_all', value: ['jazz', 'soul', 'live'], ...w }, 'Genre is jazz, soul and live'],
    [{ field: 'title', op: 'contains', value: 'blue', ...w }, 'Title contains “blue”'],
    [{ field: 'explicit', op: 'is', value: false, ...w }, 'Not marked explicit'],
    [{ field: 'release_date', op: 'within_days', value: 1, ...w }, 'Released within the last 1 day'],
    [{ field: 'ingested_on', op: 'on_or_after', value: '2026-11-01', ...w }, 'Taken in on or after 2026-11-01'],
    [{ field: 'features_source', op: 'is', value: 'reccobeats', ...w }, 'Audio features come from ReccoBeats'],
    [{ all: [] }, 'Every recording in the catalogue'],
    [{ not: { field: 'genre', op: 'has', value: 'metal', ...w } }, 'Not: genre is metal'],
    [
      {
        any: [
          { field: 'genre', op: 'has', value: 'jazz', ...w },
          {
            all: [
              { field: 'energy', op: 'lte', value: 0.3, ...w },
              { field: 'genre', op: 'has', value: 'folk', ...w },
            ],
          },
        ],
      },
      'Genre is jazz or (energy at most 0.3 and genre is folk)',
    ],
  ];
  test.each(cases.map(([rule, words]) => [words, rule] as const))('%s', (words, rule) => {
    expect(describeRule(rule)).toBe(words);
  });

  test('a whole policy is a list of sentences', () => {
    const policy = policyOf({
      pool: { all: [{ field: 'energy', op: 'gte', value: 0.6 }] },
      prefer: [
        { field: 'tempo', toward: 122, spread: 8, weight: 1 },
        { field: 'genre', has: 'house', weight: 1 },
        { field: 'release_date', newest: true, weight: 1 },
      ],
    });
    expect(describePolicy(policy)).toEqual([
      'Energy at least 0.6',
      'Leans toward: tempo around 122 beats a minute',
      'Leans toward: genre house',
      'Leans toward: newer releases',
      'At most 2 tracks by an artist and 1 from an album',
      'No recording returns in any playlist of the network within 30 days',
      'Tracks by one artist stand at least 3 places apart',
      '50 tracks a day',
    ]);
  });
});
