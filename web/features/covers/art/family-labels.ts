import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';

/** What a family of local pictures is called, and what it draws. */
export const FAMILY_LABELS: Readonly<Record<ArtFamily, { readonly name: string; readonly draws: string }>> = {
  grid: { name: 'Grid', draws: 'Modules; more are filled the more energy the music has' },
  halftone: { name: 'Halftone', draws: 'A lit body in dots; tempo sets the screen' },
  paper: { name: 'Paper', draws: 'Cut paper; the more acoustic, the rounder' },
  contour: { name: 'Contour', draws: 'A map of hills; tempo sets the levels' },
  rules: { name: 'Rules', draws: 'Engraved lines; energy raises the waves' },
  riso: { name: 'Riso', draws: 'Overprinted inks, out of register with energy' },
  type: { name: 'Type', draws: 'The title alone, each line as wide as the cover' },
  groove: { name: 'Groove', draws: 'Rings; their number follows the tempo' },
  score: { name: 'Score', draws: 'The playlist itself: one bar a track' },
  letter: { name: 'Letter', draws: 'The first letter, past the edges' },
  emblem: { name: 'Emblem', draws: 'An object of the genre, two inks' },
  echo: { name: 'Echo', draws: 'The title again and again, waving with the tempo' },
};

/** "navy" → "Navy". */
export const paletteName = (id: string) => id.charAt(0).toUpperCase() + id.slice(1);
