import { artistsOf } from '../catalog-columns.ts';
import type { Catalog } from '../catalog-columns.ts';
import { creditIndexOf } from '../credit-index.ts';

/** The examples by number of artist or album: their weight, and the one with the lowest row. */
interface Holder {
  weight: number;
  example: number;
}

/** What albums and credits say of rows. */
export interface CreditLinks {
  /** The artist of a row with the most examples; undefined when none has any. `tracks` is the number of the artist's recordings in the catalog. */
  artistOf(row: number): { readonly weight: number; readonly example: number; readonly tracks: number } | undefined;
  /** The example on the album of a row. */
  albumOf(row: number): number | undefined;
}

/** Finds the rows that share an artist or an album with the examples. */
export function creditLinks(catalog: Catalog, weights: ReadonlyMap<number, number>): CreditLinks {
  const artists = new Map<number, Holder>();
  const albums = new Map<number, Holder>();
  for (const [row, weight] of weights) {
    for (const artist of artistsOf(catalog, row)) add(artists, artist, { weight, example: row });
    add(albums, catalog.albums[row] ?? -1, { weight, example: row });
  }
  const index = creditIndexOf(catalog);
  return {
    artistOf: (row) => {
      let best: (Holder & { tracks: number }) | undefined;
      for (const artist of artistsOf(catalog, row)) {
        const held = artists.get(artist);
        if (held && held.weight > (best?.weight ?? 0)) best = { ...held, tracks: Math.max(1, index.rowsByArtist(artist).length) };
      }
      return best;
    },
    albumOf: (row) => albums.get(catalog.albums[row] ?? -1)?.example,
  };
}

function add(holders: Map<number, Holder>, of: number, { weight, example }: Holder): void {
  const held = holders.get(of);
  if (!held) holders.set(of, { weight, example });
  else {
    held.weight += weight;
    held.example = Math.min(held.example, example);
  }
}
