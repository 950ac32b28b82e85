import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import { ART_FAMILY_NAMES, COMPOSITIONS, SPELLED_FAMILIES } from '#shared/domain/covers/art/family-names.ts';
import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';

/** Local pictures on one page of the grid. */
export const OPTIONS_SHOWN = 9;
/** Coprime with twelve: neighbors are of different families. */
const FAMILY_STEP = 5;

interface OptionsWish {
  readonly analysis: MusicAnalysis;
  readonly title: string;
  readonly family: ArtFamily | 'auto';
  /** "auto" takes turns with the palettes nearest to the mood. */
  readonly palette: string;
  readonly page: number;
}

/** One page of local pictures to choose from. The same wish gives the same pictures; each page has other ones. */
export function pictureOptions({ analysis, title, family, palette, page }: OptionsWish): readonly LocalArtInput[] {
  const families = family === 'auto' ? ART_FAMILY_NAMES.filter((one) => title.trim() !== '' || !SPELLED_FAMILIES.includes(one)) : [family];
  const near = ['auto', ...(analysis.palette?.working[0]?.nearest.slice(1).map(({ id }) => id) ?? [])];
  return Array.from({ length: OPTIONS_SHOWN }, (_, at) => {
    const place = page * OPTIONS_SHOWN + at;
    return {
      ...artInputFor(analysis, title),
      family: families[(place * FAMILY_STEP) % families.length] ?? 'grid',
      composition: (place + Math.floor(place / families.length)) % COMPOSITIONS,
      palette: palette === 'auto' ? (near[place % near.length] ?? 'auto') : palette,
      seed: place + 1,
    };
  });
}

/** The input of local-art for some music, with everything else left to it. */
export function artInputFor(analysis: MusicAnalysis, title: string): LocalArtInput {
  const [, second] = analysis.moods;
  return {
    family: 'auto',
    composition: null,
    palette: 'auto',
    seed: 0,
    reversed: false,
    size: 640,
    music: analysis.facts,
    secondMood: second ? { valence: second.valence.median, energy: second.energy.median } : null,
    title,
  };
}
