import { expect, test } from 'vitest';
import { musicFacts } from '#shared/contracts/studio/music-facts.ts';
import { analyzeTracks } from '#shared/domain/covers/analysis/analyze-tracks.ts';
import type { AnalyzedTrack } from '#shared/domain/covers/analysis/analyzed-track.ts';
import { chanceOf } from '#shared/domain/hash.ts';

const UNKNOWN: AnalyzedTrack = {
  durationMs: null,
  valence: null,
  energy: null,
  danceability: null,
  acousticness: null,
  instrumentalness: null,
  liveness: null,
  speechiness: null,
  tempo: null,
  genres: [],
  releaseYear: null,
};
const track = (known: Partial<AnalyzedTrack>): AnalyzedTrack => ({ ...UNKNOWN, ...known });
const many = (count: number, make: (index: number) => Partial<AnalyzedTrack>) => Array.from({ length: count }, (_, i) => track(make(i)));

/** A number of a bell curve around a middle: the sum of twelve chances has the spread 1. */
function bell(seed: number, index: number, [middle, spread]: readonly [number, number]): number {
  const sum = Array.from({ length: 12 }, (_, i) => chanceOf(seed, index * 16 + i)).reduce((a, b) => a + b, -6);
  return Math.min(1, Math.max(0, middle + sum * spread));
}

test('music of which nothing is known has no figure at all, and says so', () => {
  const analysis = analyzeTracks(many(50, () => ({})));
  expect(analysis).toMatchObject({
    tracks: 50,
    genres: [],
    moods: [],
    era: null,
    tempo: null,
    textures: [],
    coverage: { sound: 0, genres: 0, years: 0 },
  });
  expect(analysis.facts).toEqual({
    valence: null,
    energy: null,
    danceability: null,
    acousticness: null,
    instrumentalness: null,
    tempo: null,
    decade: null,
    genres: [],
    tracks: [],
  });
  expect(analysis.sentences).toEqual([
    'Genres are unknown for all 50 tracks.',
    'Mood is unknown for all 50 tracks.',
    'Release years are unknown for all 50 tracks.',
  ]);
});

test('no tracks are said to be none', () => {
  expect(analyzeTracks([]).sentences).toEqual(['There are no tracks.']);
});

test('a figure is the median of the tracks it is known for, with their number', () => {
  const analysis = analyzeTracks(many(50, (i) => (i < 31 ? { valence: i / 30, energy: 0.9, tempo: 90 + i } : {})));
  expect(analysis.moods).toEqual([
    {
      region: 'excited',
      share: 1,
      valence: { median: 0.5, low: 0.25, high: 0.75, known: 31 },
      energy: { median: 0.9, low: 0.9, high: 0.9, known: 31 },
    },
  ]);
  expect(analysis.tempo).toEqual({ median: 105, low: 97.5, high: 112.5, known: 31, word: 'medium' });
  expect(analysis.sentences).toContain(
    'Mood: excited, with valence 0.50 (half of the tracks from 0.25 to 0.75) and energy 0.90 (half of the tracks from 0.90 to 0.90); known for 31 of 50 tracks.',
  );
});

test('genres count each track once, whatever the number of its genres, and their weights sum to at most 1', () => {
  const tracks = [
    ...many(6, () => ({ genres: ['Modal Jazz'] })),
    ...many(3, () => ({ genres: ['modal  jazz', 'bebop', 'BEBOP'] })),
    ...many(1, () => ({})),
  ];
  const { genres, coverage, sentences } = analyzeTracks(tracks);
  expect(genres).toEqual([
    { name: 'modal jazz', weight: 0.833, tracks: 9 },
    { name: 'bebop', weight: 0.166, tracks: 3 },
  ]);
  expect(coverage.genres).toBe(9);
  expect(sentences[0]).toBe('Modal jazz (83%) and bebop (17%); known for 9 of 10 tracks.');
});

