import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';
import { artistMatcher } from '#shared/domain/discovery/matchers/artist.ts';
import { audioMatcher } from '#shared/domain/discovery/matchers/audio.ts';
import { atCloseness, CLOSENESS } from '#shared/domain/discovery/matchers/closeness.ts';
import { coPlaylistMatcher } from '#shared/domain/discovery/matchers/co-playlist.ts';
import { FUSION_WEIGHTS } from '#shared/domain/discovery/matchers/fusion-weights.ts';
import { createHybridMatcher } from '#shared/domain/discovery/matchers/hybrid.ts';
import type { MatchContext, Matcher, MatchRanking } from '#shared/domain/discovery/matchers/matcher.ts';
import { MATCHERS, SOURCE_MATCHERS } from '#shared/domain/discovery/matchers/registry.ts';
import { describeMatch } from '#shared/domain/discovery/matchers/reasons.ts';
import { buildSoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import { tagsMatcher } from '#shared/domain/discovery/matchers/tags.ts';
import { describe, expect, test } from 'vitest';
import { catalogOf } from '#tests/unit/curation/small-catalog.ts';
import type { RowSketch } from '#tests/unit/curation/small-catalog.ts';

const recording = (...rows: number[]): Example[] => rows.map((row) => ({ kind: 'recording', rows: [row] }));

/** Rows 0–4 are by one artist, row 5 credits her with another; genres, sound and lists differ. */
const SKETCHES: RowSketch[] = Array.from({ length: 40 }, (_, row) => ({
  artistIds: row < 5 ? ['one'] : row === 5 ? ['one', 'two'] : row < 9 ? ['two'] : [`a${row}`],
  albumId: row < 2 ? 'first' : `album ${row}`,
  genres: row % 4 === 0 ? ['pop', 'dream pop'] : row % 4 === 1 ? ['pop'] : [],
  energy: row / 40,
  valence: 1 - row / 40,
  tempo: row === 39 ? null : 80 + row,
  popularity: row,
}));
const LISTS = [
  [0, 20, 21],
  [0, 20, 30],
  [1, 20, 31],
  [25, 26, -1],
];

function contextOf(sketches = SKETCHES, lists: readonly (readonly number[])[] = LISTS): MatchContext {
  const catalog = catalogOf(sketches);
  const listed = new Uint32Array(catalog.size);
  for (const list of lists) for (const row of list) if (row >= 0) listed[row] = (listed[row] ?? 0) + 1;
  const steps = buildSoundSpace(catalog);
  for (;;) {
    const step = steps.next();
    if (step.done) return { catalog, lists, listed, sound: step.value };
  }
}

const context = contextOf();
const ask = (matcher: Matcher, seeds: Example[], limit = 20, of = context) => matcher.match(of, { seeds, admits: () => true, limit });
const reasonFor = (ranking: MatchRanking, row: number) => ranking.reasonOf([...ranking.rows].indexOf(row));

describe('matchers', () => {
  test('lists: what shares most lists with the seeds comes first, and the reason counts them', () => {
    const found = ask(coPlaylistMatcher, recording(0));
    expect(found.rows[0]).toBe(20);
    expect([...found.rows].toSorted((a, b) => a - b)).toEqual([20, 21, 30]);
    expect(reasonFor(found, 20)).toEqual({ fact: 'shared_lists', seed: 0, together: 2, listed: 3 });
  });

  test('artist: the album, then the artist, then artists who appear with them', () => {
    const found = ask(artistMatcher, recording(0));
    expect(found.rows[0]).toBe(1);
    expect(reasonFor(found, 1)).toEqual({ fact: 'same_album', seed: 0 });
    expect(reasonFor(found, 4)).toEqual({ fact: 'same_artist', seed: 0, artist: 'Name of one', tracks: 6 });
    expect(reasonFor(found, 8)).toMatchObject({ fact: 'similar_artist', artist: 'Name of two', credits: 1 });
    expect([...found.rows].indexOf(4)).toBeLessThan([...found.rows].indexOf(8));
    expect(found.rows).not.toContain(0);
  });

  test('sound: the nearest first, with their distance', () => {
    const found = ask(audioMatcher, recording(10), 4);
    expect([...found.rows].toSorted((a, b) => a - b)).toEqual([8, 9, 11, 12]);
    const reason = reasonFor(found, 9);
    expect(reason).toMatchObject({ fact: 'sound', seed: 10, tempo: 89, features: 4 });
    expect(reason?.fact === 'sound' && reason.distance > 0 && reason.distance < 0.2).toBe(true);
    expect(ask(audioMatcher, recording(0), 5, contextOf([{}, {}])).rows).toHaveLength(0);
  });

  test('genres: rare ones count more, and the reason names them with how many have them', () => {
    const found = ask(tagsMatcher, recording(0));
    expect(found.rows[0]! % 4).toBe(0);
    expect(reasonFor(found, 4)).toEqual({
      fact: 'genres',
      genres: [
        { genre: 'dream pop', tracks: 10 },
        { genre: 'pop', tracks: 20 },
      ],
    });
    expect(ask(tagsMatcher, recording(2)).rows).toHaveLength(0);
  });

  test('everything: what several sources say comes before what one says, with the strongest reason', () => {
    const found = ask(MATCHERS[0]!, recording(0));
    expect(found.rows.slice(0, 6)).toContain(1);
    expect(found.rows.slice(0, 6)).toContain(20);
    found.rows.forEach((_, place) => expect(found.reasonOf(place)).toBeDefined());
  });

  test.each(MATCHERS.map((matcher) => [matcher.id, matcher] as const))(
    '%s: no order of seeds or lists changes anything, and neither seeds nor what is excluded are offered',
    (_, matcher) => {
      const one = ask(matcher, recording(0, 20));
      const other = ask(
        matcher,
        recording(20, 0),
        20,
        contextOf(
          SKETCHES,
          LISTS.toReversed().map((list) => list.toReversed()),
        ),
      );
      expect([...other.rows]).toEqual([...one.rows]);
      expect(one.rows).not.toContain(0);
      expect(one.rows).not.toContain(20);
      const admitted = matcher.match(context, { seeds: recording(0, 20), admits: (row) => row % 2 === 0, limit: 20 });
      expect([...admitted.rows].filter((row) => row % 2 === 1)).toEqual([]);
    },
  );

  test.each(MATCHERS.map((matcher) => [matcher.id, matcher] as const))(
    '%s: no seeds, unknown seeds and an empty catalog give no candidates',
    (_, matcher) => {
      expect(ask(matcher, []).rows).toHaveLength(0);
      expect(ask(matcher, recording(-1)).rows).toHaveLength(0);
      expect(ask(matcher, [{ kind: 'playlist', rows: [] }]).rows).toHaveLength(0);
      expect(ask(matcher, recording(0), 20, contextOf([{}], [])).rows).toHaveLength(0);
    },
  );
});

test('a new matcher is an object and a place in the list of sources: the hybrid uses it at once', () => {
  const byNumber: Matcher = {
    id: 'number',
    name: 'Numbers',
    goesBy: 'The next row.',
    match: (_, { seeds }) => ({
      rows: Int32Array.of((seeds[0]?.rows[0] ?? 0) + 33),
      scores: Float32Array.of(1),
      reasonOf: () => ({ fact: 'same_album', seed: 0 }),
    }),
  };
  const fused = createHybridMatcher([...SOURCE_MATCHERS, byNumber], { ...FUSION_WEIGHTS, otherwise: 100 });
  expect(ask(fused, recording(0)).rows[0]).toBe(33);
});

test('closeness takes a part of each ranking, from its beginning to its end, never less than is needed', () => {
  const ranking: MatchRanking = {
    rows: Int32Array.from({ length: 100 }, (_, at) => at),
    scores: new Float32Array(100),
    reasonOf: (place) => ({ fact: 'same_album', seed: place }),
  };
  const span = (closeness: (typeof CLOSENESS)[number], atLeast = 1) => {
    const { rows } = atCloseness(ranking, closeness, atLeast);
    return [rows[0], rows.at(-1)];
  };
  expect(CLOSENESS.map((closeness) => span(closeness))).toEqual([
    [0, 9],
    [0, 24],
    [0, 49],
    [15, 74],
    [35, 99],
  ]);
  expect(span('nearest', 30)).toEqual([0, 29]);
  expect(span('adventurous', 90)).toEqual([10, 99]);
  expect(span('distant', 500)).toEqual([0, 99]);
  expect(atCloseness(ranking, 'adventurous', 1).reasonOf(0)).toEqual({ fact: 'same_album', seed: 35 });
  expect(atCloseness(ranking, 'nearest', 1).reasonOf(10)).toBeUndefined();
});

test.each([
  [{ fact: 'same_artist', seed: 0, artist: 'Ida', tracks: 1_200 }, 'Also by Ida, like “Seed” (1,200 tracks in the catalog)'],
  [{ fact: 'same_album', seed: 0 }, 'Same album as “Seed”'],
  [
    { fact: 'similar_artist', seed: 0, artist: 'Nils', lists: 3, credits: 1 },
    'Nils and the artist of “Seed”: credited together 1 time, together on 3 playlists',
  ],
  [{ fact: 'shared_lists', seed: 0, together: 14, listed: 80 }, 'Shares 14 playlists with “Seed” (on 80 in all)'],
  [
    { fact: 'sound', seed: 0, distance: 0.081, features: 12, tempo: 121.3, energy: 0.66 },
    'Tempo 121, energy 0.66: 0.08 away from “Seed” over 12 features',
  ],
  [{ fact: 'sound', seed: 0, distance: 0.5, features: 1, tempo: null, energy: null }, 'Sound: 0.50 away from “Seed” over 1 feature'],
  [{ fact: 'genres', genres: [{ genre: 'dream pop', tracks: 10 }] }, 'Same genres: dream pop (10 tracks)'],
] as const)('a reason is a fact with its numbers: %j', (reason, words) => {
  expect(describeMatch(reason, () => 'Seed')).toBe(words);
});
