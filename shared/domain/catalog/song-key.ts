import { artistsOf } from './catalog-columns.ts';
import type { Catalog } from './catalog-columns.ts';
import { normalizeArtist, readTitle } from './normalize-title.ts';

/** Brackets, and what follows a dash: versions, guests and notes of a release. */
const ADDITIONS = /\s*[([{][^()[\]{}]*[)\]}]|\s[-–—]\s.*$/g;

/**
 * The key that all recordings of a song by one artist share: the title without version, guests and notes, and the main artist. A title that is nothing
 * but an addition, such as "(Live)", counts whole.
 */
export function songKey(title: string, mainArtist: string): string {
  const bare = title.replace(ADDITIONS, '').trim();
  return `${readTitle(bare === '' ? title : bare).title} | ${normalizeArtist(mainArtist)}`;
}

/** The songs of a catalog as numbers, each read when it is first asked for. */
export class SongNumbers {
  static readonly #known = new WeakMap<Catalog, SongNumbers>();
  readonly #catalog: Catalog;
  /** By row; 0 where it was not read yet. */
  readonly #songs: Int32Array;
  readonly #numbers = new Map<string, number>();

  /** The songs of this catalog; every call gives the same numbers. */
  static of(catalog: Catalog): SongNumbers {
    const songs = SongNumbers.#known.get(catalog) ?? new SongNumbers(catalog);
    SongNumbers.#known.set(catalog, songs);
    return songs;
  }

  private constructor(catalog: Catalog) {
    this.#catalog = catalog;
    this.#songs = new Int32Array(catalog.size);
  }

  /** The song of a row, from 1. A row without a title, or of a catalog without texts, is a song of its own: a negative number. */
  of(row: number): number {
    const known = this.#songs[row] ?? 0;
    if (known !== 0) return known;
    const title = this.#catalog.titles?.[row] ?? '';
    const artist = artistsOf(this.#catalog, row)[0] ?? -1;
    const name = this.#catalog.artistNames[artist] || (this.#catalog.artistIds[artist] ?? '');
    const song = title.trim() === '' ? -1 - row : this.#numberOf(songKey(title, name));
    if (row >= 0 && row < this.#songs.length) this.#songs[row] = song;
    return song;
  }

  #numberOf(key: string): number {
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1;
    this.#numbers.set(key, number);
    return number;
  }
}
