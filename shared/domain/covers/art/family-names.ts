/** The families of local pictures. */
export const ART_FAMILY_NAMES = [
  'grid',
  'halftone',
  'paper',
  'contour',
  'rules',
  'riso',
  'type',
  'groove',
  'score',
  'letter',
  'emblem',
  'echo',
] as const;
export type ArtFamily = (typeof ART_FAMILY_NAMES)[number];

/** Compositions of each family. */
export const COMPOSITIONS = 5;

/** Families that draw the title or its first letter. */
export const SPELLED_FAMILIES: readonly ArtFamily[] = ['type', 'letter', 'echo'];
