import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';

/** Seven background classes, assigned in rotation: playlist numbers less than seven apart, and so neighbors in the grid, never share one. */
const GROUNDS = ['paper', 'green', 'pink', 'dark', 'bright', 'cool', 'earth'] as const;
type GroundClass = (typeof GROUNDS)[number];

export interface Palette {
  readonly name: string;
  readonly kind: GroundClass;
  readonly ground: string;
  readonly ink: string;
  readonly spots: readonly [string, string, string];
  /** The music this palette fits best. */
  readonly valence: number;
  readonly energy: number;
  readonly year: number;
}

const palette = (kind: GroundClass, name: string, rest: Omit<Palette, 'kind' | 'name'>): Palette => ({ kind, name, ...rest });

/** Sixteen designed palettes: background, readable text color, three spot colors. */
export const PALETTES: readonly Palette[] = [
  palette('paper', 'bone', { ground: '#efe7d6', ink: '#1c1a17', spots: ['#b92c18', '#1f5566', '#8a5a12'], valence: 0.6, energy: 0.45, year: 1966 }),
  palette('paper', 'chalk', { ground: '#f4f2ec', ink: '#14161b', spots: ['#c9290f', '#2b3bc0', '#a8a49a'], valence: 0.62, energy: 0.9, year: 2004 }),
  palette('cool', 'ash', { ground: '#d8d7d2', ink: '#131313', spots: ['#9c251a', '#36434f', '#8f8b82'], valence: 0.22, energy: 0.5, year: 1993 }),
  palette('bright', 'mustard', {
    ground: '#ebc03c',
    ink: '#1b1712',
    spots: ['#8f2011', '#17464d', '#fff3cf'],
    valence: 0.88,
    energy: 0.7,
    year: 1972,
  }),
  palette('bright', 'tomato', {
    ground: '#bf2f1b',
    ink: '#fff2e0',
    spots: ['#ffe08a', '#ffd0bd', '#5b1108'],
    valence: 0.6,
    energy: 0.94,
    year: 1979,
  }),
  palette('green', 'billiard', {
    ground: '#14694a',
    ink: '#f5f1de',
    spots: ['#ffdf6b', '#c9ecc0', '#0a2a1d'],
    valence: 0.42,
    energy: 0.45,
    year: 1985,
  }),
  palette('dark', 'night', { ground: '#14161c', ink: '#f1eee6', spots: ['#ff6f4a', '#94a0ff', '#f2c14e'], valence: 0.28, energy: 0.85, year: 1992 }),
  palette('pink', 'plum', { ground: '#32183a', ink: '#f8e7df', spots: ['#ff8499', '#f7b85c', '#a3b0f5'], valence: 0.55, energy: 0.72, year: 1986 }),
  palette('green', 'pine', { ground: '#0f3632', ink: '#f1ead8', spots: ['#edb955', '#f2957a', '#8cc4b2'], valence: 0.62, energy: 0.4, year: 1974 }),
  palette('dark', 'tar', { ground: '#25201c', ink: '#efe1c9', spots: ['#d8a259', '#e8825f', '#9bb5a4'], valence: 0.28, energy: 0.22, year: 1959 }),
  palette('pink', 'rose', { ground: '#f1cdc7', ink: '#34101f', spots: ['#a51a4c', '#2f3588', '#fff4ec'], valence: 0.8, energy: 0.78, year: 1984 }),
  palette('pink', 'lilac', { ground: '#dad3ee', ink: '#1d173c', spots: ['#4a31b0', '#982a46', '#fbf7ff'], valence: 0.48, energy: 0.5, year: 2017 }),
  palette('cool', 'sky', { ground: '#bdd4e4', ink: '#0c2036', spots: ['#123f8d', '#8c2716', '#f5fafc'], valence: 0.45, energy: 0.3, year: 1998 }),
  palette('green', 'sage', { ground: '#c2ceb2', ink: '#14241a', spots: ['#1d4d33', '#7c3114', '#f4f6e8'], valence: 0.62, energy: 0.32, year: 1969 }),
  palette('earth', 'clay', { ground: '#a2432a', ink: '#fff1df', spots: ['#ffe0a0', '#ffd2c0', '#401409'], valence: 0.74, energy: 0.7, year: 1964 }),
  palette('earth', 'slate', { ground: '#334d68', ink: '#f3efe3', spots: ['#ffd684', '#f8b6a0', '#bcd9e8'], valence: 0.32, energy: 0.55, year: 1982 }),
];

/** Values that replace unknown ones: the middle of each scale, never zero. */
export const DEFAULT_SOUND = { energy: 0.55, valence: 0.5, tempo: 112, year: 1988 } as const;

/** The palette closest to the music among those of the playlist's background class. Pure: the same input gives the same palette. */
export function choosePalette(index: number, sound: SoundNumbers): Palette {
  const kind = GROUNDS[index % GROUNDS.length];
  const valence = sound.valence ?? DEFAULT_SOUND.valence;
  const energy = sound.energy ?? DEFAULT_SOUND.energy;
  const year = sound.year ?? DEFAULT_SOUND.year;
  const distance = (one: Palette) => Math.abs(one.valence - valence) * 1.3 + Math.abs(one.energy - energy) + Math.abs(one.year - year) / 60;
  const [nearest] = PALETTES.filter((one) => one.kind === kind).toSorted((one, other) => distance(one) - distance(other));
  if (!nearest) throw new Error(`There is no palette for the ground ${kind}.`);
  return nearest;
}
