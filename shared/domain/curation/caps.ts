import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { SongNumbers } from '#shared/domain/catalog/song-key.ts';

export interface CapLimits {
  readonly perArtist: number;
  readonly perAlbum: number;
  /** Recordings of one song; without it songs are not counted. */
  readonly perSong?: number;
}

/**
 * The effective caps of a policy: its own, with the artist cap limited to what artist separation allows. A list of K tracks has room for ⌈K ÷ gap⌉
 * tracks that are `gap` positions apart. In version 2 a song is in a list once.
 */
export function capsOf({ version, caps, separation, size }: Pick<Policy, 'version' | 'caps' | 'separation' | 'size'>): CapLimits {
  const perArtist = Math.min(caps.perArtist, Math.ceil(size / Math.max(1, separation.artist)));
  return version === 2 ? { ...caps, perArtist, perSong: 1 } : { ...caps, perArtist };
}

/** A suffix that names artist separation as the limit where it is stricter than the artist cap; empty otherwise. */
export function describeSeparationLimit(policy: Pick<Policy, 'version' | 'caps' | 'separation' | 'size'>): string {
  return capsOf(policy).perArtist < policy.caps.perArtist ? ` with an artist separation of ${policy.separation.artist}` : '';
}

/** Counts the tracks of each artist, album and song in a list against its caps. Every credited artist counts. */
export class Caps {
  readonly #counts = new Map<number, number>();
  readonly #catalog: Catalog;
  readonly #limits: CapLimits;
  readonly #songs: SongNumbers | undefined;

  constructor(catalog: Catalog, limits: CapLimits) {
    this.#catalog = catalog;
    this.#limits = limits;
    this.#songs = limits.perSong === undefined ? undefined : SongNumbers.of(catalog);
  }

  add(row: number, times = 1): void {
    for (const key of this.keysOf(row)) this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  remove(row: number): void {
    this.add(row, -1);
  }

  fits(row: number): boolean {
    return this.check(row) === 'fits';
  }

  /** Whether the row fits, or which cap it exceeds; the artist cap is checked first. */
  check(row: number): 'fits' | 'artist_cap' | 'album_cap' | 'song_twice' {
    const { offsets, values } = this.#catalog.artists;
    const end = offsets[row + 1] ?? 0;
    for (let at = offsets[row] ?? 0; at < end; at++) {
      if (this.#isFull(values[at] ?? 0)) return 'artist_cap';
    }
    if (this.#isFull(albumKey(this.#catalog, row))) return 'album_cap';
    return this.#songs && this.#isFull(this.#songKey(this.#songs, row)) ? 'song_twice' : 'fits';
  }

  /** Keys of the artists, the song and, last, the album of a row. Artist keys are ≥ 0, album keys negative and song keys below those, so they never collide. */
  keysOf(row: number): number[] {
    const { offsets, values } = this.#catalog.artists;
    const end = offsets[row + 1] ?? 0;
    const keys: number[] = [];
    for (let at = offsets[row] ?? 0; at < end; at++) keys.push(values[at] ?? 0);
    if (this.#songs) keys.push(this.#songKey(this.#songs, row));
    keys.push(albumKey(this.#catalog, row));
    return keys;
  }

  /** The keys of a row that are at their cap. */
  fullKeysOf(row: number): number[] {
    return this.keysOf(row).filter((key) => this.#isFull(key));
  }

  /** The cap of the artist, album or song that a key stands for. */
  limitOf(key: number): number {
    if (this.#limits.perSong !== undefined && key < -this.#catalog.albumIds.length) return this.#limits.perSong;
    return key < 0 ? this.#limits.perAlbum : this.#limits.perArtist;
  }

  /** Songs are numbered from 1; a row that is a song of its own has a negative number, which goes to the far end. */
  #songKey(songs: SongNumbers, row: number): number {
    const song = songs.of(row);
    return -1 - this.#catalog.albumIds.length - (song > 0 ? song : this.#catalog.size - song);
  }

  #isFull(key: number): boolean {
    return (this.#counts.get(key) ?? 0) >= this.limitOf(key);
  }
}

function albumKey(catalog: Catalog, row: number): number {
  return -1 - (catalog.albums[row] ?? 0);
}
