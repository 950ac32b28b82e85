import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { workMood } from './emotion.ts';
import { ART_FAMILY_NAMES, COMPOSITIONS } from './family-names.ts';
import type { ArtFamily } from './family-names.ts';
import { graphemesOf } from './lettering.ts';

/** A playlist of the network, as the series needs it. */
export interface SeriesMember {
  /** The playlist's number in the network; it decides family and composition, so that a playlist keeps them when others come and go. */
  readonly index: number;
  readonly title: string;
  readonly music: MusicFacts;
}

/** What makes one cover of a series: the rest, such as the margin and the place of the title, is the same for all. */
export interface SeriesPlace {
  readonly index: number;
  readonly family: ArtFamily;
  readonly composition: number;
  readonly palette: string;
  readonly seed: number;
  readonly reversed: boolean;
}

/** Longer titles are not spelled over the whole sheet: their first letter stands for them. */
const SPELLED_MAX = 24;
/** The palettes nearest to a mood that a series takes turns with. */
const PALETTES_NEAR = 6;
/** Coprime with twelve: neighbors on the wall, in a row and in a column, get different families. */
const FAMILY_STEP = 5;

/**
 * Family, composition, palette and seed for every playlist of a network. Sixty playlists in a row differ in family or composition, the next
 * sixty are printed the other way round, no two neighbors share a
 * family or a palette, and at most one cover in six shows a disc, because so few compositions do.
 */
export function seriesFor(playlists: readonly SeriesMember[]): readonly SeriesPlace[] {
  const places: SeriesPlace[] = [];
  for (const { index, title, music } of playlists.toSorted((one, other) => one.index - other.index)) {
    const turn = ART_FAMILY_NAMES[(index * FAMILY_STEP) % ART_FAMILY_NAMES.length] ?? 'grid';
    const family = (turn === 'type' || turn === 'echo') && graphemesOf(title.trim()).length > SPELLED_MAX ? 'letter' : turn;
    const composition = (Math.floor(index / ART_FAMILY_NAMES.length) + index) % COMPOSITIONS;
    const near = workMood(music)
      .nearest.slice(0, PALETTES_NEAR)
      .map(({ id }) => id);
    const before = places.slice(-2).map(({ palette }) => palette);
    const ordered = [...near.slice(index % near.length), ...near.slice(0, index % near.length)];
    const palette = ordered.find((id) => !before.includes(id)) ?? ordered[0] ?? 'bone';
    places.push({
      index,
      family,
      composition,
      palette,
      seed: index,
      reversed: Math.floor(index / (ART_FAMILY_NAMES.length * COMPOSITIONS)) % 2 === 1,
    });
  }
  return places;
}
