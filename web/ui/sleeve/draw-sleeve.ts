import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';
import type { Sleeve } from './geometry.ts';
import { LAYOUTS, LAYOUT_ORDER, ONE_WORD } from './layouts.ts';
import { DEFAULT_SOUND, choosePalette } from './palettes.ts';

export interface SleeveSubject {
  readonly index: number;
  readonly themeTag: string;
  readonly sound: SoundNumbers;
}

const WEIGHT_CALM = 380;
const WEIGHT_LOUD = 900;

/**
 * The typographic cover ("sleeve") of a playlist: a pure function of its number, theme tag and audio features. Energy sets the font weight; valence,
 * energy and decade the palette; tempo the number of ruled lines. The playlist's number sets the background class and the layout, so that neighbors in
 * the grid differ in both.
 */
export function drawSleeve(subject: SleeveSubject): Sleeve {
  const palette = choosePalette(subject.index, subject.sound);
  const energy = subject.sound.energy ?? DEFAULT_SOUND.energy;
  const isOneWord = !/\s/u.test(subject.themeTag.trim());
  const layout = layoutFor(subject.index);
  return LAYOUTS[isOneWord ? ONE_WORD[layout] : layout]({
    title: subject.themeTag,
    number: String(subject.index).padStart(3, '0'),
    tempo: subject.sound.tempo,
    weight: Math.round(WEIGHT_CALM + (WEIGHT_LOUD - WEIGHT_CALM) * Math.min(1, Math.max(0, energy))),
    palette,
  });
}

/** Steps by two through the layouts and shifts by one each round: every layout meets every background class and no two neighbors share one. */
function layoutFor(index: number): (typeof LAYOUT_ORDER)[number] {
  const round = Math.floor(index / LAYOUT_ORDER.length);
  return LAYOUT_ORDER[(index * 2 + round) % LAYOUT_ORDER.length] ?? 'stack';
}
