import type { SoundNumbers } from '#shared/contracts/curation/snapshot.ts';
import type { Sleeve } from './geometry.ts';
import { LAYOUTS, LAYOUT_ORDER, ONE_WORD } from './layouts.ts';
import { MIDDLE, choosePalette } from './palettes.ts';

export interface SleeveSubject {
  readonly index: number;
  readonly themeTag: string;
  readonly sound: SoundNumbers;
}

const WEIGHT_CALM = 380;
const WEIGHT_LOUD = 900;

/**
 * The type-only sleeve of a playlist: a pure function of its number, theme tag and sound. Energy sets the weight, valence, energy and
 * decade the palette, tempo the rules; its number decides ground class and layout, so neighbours on the wall differ in both.
 */
export function drawSleeve(subject: SleeveSubject): Sleeve {
  const palette = choosePalette(subject.index, subject.sound);
  const energy = subject.sound.energy ?? MIDDLE.energy;
  const isOneWord = !/\s/u.test(subject.themeTag.trim());
  const turn = turnOf(subject.index);
  return LAYOUTS[isOneWord ? ONE_WORD[turn] : turn]({
    title: subject.themeTag,
    number: String(subject.index).padStart(3, '0'),
    tempo: subject.sound.tempo,
    weight: Math.round(WEIGHT_CALM + (WEIGHT_LOUD - WEIGHT_CALM) * Math.min(1, Math.max(0, energy))),
    palette,
  });
}

/** Steps by two and slips by one each round, so that a layout meets every class of ground and never stands beside itself. */
function turnOf(index: number): (typeof LAYOUT_ORDER)[number] {
  const round = Math.floor(index / LAYOUT_ORDER.length);
  return LAYOUT_ORDER[(index * 2 + round) % LAYOUT_ORDER.length] ?? 'stack';
}
