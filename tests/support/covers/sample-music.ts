import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { chanceOf } from '#shared/domain/hash.ts';

const GENRES = ['folk', 'techno', 'ambient', 'disco', 'jazz', 'hip hop', 'metal', 'country', 'soul', 'k-pop', 'bossa nova', 'punk'];
const DECADES = [1950, 1960, 1970, 1980, 1990, 2000, 2010];

const FIRST_WORDS = [
  'Night',
  'Small',
  'Loud',
  'Orchard',
  'Salt',
  'Winter',
  'Paper',
  'Tin',
  'Copper',
  'Second',
  'Half',
  'Long',
  'Neon',
  'Glass',
  'Dust',
  'Left',
  'Low',
  'Northern',
  'Tidy',
  'Marmalade',
];
const SECOND_WORDS = ['Bus to Elsewhere', 'Hours', 'Kitchen', 'Radio', '& Static', 'Coats'];

/** Titles of a network, no two the same. */
export const SAMPLE_TITLES = Array.from({ length: 120 }, (_, i) => `${FIRST_WORDS[i % 20]!} ${SECOND_WORDS[Math.floor(i / 20)]!}`).toSpliced(
  26,
  2,
  'Ночной автобус',
  '夜のドライブ',
);

/** Music whose every number is known. */
export const MIDDLE_MUSIC: MusicFacts = {
  valence: 0.5,
  energy: 0.5,
  danceability: 0.5,
  acousticness: 0.5,
  instrumentalness: 0.5,
  tempo: 120,
  decade: 1970,
  genres: [{ name: 'jazz', weight: 1 }],
  tracks: Array.from({ length: 20 }, (_, i) => ({ durationMs: 150_000 + i * 9000, energy: (i % 10) / 10, valence: ((i * 3) % 10) / 10 })),
};

/** The music of a made-up playlist; different numbers give different music, the same number always the same. */
export function sampleMusic(index: number, spread = 1): MusicFacts {
  const share = (salt: number) => 0.5 + (chanceOf(salt, index) - 0.5) * spread;
  const pick = <T>(list: readonly T[], salt: number): T => list[Math.floor(chanceOf(salt, index) * list.length)]!;
  return {
    valence: share(1),
    energy: share(2),
    danceability: share(3),
    acousticness: share(4),
    instrumentalness: share(5),
    tempo: 60 + 120 * share(6),
    decade: pick(DECADES, 7),
    genres: [{ name: pick(GENRES, 8), weight: 1 }],
    tracks: Array.from({ length: 20 + (index % 31) }, (_, i) => ({
      durationMs: 150_000 + Math.round(150_000 * chanceOf(index + 900, i)),
      energy: Math.min(1, Math.max(0, share(2) + (chanceOf(index + 500, i) - 0.5) * 0.5)),
      valence: Math.min(1, Math.max(0, share(1) + (chanceOf(index + 700, i) - 0.5) * 0.5)),
    })),
  };
}
