import type { Catalog, NumberLists } from './catalog-columns.ts';

/** A subset of a catalog with its own row numbers. */
export interface CatalogPart {
  readonly catalog: Catalog;
  /** The subset's row for a row of the whole catalog; -1 when it is left out. */
  rowOf(row: number): number;
}

/** The given rows (ascending) as a separate catalog, so that simulating a policy costs in proportion to its pool, not the whole catalog. */
export function restrictCatalog(whole: Catalog, rows: Int32Array): CatalogPart {
  const newRows = new Map<number, number>();
  rows.forEach((row, at) => newRows.set(row, at));
  const { days, flags, tags, titles } = whole;
  const numbers = Object.fromEntries(Object.entries(whole.numbers).map(([field, column]) => [field, pick(column, rows)]));
  const catalog: Catalog = {
    ...whole,
    size: rows.length,
    recordingIds: pick(whole.recordingIds, rows),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields as in the whole
    numbers: numbers as Catalog['numbers'],
    days: { release_date: pick(days.release_date, rows), ingested_on: pick(days.ingested_on, rows) },
    flags: { explicit: pick(flags.explicit, rows), has_isrc: pick(flags.has_isrc, rows) },
    featuresSource: pick(whole.featuresSource, rows),
    artists: pickLists(whole.artists, rows),
    albums: pick(whole.albums, rows),
    tags: { genre: pickLists(tags.genre, rows), mood: pickLists(tags.mood, rows), camelot: pickLists(tags.camelot, rows) },
    titles: titles && Array.from(rows, (row) => titles[row] ?? ''),
  };
  return { catalog, rowOf: (row) => newRows.get(row) ?? -1 };
}

function pick<C extends Int32Array | Float32Array | Uint8Array>(column: C, rows: Int32Array): C {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- slice keeps the kind of the column
  const picked = column.slice(0, rows.length) as C;
  for (let at = 0; at < rows.length; at++) picked[at] = column[rows[at] ?? 0] ?? 0;
  return picked;
}

function pickLists({ offsets, values }: NumberLists, rows: Int32Array): NumberLists {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, at) => (starts[at + 1] = (starts[at] ?? 0) + (offsets[row + 1] ?? 0) - (offsets[row] ?? 0)));
  const picked = new Int32Array(starts[rows.length] ?? 0);
  rows.forEach((row, at) => picked.set(values.subarray(offsets[row], offsets[row + 1]), starts[at] ?? 0));
  return { offsets: starts, values: picked };
}
