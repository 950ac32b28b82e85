/** Palettes: one ground, one ink, three spot colors, as a printer would mix them. */

export interface ArtPalette {
  readonly id: string;
  readonly ground: string;
  readonly ink: string;
  readonly spots: readonly [string, string, string];
}

const printed = (id: string, [ground, ink, ...spots]: readonly [string, string, string, string, string]): ArtPalette => ({ id, ground, ink, spots });

/**
 * Twenty-four palettes. Ground and ink have a contrast of at least 7; spot colors are at least 0.12 apart in OKLab, also as seen with protanopia and
 * deuteranopia. Twelve have light grounds, five strong and seven dark ones.
 */
export const ART_PALETTES: readonly ArtPalette[] = [
  printed('bone', ['#f1e9d6', '#1d1b18', '#d8432b', '#e9b63a', '#2d5f8b']),
  printed('oat', ['#e6dfd0', '#22252b', '#3d668a', '#c08a3e', '#8f3a2b']),
  printed('chalk', ['#f6f3ec', '#161616', '#ff4f2e', '#2437c9', '#b4b0a6']),
  printed('mist', ['#bfcfdc', '#101a2b', '#1e4fa3', '#ee6446', '#faf6ec']),
  printed('sage', ['#d3dccb', '#17251f', '#256046', '#e2a33b', '#86aec6']),
  printed('blush', ['#f4d9d0', '#2a1a2e', '#e0457b', '#3b3fb6', '#f2a23a']),
  printed('lilac', ['#e3def0', '#1e1a3a', '#5a45c9', '#ee7052', '#97c4b8']),
  printed('cream', ['#f3efe4', '#1c2846', '#cf4a3d', '#6aa6a0', '#f2c25b']),
  printed('newsprint', ['#d0cdc6', '#121212', '#c9382a', '#8a8e93', '#fbf8f1']),
  printed('porcelain', ['#f0f2ee', '#0d2b52', '#0f6ab4', '#f2c500', '#e2472c']),
  printed('straw', ['#e8d190', '#231a10', '#bb4526', '#46968b', '#fff7e0']),
  printed('pistachio', ['#c7dca6', '#12251a', '#175a3c', '#ee6b3f', '#fdf8e0']),
  printed('mustard', ['#efc94c', '#1a1712', '#c7381f', '#fff6de', '#2a817b']),
  printed('tangerine', ['#f08a3c', '#1c0f08', '#fff0d6', '#a81f2b', '#264c7d']),
  printed('rose', ['#f19db2', '#2a0d22', '#c2184f', '#fff0e4', '#3a49b0']),
  printed('turquoise', ['#74c6ba', '#08201f', '#fdf6e0', '#dd4c33', '#0b4c60']),
  printed('azure', ['#98c4e8', '#0b1a36', '#f8d64e', '#df4636', '#2456b8']),
  printed('navy', ['#1b2640', '#f3e7cf', '#e77b4b', '#9cc0cf', '#b93a52']),
  printed('tar', ['#131417', '#f2f0e9', '#f0532f', '#6474ff', '#c9cace']),
  printed('walnut', ['#26201c', '#f0e2c8', '#dba65c', '#62898a', '#b03a26']),
  printed('pine', ['#0f3733', '#f2ead7', '#e9b54a', '#dd5f45', '#8fbcae']),
  printed('aubergine', ['#2b1c3b', '#f6e8df', '#f0637c', '#f6b653', '#6a7fd6']),
  printed('oxblood', ['#4f111c', '#f8e6d2', '#f2b04a', '#e4604f', '#8d9fc0']),
  printed('ultramarine', ['#1d2a8f', '#f6f1e1', '#ff7a5c', '#ffd34d', '#8db4ff']),
];

/** The palette with this id; undefined when there is none. */
export function findPalette(id: string): ArtPalette | undefined {
  return ART_PALETTES.find((palette) => palette.id === id);
}