test('the decade is a fact only when half of the known tracks are from it', () => {
  const spread = analyzeTracks(many(40, (i) => ({ releaseYear: 1960 + i })));
  expect(spread.era).toMatchObject({ share: 0.25, from: 1964, to: 1995, known: 40 });
  expect(spread.facts.decade).toBeNull();
  const seventies = analyzeTracks(many(10, (i) => ({ releaseYear: i < 6 ? 1973 : 1999 })));
  expect(seventies.facts.decade).toBe(1970);
  expect(seventies.sentences).toContain('Most tracks are from 1973 to 1999, 60% from the 1970s.');
});

test.each([0, -5, 19, 301, Number.NaN])('a tempo of %s is unknown', (tempo) => {
  const { tempo: figure, facts } = analyzeTracks([track({ tempo })]);
  expect([figure, facts.tempo]).toEqual([null, null]);
});

test('textures are likely or not by their median, and an unknown one is absent', () => {
  const { textures, sentences } = analyzeTracks(many(5, () => ({ acousticness: 0.8, instrumentalness: 0.7, liveness: 0.4 })));
  expect(textures.map(({ texture, isLikely }) => [texture, isLikely])).toEqual([
    ['acoustic', true],
    ['instrumental', true],
    ['live', false],
  ]);
  expect(sentences.at(-1)).toBe('The music is likely acoustic and instrumental.');
});

test('two clusters of mood are two moods, the larger first, and the facts are those of the larger', () => {
  const tracks = many(50, (i) =>
    i < 30
      ? { valence: bell(1, i, [0.8, 0.08]), energy: bell(2, i, [0.85, 0.08]) }
      : { valence: bell(1, i, [0.2, 0.08]), energy: bell(2, i, [0.2, 0.08]) },
  );
  const { moods, facts, palette, sentences } = analyzeTracks(tracks);
  expect(moods.map(({ region, share }) => [region, share])).toEqual([
    ['excited', 0.6],
    ['wistful', 0.4],
  ]);
  expect(facts.valence).toBeGreaterThan(0.7);
  expect(palette?.working).toHaveLength(2);
  expect(palette?.working[0]?.word).toBe('excited');
  expect(sentences).toContain('Two moods.');
});

test('music of one mood is very seldom taken for two, evenly spread or around a middle', () => {
  const wrong = { bell: 0, even: 0 };
  for (let seed = 0; seed < 300; seed += 1) {
    const around = many(50, (i) => ({ valence: bell(seed, i, [0.5, 0.25]), energy: bell(seed + 1_000, i, [0.6, 0.2]) }));
    const even = many(50, (i) => ({ valence: chanceOf(seed, i), energy: chanceOf(seed + 500, i) }));
    if (analyzeTracks(around).moods.length > 1) wrong.bell += 1;
    if (analyzeTracks(even).moods.length > 1) wrong.even += 1;
  }
  expect(wrong.bell).toBeLessThanOrEqual(6);
  expect(wrong.even).toBeLessThanOrEqual(15);
});

test('ten tracks are too few for two moods', () => {
  expect(analyzeTracks(many(10, (i) => (i % 2 ? { valence: 0.9, energy: 0.9 } : { valence: 0.1, energy: 0.1 }))).moods).toHaveLength(1);
});

test('facts always fit their contract: odd numbers, long names, 10,000 tracks', () => {
  const odd = many(10_000, (i) => ({
    durationMs: i * 100_000 + 0.5,
    valence: 1.5,
    energy: -2,
    danceability: Number.POSITIVE_INFINITY,
    tempo: 90,
    genres: [`${'x'.repeat(200)} ${i % 40}`, `genre ${i % 40}`],
    releaseYear: i,
  }));
  const { facts } = analyzeTracks(odd);
  expect(musicFacts.parse(facts)).toEqual(facts);
  expect(facts.tracks).toHaveLength(100);
  expect(facts.genres.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(1);
});
