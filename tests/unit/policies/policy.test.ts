import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POLICY_DEPTH_MAX } from '#shared/contracts/policies/policy.ts';
import type { Rule } from '#shared/contracts/policies/policy.ts';
import { describePolicy, describeRule } from '#shared/domain/policies/describe-policy.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { AppError } from '#shared/errors.ts';
import { policyOf } from '#tests/unit/curation/small-catalog.ts';

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
  test('gets its defaults: a thirty-day repeat window in the network, fifty tracks, two by an artist, one from an album', () => {
    expect(parsePolicy(withPool({ all: [] }))).toEqual({
      version: 1,
      pool: { all: [] },
      prefer: [],
      caps: { perArtist: 2, perAlbum: 1 },
      rest: { days: 30, scope: 'network' },
      size: 50,
      separation: { artist: 3 },
      mix: [],
      flow: { energy: 'free', harmonic: 0, tempo: 0 },
      turnover: 1,
      pins: [],
      bans: { recordings: [], artists: [], albums: [] },
      exclusivity: { yieldsTo: [] },
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

  test('with a million levels of nesting is refused, not survived by luck', () => {
    const deep = JSON.parse(`{"version":1,"pool":${'{"not":'.repeat(1_000_000)}{}${'}'.repeat(1_000_000)}}`) as unknown;
    expect(refusal(deep).field).toBe('pool');
    const lists = JSON.parse(`{"version":1,"pool":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`) as unknown;
    expect(refusal(lists).field).toBe('pool');
  });

  test('that is too deep anywhere is refused, naming the part of the policy; long lists of bans are not too large', () => {
    const deep = JSON.parse(
      `{"version":1,"pool":{"all":[]},"mix":[{"name":"A","share":100,"rule":${'{"not":'.repeat(1_000_000)}{}${'}'.repeat(1_000_000)}}]}`,
    ) as unknown;
    expect(refusal(deep)).toMatchObject({ field: 'mix', message: expect.stringContaining('20 levels') });
    const bans = {
      recordings: Array.from({ length: 2_000 }, (_, index) => ({ recordingId: index + 1 })),
      artists: Array.from({ length: 2_000 }, (_, index) => `${index}`.padStart(22, 'a')),
    };
    expect(parsePolicy({ ...withPool({ all: [] }), bans }).bans.artists).toHaveLength(2_000);
    expect(refusal({ ...withPool({ all: [] }), bans: { recordings: Array.from({ length: 9_000 }, () => ({ recordingId: 1 })) } }).field).toBe('bans');
  });

  test('has at most five thousand parts, also when one of them contains itself', () => {
    expect(refusal(withPool({ any: Array.from({ length: 2_000 }, () => leaf) })).message).toContain('5,000');
    const recursive: { all: unknown[] } = { all: [] };
    recursive.all.push(recursive);
    expect(refusal(withPool(recursive)).code).toBe('invalid_input');
  });

  test.each([
    [null, 'policy'],
    ['text', 'policy'],
    [{}, 'version'],
    [{ version: 3, pool: { all: [] } }, 'version'],
    [{ version: 1 }, 'pool'],
    [{ ...withPool({ all: [] }), color: 'red' }, 'color'],
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
    [{ ...withPool({ all: [] }), mix: [{ name: 'A', share: 100, rule: { field: 'enrgy', op: 'gte', value: 1 } }] }, 'mix.0.rule.field'],
    [{ ...withPool({ all: [] }), mix: [{ name: 'A', share: 0, rule: leaf }] }, 'mix.0.share'],
    [{ ...withPool({ all: [] }), mix: [{ name: ' ', share: 100, rule: leaf }] }, 'mix.0.name'],
    [{ ...withPool({ all: [] }), flow: { energy: 'zigzag' } }, 'flow.energy'],
    [{ ...withPool({ all: [] }), flow: { harmonic: 1.5 } }, 'flow.harmonic'],
    [{ ...withPool({ all: [] }), turnover: 1.01 }, 'turnover'],
    [{ ...withPool({ all: [] }), turnover: Number.NaN }, 'turnover'],
    [{ ...withPool({ all: [] }), turnover: -0.1 }, 'turnover'],
    [{ ...withPool({ all: [] }), duration: { minutes: 1 } }, 'duration.minutes'],
    [{ ...withPool({ all: [] }), duration: { minutes: Infinity } }, 'duration.minutes'],
    [{ ...withPool({ all: [] }), pins: [{ recording: { isrc: 'nope' } }] }, 'pins.0.recording.isrc'],
    [{ ...withPool({ all: [] }), pins: [{ recording: 'Blue in Green' }] }, 'pins.0.recording'],
    [{ ...withPool({ all: [] }), pins: [{ recording: { recordingId: 1 }, position: 0 }] }, 'pins.0.position'],
    [{ ...withPool({ all: [] }), bans: { artists: ['someone'] } }, 'bans.artists.0'],
    [{ ...withPool({ all: [] }), bans: { recordings: [{ recordingId: -1 }] } }, 'bans.recordings.0.recordingId'],
    [{ ...withPool({ all: [] }), exclusivity: { group: 'Not A Name' } }, 'exclusivity.group'],
    // Well-formed, but two parts of it conflict.
    [
      {
        ...withPool({ all: [] }),
        mix: [
          { name: 'A', share: 60, rule: leaf },
          { name: 'B', share: 39, rule: leaf },
        ],
      },
      'mix',
    ],
    [
      {
        ...withPool({ all: [] }),
        mix: [
          { name: 'A', share: 60, rule: leaf },
          { name: 'B', share: 60, rule: leaf },
        ],
      },
      'mix',
    ],
    [
      {
        ...withPool({ all: [] }),
        mix: [
          { name: 'A', share: 60, rule: leaf },
          { name: 'a', share: 40, rule: leaf },
        ],
      },
      'mix.1.name',
    ],
    [{ ...withPool({ all: [] }), mix: [{ name: 'A', share: 100, rule: { ...leaf, op: 'between', value: [0.8, 0.2] } }] }, 'mix.0.rule.value'],
    [{ ...withPool({ all: [] }), mix: [{ name: 'A', share: 100, rule: { all: [leaf, { ...leaf, op: 'lte', value: 0.4 }] } }] }, 'mix.0.rule.all.1'],
    [{ ...withPool({ all: [] }), size: 1, pins: [{ recording: { recordingId: 1 } }, { recording: { recordingId: 2 } }] }, 'pins'],
    [{ ...withPool({ all: [] }), pins: [{ recording: { recordingId: 1 } }, { recording: { recordingId: 1 } }] }, 'pins.1.recording'],
    [
      {
        ...withPool({ all: [] }),
        pins: [
          { recording: { recordingId: 1 }, position: 3 },
          { recording: { recordingId: 2 }, position: 3 },
        ],
      },
      'pins.1.position',
    ],
    [{ ...withPool({ all: [] }), size: 10, pins: [{ recording: { recordingId: 1 }, position: 11 }] }, 'pins.0.position'],
    [{ ...withPool({ all: [] }), pins: [{ recording: { recordingId: 7 } }], bans: { recordings: [{ recordingId: 7 }] } }, 'pins.0.recording'],
    [{ ...withPool({ all: [] }), duration: { minutes: 10, tolerance: 10 } }, 'duration.tolerance'],
    [{ ...withPool({ all: [] }), exclusivity: { group: 'a', yieldsTo: ['b', 'a'] } }, 'exclusivity.yieldsTo.1'],
    [{ ...withPool({ all: [] }), exclusivity: { yieldsTo: ['b', 'b'] } }, 'exclusivity.yieldsTo.1'],
    // Well-formed, but no recording could ever match it.
    [withPool({ ...leaf, op: 'between' }), 'pool.value'],
    [withPool({ ...leaf, op: 'between', value: [0.8, 0.2] }), 'pool.value'],
    [withPool({ ...leaf, value: [0.2, 0.8] }), 'pool.value'],
    [withPool({ field: 'release_date', op: 'within_days', value: '2026-01-01' }), 'pool.value'],
    [withPool({ field: 'release_date', op: 'on_or_before', value: 30 }), 'pool.value'],
    [withPool({ field: 'genre', op: 'has', value: ['jazz'] }), 'pool.value'],
    [withPool({ field: 'genre', op: 'has_all', value: 'jazz' }), 'pool.value'],
    [withPool({ field: 'title', op: 'one_of', value: 'Blue' }), 'pool.value'],
    [withPool({ field: 'camelot', op: 'has', value: '13A' }), 'pool.value'],
    [withPool({ field: 'title', op: 'contains', value: ' \u00a0 ' }), 'pool.value'],
    [withPool({ field: 'genre', op: 'has_any', value: ['jazz', '  '] }), 'pool.value'],
    [{ ...withPool({ all: [] }), prefer: [{ field: 'mood', has: ' ', weight: 1 }] }, 'prefer.0.has'],
    [{ ...withPool({ all: [] }), prefer: [{ field: 'camelot', has: 'H9', weight: 1 }] }, 'prefer.0.has'],
    [withPool({ field: 'camelot', op: 'has_all', value: ['8A', '8B'] }), 'pool.value'],
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

  test('of any content becomes a policy or a refusal with a field', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true, withDate: true }), (value) => {
        for (const document of [
          value,
          withPool(value),
          { ...withPool({ all: [] }), prefer: value },
          { ...withPool({ all: [] }), mix: value, pins: [value], bans: value },
          { ...withPool({ all: [] }), mix: [{ name: 'A', share: 100, rule: value }], flow: value },
          { ...withPool({ all: [] }), turnover: value, duration: value, exclusivity: value },
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
    [{ field: 'energy', op: 'gte', value: 0.6, ...w }, 'Energy at least 0.60'],
    [{ field: 'tempo', op: 'between', value: [118, 126], ...w }, 'Tempo between 118 BPM and 126 BPM'],
    [{ field: 'duration_ms', op: 'lte', value: 240_000, ...w }, 'Length at most 4:00'],
    [{ field: 'mode', op: 'eq', value: 0, ...w }, 'In a minor key'],
    [{ field: 'genre', op: 'has_any', value: ['jazz', 'soul'], ...w }, 'Genre is jazz or soul'],
    [{ field: 'genre', op: 'has_all', value: ['jazz', 'soul', 'live'], ...w }, 'Genre is jazz, soul and live'],
    [{ field: 'camelot', op: 'has_any', value: ['8A', '9A'], ...w }, 'Camelot key is 8A or 9A'],
    [{ field: 'title', op: 'contains', value: 'blue', ...w }, 'Title contains “blue”'],
    [{ field: 'explicit', op: 'is', value: false, ...w }, 'Not marked explicit'],
    [{ field: 'release_date', op: 'within_days', value: 1, ...w }, 'Released within the last 1 day'],
    [{ field: 'ingested_on', op: 'on_or_after', value: '2026-11-01', ...w }, 'Imported on or after 2026-11-01'],
    [{ field: 'features_source', op: 'is', value: 'reccobeats', ...w }, 'Audio features from ReccoBeats'],
    [{ all: [] }, 'Every recording in the catalog'],
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
      'Genre is jazz or (energy at most 0.30 and genre is folk)',
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
      'Energy at least 0.60',
      'Target: tempo around 122 BPM',
      'Target: genre house',
      'Target: newer releases',
      'At most 2 tracks per artist and 1 per album',
      'No repeats in all playlists of the network within 30 days',
      'Artist separation: at least 3 tracks',
      'All tracks change every day',
      '50 tracks per day',
    ]);
  });

  test('pins, bans, mix, flow, groups, turnover and length have plain words too', () => {
    const policy = policyOf({
      size: 60,
      duration: { minutes: 90 },
      turnover: 0.2,
      mix: [
        { name: 'Soul', rule: { field: 'genre', op: 'has', value: 'soul' }, share: 70 },
        { name: 'The rest', rule: { all: [] }, share: 30 },
      ],
      flow: { energy: 'peak', harmonic: 0.8, tempo: 0.4 },
      pins: [{ recording: { recordingId: 1 }, position: 1 }, { recording: { recordingId: 2 } }],
      bans: { recordings: [{ recordingId: 3 }], artists: ['a'.repeat(22), 'b'.repeat(22)], albums: ['c'.repeat(22)] },
      exclusivity: { group: 'evening', yieldsTo: ['morning', 'noon'] },
    });
    expect(describePolicy(policy)).toEqual([
      'Every recording in the catalog',
      '70% of the list without pins is “Soul”: genre is soul',
      '30% of the list without pins is “The rest”: every recording in the catalog',
      'Always included: 2 pinned recordings, 1 of them at a fixed position',
      'Banned: 1 recording, everything by 2 artists, everything from 1 album',
      'At most 2 tracks per artist and 1 per album',
      'No repeats in all playlists of the network within 30 days',
      'Artist separation: at least 3 tracks',
      'Energy rises to the middle of the list and falls again',
      'Harmonic mixing: strong',
      'Tempo matching: medium',
      'No recording on the same day as another playlist of the group “evening”',
      'Lower priority than, and no recording on the same day as, the playlists of “morning” and “noon”',
      '20% of the list changes every day (12 of 60 tracks)',
      '90 ± 3 minutes per day, at most 60 tracks',
    ]);
  });
});
