import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';
import type { Catalog } from './catalog-columns.ts';

/** The mean of the rows' known audio features; null where none is known. */
export function meanSound(catalog: Catalog, rows: readonly number[]): SoundNumbers {
  const { energy, valence, tempo, acousticness, release_year: year } = catalog.numbers;
  const meanYear = meanOf(year, rows);
  return {
    energy: meanOf(energy, rows),
    valence: meanOf(valence, rows),
    tempo: meanOf(tempo, rows),
    acousticness: meanOf(acousticness, rows),
    year: meanYear === null ? null : Math.round(meanYear),
  };
}

function meanOf(values: Float32Array, rows: readonly number[]): number | null {
  const known = rows.map((row) => values[row] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return null;
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 1_000) / 1_000;
}
