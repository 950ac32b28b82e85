import { generateArtistName, labelName } from './naming.ts';
import { GENRES, SCENES } from './genres.ts';
import type { Genre, Language } from './genres.ts';
import { mix, seededRandom } from './seeded-random.ts';

/**
 * The catalog consists of blocks of 20 albums by 8 artists of one scene. Related releases and guest artists are always in the same block, so any
 * album can be generated from its index alone.
 */
export const ALBUMS_PER_BLOCK = 20;
export const ARTISTS_PER_BLOCK = 8;

/** Albums per artist in a block, in four variants: many artists with one or two albums, a few with more. */
const SHARES = [
  [1, 1, 2, 2, 2, 3, 4, 5],
  [1, 1, 1, 2, 2, 3, 4, 6],
  [2, 2, 2, 2, 3, 3, 3, 3],
  [1, 1, 1, 1, 2, 3, 5, 6],
] as const;

const GENRES_BY_SCENE = new Map(SCENES.map((scene) => [scene, GENRES.filter((genre) => genre.scene === scene)]));

/** Salts of separate random streams, so that results do not depend on the order of the calls. */
export const SALT = { block: 11, act: 12, shape: 13, titles: 14, track: 15, sound: 16, face: 17, guests: 18 } as const;

/** A generated artist: everything that its albums share. */
export interface GeneratedArtist {
  readonly index: number;
  readonly name: string;
  readonly genre: Genre;
  readonly genres: readonly string[];
  readonly tongue: Language;
  readonly firstAlbum: number;
  readonly albumCount: number;
  readonly firstYear: number;
  readonly popularity: number;
  readonly label: string;
  /** Two-letter country code, the prefix of its ISRCs. */
  readonly country: string;
}

const COUNTRIES: Readonly<Record<Language, readonly string[]>> = {
  en: ['US', 'GB', 'US', 'CA', 'AU', 'IE'],
  es: ['ES', 'MX', 'AR', 'CO'],
  pt: ['BR', 'PT'],
  fr: ['FR', 'BE', 'CA'],
  de: ['DE', 'AT', 'CH'],
  it: ['IT'],
  sv: ['SE', 'NO', 'DK'],
  ja: ['JP'],
  yo: ['NG', 'GH'],
  tr: ['TR'],
  hi: ['IN'],
};

/** The artist with this index; pure in (seed, index). */
export function artistAt(seed: number, index: number): GeneratedArtist {
  const block = Math.floor(index / ARTISTS_PER_BLOCK);
  const blockRandom = seededRandom(mix(seed, SALT.block, block));
  const scene = blockRandom.pick(SCENES);
  const shares = blockRandom.pick(SHARES);
  const rotation = blockRandom.below(ARTISTS_PER_BLOCK);
  const local = index % ARTISTS_PER_BLOCK;
  const countAt = (slot: number) => shares[(slot + rotation) % ARTISTS_PER_BLOCK] ?? 0;
  let firstAlbum = block * ALBUMS_PER_BLOCK;
  for (let slot = 0; slot < local; slot++) firstAlbum += countAt(slot);

  const random = seededRandom(mix(seed, SALT.act, index));
  const sceneGenres = GENRES_BY_SCENE.get(scene) ?? GENRES;
  const genre = random.chance(0.85) ? random.pick(sceneGenres) : random.pick(GENRES);
  const tongue = random.pick(genre.tongues);
  const [from, to] = genre.years;
  const name = generateArtistName(random, tongue, random.pick(genre.acts));
  const second = random.chance(0.4) ? random.pick(sceneGenres).name : undefined;
  return {
    index,
    name,
    genre,
    genres: [...new Set([genre.name, ...(second === undefined ? [] : [second])])],
    tongue,
    firstAlbum,
    albumCount: countAt(local),
    firstYear: from + Math.floor((to - from) * random.next()),
    popularity: Math.round(4 + 82 * random.next() ** 2),
    label: labelName(random),
    country: random.pick(COUNTRIES[tongue]),
  };
}

/** The artists of one block. */
export function artistsOfBlock(seed: number, block: number): GeneratedArtist[] {
  return Array.from({ length: ARTISTS_PER_BLOCK }, (_, slot) => artistAt(seed, block * ARTISTS_PER_BLOCK + slot));
}
