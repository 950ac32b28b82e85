import { describe, expect, test } from 'vitest';
import type { EntryReasons } from '#shared/contracts/curation/snapshot.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import { explainEntry, explainNearMiss, whyLine } from '#shared/domain/curation/explanations/explain.ts';
import { daySeed, explainScore, scoreRows } from '#shared/domain/curation/scoring.ts';
import { explainShortfall } from '#shared/domain/curation/shortfall.ts';
import type { ShortfallFacts } from '#shared/domain/curation/shortfall.ts';
import { catalogOf, policyOf } from './small-catalog.ts';

const DAY = '2026-11-21';
const context = { day: dayNumber(DAY), daySeed: daySeed('segue', DAY) };
const scores = (policy: ReturnType<typeof policyOf>, catalog: ReturnType<typeof catalogOf>) =>
  scoreRows(catalog, Int32Array.from(catalog.recordingIds.keys()), { policy, context });

describe('a score', () => {
  test('is 1 at the target of a preference, one half a spread away and for the unknown, and never outside 0 and 1', () => {
    const policy = policyOf({ prefer: [{ field: 'energy', toward: 0.7, spread: 0.2, weight: 3 }], variety: 0 });
    const [exact, away, unknown, far] = scores(policy, catalogOf([{ energy: 0.7 }, { energy: 0.5 }, { energy: null }, { energy: 0 }]));
    expect(exact).toBe(1);
    expect(away).toBeCloseTo(0.5, 5);
    expect(unknown).toBe(0.5);
    expect(far).toBeGreaterThan(0);
    expect(far).toBeLessThan(0.2);
  });

  test('weights preferences against each other; tags count fully, newness halves in a year', () => {
    const policy = policyOf({
      prefer: [
        { field: 'genre', has: 'Jazz', weight: 3 },
        { field: 'release_date', newest: true, weight: 1 },
      ],
      variety: 0,
    });
    const results = scores(
      policy,
      catalogOf([
        { genres: ['jazz'], releasedOn: DAY },
        { genres: ['rock'], releasedOn: DAY },
        { genres: ['jazz'], releasedOn: '2025-11-21' },
        { genres: [], releasedOn: null },
        { genres: ['rock'], releasedOn: '2027-01-01' },
      ]),
    );
    expect([...results]).toEqual([1, 0.25, 0.875, 0.5, 0.25]);
  });

  test('is mixed with chance that depends on the seed, the day and the recording', () => {
    const policy = policyOf({ variety: 1 });
    const catalog = catalogOf(Array.from({ length: 2_000 }, () => ({})));
    const rows = Int32Array.from(catalog.recordingIds.keys());
    const today = scoreRows(catalog, rows, { policy, context });
    expect(scoreRows(catalog, rows, { policy, context })).toEqual(today);
    expect(scoreRows(catalog, rows, { policy, context: { ...context, daySeed: daySeed('segue', '2026-11-22') } })).not.toEqual(today);
    expect(scoreRows(catalog, rows, { policy, context: { ...context, daySeed: daySeed('other', DAY) } })).not.toEqual(today);
    const mean = today.reduce((sum, score) => sum + score, 0) / today.length;
    expect(mean).toBeGreaterThan(0.47);
    expect(mean).toBeLessThan(0.53);
    expect(new Set(today).size).toBeGreaterThan(1_990);
    expect(Math.min(...today)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...today)).toBeLessThan(1);
  });

  test('equals the sum of its explanation', () => {
    const policy = policyOf({
      prefer: [
        { field: 'energy', toward: 0.7, spread: 0.2, weight: 3 },
        { field: 'genre', has: 'jazz', weight: 2 },
        { field: 'release_date', newest: true, weight: 1 },
      ],
      variety: 0.3,
    });
    const catalog = catalogOf([{ energy: 0.61, genres: ['jazz'], releasedOn: '2020-05-01' }, {}]);
    const all = scores(policy, catalog);
    for (const row of [0, 1]) {
      const parts = explainScore(catalog, row, { policy, context });
      expect(parts.score).toBeCloseTo(all[row] ?? 0, 12);
      expect(parts.chance + parts.preferences.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(parts.score, 12);
      expect(parts.preferences.map((part) => part.unknown)).toEqual([row === 1, row === 1, row === 1]);
    }
  });
});

