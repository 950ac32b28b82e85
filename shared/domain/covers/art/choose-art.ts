import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import { hashText } from '#shared/domain/hash.ts';
import type { ArtRequest } from './draw-art.ts';
import { paletteForMoods } from './emotion.ts';
import type { MoodWorking } from './emotion.ts';
import { ART_FAMILY_NAMES, COMPOSITIONS, SPELLED_FAMILIES } from './family-names.ts';
import { findPalette } from './palettes.ts';

/** A complete request, and how the palette was found. The working is empty when the palette was named. */
export interface ChosenArt {
  readonly request: ArtRequest;
  readonly working: readonly MoodWorking[];
}

/**
 * Completes the input of `local-art`: family and composition from the seed, the palette from the mood. Without a title no family that spells it is
 * chosen. Undefined when there is no palette of the given name.
 */
export function chooseArt(input: LocalArtInput): ChosenArt | undefined {
  const { music, secondMood, title, size } = input;
  const seed = String(input.seed);
  const families = ART_FAMILY_NAMES.filter((family) => title.trim() !== '' || !SPELLED_FAMILIES.includes(family));
  const family = input.family === 'auto' ? (families[hashText(seed, 3) % families.length] ?? 'grid') : input.family;
  const composition = input.composition ?? hashText(seed, 5) % COMPOSITIONS;
  const mood = { valence: music.valence, energy: music.energy };
  const found =
    input.palette === 'auto' ? paletteForMoods(secondMood ? [mood, secondMood] : [mood]) : { palette: findPalette(input.palette), working: [] };
  if (!found.palette) return undefined;
  return { request: { family, composition, palette: found.palette, seed, size, music, title, isReversed: input.reversed }, working: found.working };
}
