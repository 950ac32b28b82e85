import { VISIONS, colorDistance, contrastRatio, shiftColor, toOklab } from '../../color.ts';
import { ART_PALETTES } from './palettes.ts';
import type { ArtPalette } from './palettes.ts';

/**
 * From mood to palette. Pleasure and arousal (Russell 1980) are the music's valence and energy; a color's pleasure and arousal follow from its
 * brightness B and saturation S (Valdez and Mehrabian 1994): P = .69 B + .22 S, A = −.31 B + .60 S, all standardized.
 */

export interface ArtMood {
  readonly valence: number | null;
  readonly energy: number | null;
}
export type MoodWord = 'excited' | 'tense' | 'wistful' | 'calm' | 'mixed';

/** How one mood led to its palette, for the page. Standard scores: 0 is the middle, 1 one standard deviation. */
export interface MoodWorking {
  readonly mood: ArtMood;
  readonly word: MoodWord;
  readonly pleasure: number;
  readonly arousal: number;
  /** The nearest palettes, the chosen one first. */
  readonly nearest: readonly { readonly id: string; readonly distance: number }[];
  /** What the chosen palette's lightness and chroma were multiplied by, 0.85 to 1.15. */
  readonly shift: { readonly lightness: number; readonly chroma: number };
}

/** Median and standard deviation over 66,307 tracks of many genres. */
const CATALOG = { valence: { middle: 0.54, spread: 0.277 }, energy: { middle: 0.66, spread: 0.25 } } as const;
/** Shares of a cover's area: ground, each spot, ink. */
const AREAS = { ground: 0.55, spot: 0.12, ink: 0.09 } as const;
const SHIFT_MAX = 0.15;
/** How many of the nearest palettes are kept: the chosen one and those that a series may take instead. */
const NEAREST = 6;
const SPOTS_APART = 0.12;
const CONTRAST_MIN = 7;

interface Seen {
  readonly brightness: number;
  readonly saturation: number;
}

const measure = (palette: ArtPalette): Seen => {
  const parts = [[palette.ground, AREAS.ground], [palette.ink, AREAS.ink], ...palette.spots.map((spot) => [spot, AREAS.spot] as const)] as const;
  const labs = parts.map(([hex, area]) => ({ lab: toOklab(hex), area }));
  return {
    brightness: labs.reduce((sum, { lab, area }) => sum + lab[0] * area, 0),
    saturation: labs.reduce((sum, { lab, area }) => sum + Math.hypot(lab[1], lab[2]) * area, 0),
  };
};

const standardized = (values: readonly number[]) => {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
  return values.map((value) => (value - middle) / spread);
};

const SEEN = ART_PALETTES.map(measure);
const BRIGHTNESS = standardized(SEEN.map(({ brightness }) => brightness));
const SATURATION = standardized(SEEN.map(({ saturation }) => saturation));
const PLEASURE = standardized(ART_PALETTES.map((_, i) => 0.69 * (BRIGHTNESS[i] ?? 0) + 0.22 * (SATURATION[i] ?? 0)));
const AROUSAL = standardized(ART_PALETTES.map((_, i) => -0.31 * (BRIGHTNESS[i] ?? 0) + 0.6 * (SATURATION[i] ?? 0)));

/** Where each palette is in pleasure and arousal, as standard scores over all palettes. */
export const PALETTE_PLACES: readonly { readonly id: string; readonly pleasure: number; readonly arousal: number }[] = ART_PALETTES.map(
  ({ id }, i) => ({
    id,
    pleasure: PLEASURE[i] ?? 0,
    arousal: AROUSAL[i] ?? 0,
  }),
);

/** The palettes nearest to a mood in pleasure and arousal, and the shift of the first toward it. An unknown number counts as the catalog's middle. */
export function workMood(mood: ArtMood): MoodWorking {
  const score = (number: keyof typeof CATALOG) => ((mood[number] ?? CATALOG[number].middle) - CATALOG[number].middle) / CATALOG[number].spread;
  const [pleasure, arousal] = [score('valence'), score('energy')];
  const ranked = ART_PALETTES.map(({ id }, i) => ({ i, id, distance: Math.hypot(pleasure - (PLEASURE[i] ?? 0), arousal - (AROUSAL[i] ?? 0)) }));
  ranked.sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1));
  const chosen = ranked[0]?.i ?? 0;
  // The inverse of the two formulas above.
  const shift = {
    lightness: toward(1.24 * pleasure - 0.46 * arousal, BRIGHTNESS[chosen] ?? 0),
    chroma: toward(0.64 * pleasure + 1.43 * arousal, SATURATION[chosen] ?? 0),
  };
  return { mood, word: wordFor(mood), pleasure, arousal, nearest: ranked.slice(0, NEAREST).map(({ id, distance }) => ({ id, distance })), shift };
}

/** The factor that moves a standard score toward a wish, within the allowed shift. */
const toward = (wish: number, now: number) => 1 + Math.min(SHIFT_MAX, Math.max(-SHIFT_MAX, 0.06 * (wish - now)));

/** The palette of one mood, or of two when the music has two: then one spot color comes from the second mood. */
export function paletteForMoods(moods: readonly [ArtMood, ArtMood?]): { readonly palette: ArtPalette; readonly working: readonly MoodWorking[] } {
  const working = moods.filter((mood) => mood !== undefined).map(workMood);
  const [first, second] = working.map(({ nearest, shift }) => shifted(nearest[0]?.id ?? '', shift));
  if (!first) throw new Error('A palette needs at least one mood.');
  if (!second || second.id === first.id) return { palette: first, working };
  const [one, two] = first.spots;
  const mixed = second.spots.map((spot): ArtPalette => ({ ...first, spots: [one, two, spot] })).find(holds);
  return { palette: mixed ?? first, working };
}

/** The shifted palette; the shift is halved until the rules for contrast and distance hold. */
function shifted(id: string, shift: MoodWorking['shift']): ArtPalette {
  const palette = ART_PALETTES.find((one) => one.id === id) ?? ART_PALETTES[0];
  if (!palette) throw new Error('There are no palettes.');
  for (let share = 1; share > 0.1; share /= 2) {
    const by = { lightness: 1 + (shift.lightness - 1) * share, chroma: 1 + (shift.chroma - 1) * share };
    const [one, two, three] = palette.spots;
    const moved: ArtPalette = {
      ...palette,
      ground: shiftColor(palette.ground, { lightness: 1, chroma: by.chroma }),
      spots: [shiftColor(one, by), shiftColor(two, by), shiftColor(three, by)],
    };
    if (holds(moved)) return moved;
  }
  return palette;
}

/** Whether text reads on the ground and the spot colors can be told apart with and without a color deficiency. */
export function holds({ ground, ink, spots: [one, two, three] }: ArtPalette): boolean {
  const pairs = [[one, two] as const, [one, three] as const, [two, three] as const];
  return contrastRatio(ground, ink) >= CONTRAST_MIN && pairs.every(([a, b]) => VISIONS.every((vision) => colorDistance(a, b, vision) >= SPOTS_APART));
}

/** The quadrant of valence and energy; near the middle, or with one unknown, "mixed". */
function wordFor({ valence, energy }: ArtMood): MoodWord {
  if (valence === null || energy === null || Math.hypot(valence - 0.5, energy - 0.5) <= 0.1) return 'mixed';
  if (valence >= 0.5) return energy >= 0.5 ? 'excited' : 'calm';
  return energy >= 0.5 ? 'tense' : 'wistful';
}