describe('the reasons of an entry', () => {
  const policy = policyOf({
    pool: {
      all: [
        { field: 'release_year', op: 'lte', value: 1989 },
        {
          any: [
            { field: 'genre', op: 'has', value: 'soul' },
            { field: 'genre', op: 'has', value: 'jazz' },
          ],
        },
        { field: 'valence', op: 'gte', value: 0.2, whenUnknown: 'include' },
      ],
    },
    prefer: [
      { field: 'energy', toward: 0.7, spread: 0.2, weight: 1 },
      { field: 'tempo', toward: 120, spread: 10, weight: 1 },
    ],
  });
  const catalog = catalogOf([{ releasedOn: '1965-01-01', genres: ['jazz'], energy: 0.712 }]);
  const reasons = explainEntry({ catalog, policy, context, row: 0, rank: 41, lastUsed: dayNumber('2026-10-08') });

  test('name the rules it meets, the score of each preference, chance, rank and last use', () => {
    expect(reasons).toMatchObject({
      admittedBy: ['Released before 1990', 'Genre is jazz', 'Valence at least 0.20 (unknown, included)'],
      rank: 42,
      lastUsedOn: '2026-10-08',
      restDays: 30,
    });
    expect(reasons.preferences.map(({ what, unknown }) => [what, unknown])).toEqual([
      ['Energy 0.71 (target 0.70)', false],
      ['Tempo unknown', true],
    ]);
    expect(reasons.chance + reasons.preferences.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1, 3);
    expect(explainEntry({ catalog, policy, context, row: 0, rank: 0, lastUsed: UNKNOWN_DAY }).lastUsedOn).toBeNull();
  });

  test('make one line: the strongest fact, then when it was last played', () => {
    expect(whyLine(reasons, { day: DAY })).toMatch(/^Energy 0\.71 \(target 0\.70\); last played here 44 days ago\.$/);
    expect(whyLine({ ...reasons, lastUsedOn: null }, { day: DAY })).toMatch(/; first time here\.$/);
    expect(whyLine({ ...reasons, lastUsedOn: '2026-11-20', restDays: 0 }, { day: DAY, where: 'in the network' })).toMatch(
      /in the network yesterday\.$/,
    );
  });

  test('mention the stay if there is one, and the pin', () => {
    expect(whyLine({ ...reasons, staysSince: '2026-11-18' }, { day: DAY })).toBe('Energy 0.71 (target 0.70); in the list since 2026-11-18.');
    expect(whyLine({ ...reasons, pinnedBy: 'list', staysSince: '2026-11-18' }, { day: DAY })).toBe(
      'Pinned to this playlist; in the list since 2026-11-18.',
    );
    expect(whyLine({ ...reasons, pinnedBy: 'policy' }, { day: DAY })).toBe('Pinned by the policy; from today on.');
    const withoutPreferences = { ...reasons, preferences: [], rank: 900, block: 'Soul' };
    expect(whyLine(withoutPreferences, { day: DAY })).toMatch(/^In the mix block “Soul”, .*44 days ago\.$/);
  });

  test('without a strong preference mention rank, rules or the draw, and never what the track lacks', () => {
    const withoutPreferences: EntryReasons = {
      admittedBy: ['Every recording in the catalog'],
      preferences: [{ what: 'Not genre jazz', share: 0.9, unknown: false }],
      chance: 0.1,
      rank: 900,
      lastUsedOn: null,
      restDays: 30,
    };
    const lines = Array.from({ length: 40 }, (_, recordingId) => whyLine(withoutPreferences, { day: DAY, recordingId }));
    expect(new Set(lines)).toEqual(new Set(['Picked for variety; first time here.']));
    for (const line of lines) expect(line).toMatch(/^[A-Z][^.]*; [^.]*\.$/);
    expect(lines.join()).not.toContain('Not genre');
    expect(whyLine({ ...withoutPreferences, rank: 1 }, { day: DAY })).toMatch(/^Ranked 1st of all candidates; /);
    expect(whyLine({ ...withoutPreferences, admittedBy: ['Released before 1990'] }, { day: DAY })).toMatch(
      /^Released before 1990, picked for variety; /,
    );
  });

  test('a near miss is told which cap was in the way and whose', () => {
    expect(explainNearMiss(catalog, 0, { why: 'artist_cap', policy })).toBe('Artist 0 already has 2 tracks in this list, the maximum per artist.');
    expect(explainNearMiss(catalog, 0, { why: 'album_cap', policy })).toContain('already has 1 track from its album');
    expect(explainNearMiss(catalog, 0, { why: 'outranked', policy })).toBe('The 50 chosen recordings scored higher that day.');
  });
});

describe('a list that could not be filled says why', () => {
  const policy = policyOf({
    pool: {
      all: [
        { field: 'release_year', op: 'lte', value: 1964 },
        { field: 'energy', op: 'gte', value: 0.8 },
      ],
    },
  });
  const facts: ShortfallFacts = {
    policy,
    catalog: 5_000,
    pool: 400,
    resting: 0,
    usedToday: 0,
    size: 50,
    candidates: 400,
    chosen: 20,
    cappedByArtist: 0,
    cappedByAlbum: 0,
    unknownExcluded: 0,
    without: [],
  };

  test('too small a pool: the rules that conflict, the one to drop first, and what is merely unknown', () => {
    const without = [
      { rule: 'Released before 1965', pool: 1_210 },
      { rule: 'Energy at least 0.8', pool: 90 },
    ];
    expect(explainShortfall({ ...facts, pool: 31, candidates: 31, chosen: 31, unknownExcluded: 12, without })).toEqual([
      'Only 31 recordings match “released before 1965” and “energy at least 0.8” together; 50 are needed.',
      'Without “released before 1965” there would be 1,210.',
      '12 more are left out only because a value is unknown.',
    ]);
    expect(explainShortfall({ ...facts, pool: 0, candidates: 0, chosen: 0 })[0]).toBe(
      'Only 0 recordings match the rules of the pool; 50 are needed.',
    );
  });

  test('too many in their repeat window: how many, and what the pool can fill', () => {
    expect(explainShortfall({ ...facts, resting: 339, usedToday: 30, candidates: 31, chosen: 31 })).toEqual([
      'Of the 400 recordings that the rules admit, 339 are within their repeat window and 30 are in another playlist today; 31 are free and 50 are needed.',
      'With a repeat window of 30 days this pool provides about 13 tracks per day for all playlists together. Widen the rules, shorten the repeat window or import more albums.',
    ]);
  });

  test('caps: how many fit together and which cap to raise', () => {
    expect(explainShortfall({ ...facts, cappedByArtist: 380 })).toEqual([
      '400 recordings are free, but with at most 2 per artist and 1 per album only 20 fit together; 50 are needed.',
      'The cap per artist excluded 380. Raise it, or import music by other artists.',
    ]);
  });

  test('an empty catalog, and a list that is full', () => {
    expect(explainShortfall({ ...facts, catalog: 0, pool: 0, candidates: 0, chosen: 0 })).toEqual(['The catalog is empty. Import albums first.']);
    expect(explainShortfall({ ...facts, chosen: 50 })).toEqual([]);
  });
});
