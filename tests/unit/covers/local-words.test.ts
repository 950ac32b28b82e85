import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { GENRE_FAMILIES, genreFamilyOf } from '#shared/domain/catalog/lexicon/genre-families.ts';
import { MOOD_LEVELS } from '#shared/domain/catalog/lexicon/mood-regions.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { localWords } from '#shared/domain/covers/words/local-words.ts';
import { titleCandidates } from '#shared/domain/covers/words/title-candidates.ts';
import { hashText } from '#shared/domain/hash.ts';
import { GENRES } from '#server/sandbox/catalog/genres.ts';
import { realData } from '#tests/support/real-data.ts';

const UNKNOWN: MusicFacts = {
  valence: null,
  energy: null,
  danceability: null,
  acousticness: null,
  instrumentalness: null,
  tempo: null,
  decade: null,
  genres: [],
  tracks: [],
};

/** Facts of varied playlists; every fifth number is unknown. */
function variedFacts(index: number): MusicFacts {
  const share = (salt: number) => hashText(String(index), salt) / 2 ** 32;
  const known = (salt: number) => (share(salt + 100) < 0.2 ? null : share(salt));
  const genres = [1, 2].map((salt) => GENRES[Math.floor(share(salt) * GENRES.length)]!.name);
  return {
    ...UNKNOWN,
    valence: known(3),
    energy: known(4),
    danceability: known(5),
    acousticness: known(6),
    instrumentalness: known(7),
    tempo: share(8) < 0.2 ? null : 60 + share(8) * 120,
    decade: share(9) < 0.2 ? null : 1950 + 10 * Math.floor(share(9) * 8),
    genres: share(10) < 0.2 ? [] : genres.map((name, at) => ({ name, weight: 0.5 - at * 0.2 })),
  };
}

test('a thousand playlists of varied music get titles that all differ, also in upper case and without accents', () => {
  const taken: string[] = [];
  for (let i = 0; i < 1_000; i += 1) {
    const { titles } = localWords(variedFacts(i), i, taken);
    expect(new Set(titles.map(foldText)).size).toBe(3);
    taken.push(titles[0]!.toUpperCase());
  }
  expect(new Set(taken.map(foldText)).size).toBe(1_000);
});

test('a network of one kind of music also gets titles that all differ, even when the lexicon runs out', () => {
  const facts = { ...UNKNOWN, valence: 0.2, energy: 0.2 };
  const own = titleCandidates(facts).map(({ title }) => title);
  const taken = new Set(own);
  for (let i = 0; i < 50; i += 1) taken.add(localWords(facts, 7, taken).titles[0]!);
  expect(taken.size).toBe(own.length + 50);
});

test('titles have at most 40 characters, no word twice, and neither markup nor digits', () => {
  for (let i = 0; i < 500; i += 1) {
    for (const title of localWords(variedFacts(i), i, []).titles) {
      expect(title.length).toBeLessThanOrEqual(40);
      expect(title).toMatch(/^[\p{L}&' -]+$/u);
      const words = title.toLowerCase().split(' ');
      expect(new Set(words).size, title).toBe(words.length);
    }
  }
});

test('the lexicon can say more than ten thousand different titles', () => {
  const levels = { low: 0.1, mid: 0.6, high: 0.95 };
  const moods = MOOD_LEVELS.flatMap((energy) => MOOD_LEVELS.map((valence) => ({ energy: levels[energy], valence: levels[valence] })));
  const every = moods.flatMap((mood) =>
    GENRE_FAMILIES.flatMap(({ id }) => titleCandidates({ ...UNKNOWN, ...mood, genres: [{ name: id, weight: 1 }] }).map(({ title }) => title)),
  );
  const titles = new Set(every);
  expect(titles.size).toBeGreaterThan(10_000);
});

test('the same music and seed give the same words, and another seed gives others', () => {
  const facts = variedFacts(3);
  expect(localWords(facts, 5, [])).toEqual(localWords(facts, 5, []));
  expect(localWords(facts, 6, []).titles).not.toEqual(localWords(facts, 5, []).titles);
});

test.each(['BLACK COFFEE', 'café del mar', 'a name'])('a title that equals a taken text is never proposed: %s', (name) => {
  const facts = variedFacts(11);
  const first = localWords(facts, 1, []).titles;
  const again = localWords(facts, 1, [...first.map((title) => title.toLowerCase()), name]).titles;
  for (const title of again) expect(first).not.toContain(title);
});

test('no title is the name of an artist of 66,307 tracks', { timeout: 60_000 }, async () => {
  const table = realData('spotify-tracks/tracks.csv.gz');
  if (!table) return;
  const titles = new Set<string>();
  for (let i = 0; i < 1_000; i += 1) for (const title of localWords(variedFacts(i), i, []).titles) titles.add(foldText(title));
  const lines = createInterface({ input: createReadStream(table).pipe(createGunzip()) });
  const clashes = new Set<string>();
  for await (const line of lines) for (const part of line.split(',')) if (titles.has(foldText(part.replaceAll('"', '')))) clashes.add(part);
  // Names of songs and albums are in the same table; none of them may be a whole title either.
  expect([...clashes]).toEqual([]);
});

test('the subtitle states genres and decade, and nothing that is unknown', () => {
  const genres = [
    { name: 'bebop', weight: 0.6 },
    { name: 'Modal Jazz', weight: 0.3 },
  ];
  expect(localWords({ ...UNKNOWN, genres, decade: 1960 }, 1, []).subtitle).toBe('Bebop and modal jazz, mostly 1960s');
  expect(localWords({ ...UNKNOWN, genres: genres.slice(0, 1) }, 1, []).subtitle).toBe('Bebop');
  expect(localWords({ ...UNKNOWN, decade: 2010 }, 1, []).subtitle).toBe('Mostly 2010s');
  expect(localWords(UNKNOWN, 1, []).subtitle).toBeNull();
});

test('the picture prompt ends with the fixed tail, names things of the genre, and never a genre or a number', () => {
  const { picturePrompt, motifIds } = localWords({ ...UNKNOWN, genres: [{ name: 'hard bop', weight: 1 }], decade: 1950 }, 2, []);
  expect(picturePrompt).toMatch(/^A letterpress illustration of .* No text, no logos, no real people\.$/);
  expect(genreFamilyOf('hard bop').motifs).toEqual(expect.arrayContaining([...motifIds]));
  expect(picturePrompt).not.toMatch(/bop|\d/);
});
