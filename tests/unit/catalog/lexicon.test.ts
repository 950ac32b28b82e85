import { expect, test } from 'vitest';
import { GENRE_FAMILIES, genreFamilyOf } from '#shared/domain/catalog/lexicon/genre-families.ts';
import { MOOD_LEVELS, energyLevelOf, moodRegionOf, valenceLevelOf } from '#shared/domain/catalog/lexicon/mood-regions.ts';
import { MOOD_WORDS } from '#shared/domain/catalog/lexicon/mood-words.ts';
import { isMotifId } from '#shared/domain/catalog/lexicon/motifs.ts';
import { TEXTURES, TEXTURE_WORDS, TIME_WORDS, eraWordsOf, tempoWordOf } from '#shared/domain/catalog/lexicon/sound-words.ts';
import { GENRES } from '#server/sandbox/catalog/genres.ts';

const everyWord = [
  ...MOOD_WORDS.flatMap(({ qualities, images }) => [...qualities, ...images]),
  ...GENRE_FAMILIES.flatMap(({ objects }) => objects),
  ...TEXTURES.flatMap((texture) => TEXTURE_WORDS[texture]),
  ...[1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020].flatMap(eraWordsOf),
];

test('there are words for every level of energy and valence, and none is given twice within one', () => {
  for (const energy of MOOD_LEVELS) {
    for (const valence of MOOD_LEVELS) {
      const words = MOOD_WORDS.filter((one) => one.energy === energy && one.valence === valence);
      expect(words).toHaveLength(1);
      const { qualities, images, lights } = words[0]!;
      expect(new Set(qualities).size).toBeGreaterThanOrEqual(16);
      expect(new Set(images).size).toBeGreaterThanOrEqual(20);
      expect(lights.length).toBeGreaterThanOrEqual(3);
    }
  }
});

test('the lexicon has several hundred words, in title case, without worn-out ones', () => {
  expect(new Set(everyWord).size).toBeGreaterThan(500);
  for (const word of everyWord) {
    expect(word, word).toMatch(/^\p{Lu}[\p{L}&' -]*$/u);
    expect(word).not.toMatch(/vibe|chill|dream|groove|soulful|melod|\bbeats?\b|journey|ultimate|mix\b|odyssey/i);
  }
  expect(Object.values(TIME_WORDS).flat()).toHaveLength(24);
});

test.each([
  [0.9, 0.9, 'excited'],
  [0.1, 0.9, 'tense'],
  [0.1, 0.1, 'wistful'],
  [0.9, 0.1, 'calm'],
  [0.55, 0.45, 'mixed'],
  [0.5, 0.61, 'excited'],
  [null, 0.5, null],
  [0.5, null, null],
])('valence %s and energy %s are the mood %s', (valence, energy, region) => {
  expect(moodRegionOf(valence, energy)).toBe(region);
});

test('levels follow the distribution of real music, and an unknown number is middling', () => {
  expect([0, 0.5, 0.52, 0.78, 0.8, 1].map(energyLevelOf)).toEqual(['low', 'low', 'mid', 'mid', 'high', 'high']);
  expect([0, 0.36, 0.4, 0.65, 0.67, 1].map(valenceLevelOf)).toEqual(['low', 'low', 'mid', 'mid', 'high', 'high']);
  expect([energyLevelOf(null), valenceLevelOf(null)]).toEqual(['mid', 'mid']);
});

test.each([
  ['Modal Jazz', 'jazz'],
  ['blues rock', 'blues'],
  ['jazz fusion', 'jazz'],
  ['viking metal', 'metal'],
  ['reggaeton', 'latin'],
  ['roots reggae', 'caribbean'],
  ['deep house', 'house'],
  ['french house', 'house'],
  ['minimal techno', 'techno'],
  ['k-pop', 'asian'],
  ['synth-pop', 'pop'],
  ['neo soul', 'soul'],
  ['dream pop', 'pop'],
  ['indie folk', 'folk'],
  ['solo piano', 'classical'],
  ['afrobeats', 'african'],
  ['trap', 'hip-hop'],
  ['drum and bass', 'electronic'],
  ['', 'other'],
  ['zzz', 'other'],
])('the genre “%s” belongs to %s', (genre, family) => {
  expect(genreFamilyOf(genre).id).toBe(family);
});

test('every genre of the sandbox has a family of its own kind, and every motif of a family exists', () => {
  expect(GENRES.filter(({ name }) => genreFamilyOf(name).id === 'other').map(({ name }) => name)).toEqual([]);
  expect(GENRE_FAMILIES.flatMap(({ motifs }) => motifs).filter((id) => !isMotifId(id))).toEqual([]);
});

test.each([
  [95, 'slow'],
  [96, 'medium'],
  [129, 'medium'],
  [130, 'fast'],
])('%d beats per minute are %s', (tempo, word) => {
  expect(tempoWordOf(tempo)).toBe(word);
});

test('every decade has words, also those before and after the lexicon', () => {
  for (const decade of [1900, 1943, 1955, 1990, 2020, 2100]) expect(eraWordsOf(decade).length).toBeGreaterThanOrEqual(6);
});
