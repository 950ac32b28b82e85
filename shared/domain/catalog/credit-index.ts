import type { Catalog } from './catalog-columns.ts';

/** The rows of each artist and of each album, ascending. */
export interface CreditIndex {
  rowsByArtist(artist: number): Int32Array;
  rowsOnAlbum(album: number): Int32Array;
}

/** A catalog that is loaded again gets a new index; the old one goes with it. */
const INDEXES = new WeakMap<Catalog, CreditIndex>();

/** The index of a catalog, built once: four bytes a credit, an album and an artist, and one pass over the catalog. */
export function creditIndexOf(catalog: Catalog): CreditIndex {
  const known = INDEXES.get(catalog);
  if (known) return known;
  const { offsets, values } = catalog.artists;
  const artists = grouped(values, { groups: catalog.artistIds.length, rowsFrom: offsets, size: catalog.size });
  const albums = grouped(catalog.albums, { groups: catalog.albumIds.length, size: catalog.size });
  const index = { rowsByArtist: artists, rowsOnAlbum: albums };
  INDEXES.set(catalog, index);
  return index;
}

interface Grouping {
  readonly groups: number;
  readonly size: number;
  /** Where the values of each row begin; without it a row has one. */
  readonly rowsFrom?: Int32Array | Uint32Array;
}

/** The rows of each value, by counting. */
function grouped(values: Int32Array, { groups, rowsFrom, size }: Grouping): (group: number) => Int32Array {
  const starts = new Int32Array(groups + 1);
  for (const group of values) starts[group + 1] = (starts[group + 1] ?? 0) + 1;
  for (let group = 1; group <= groups; group++) starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(values.length);
  for (let row = 0; row < size; row++) {
    const [from, to] = rowsFrom ? [rowsFrom[row] ?? 0, rowsFrom[row + 1] ?? 0] : [row, row + 1];
    for (let at = from; at < to; at++) {
      const group = values[at] ?? 0;
      const place = next[group] ?? 0;
      // A credit may name an artist twice.
      if (place > (starts[group] ?? 0) && rows[place - 1] === row) continue;
      rows[place] = row;
      next[group] = place + 1;
    }
  }
  return (group) => (group < 0 || group >= groups ? rows.subarray(0, 0) : rows.subarray(starts[group], next[group]));
}
