import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

export interface CapLimits {
  readonly perArtist: number;
  readonly perAlbum: number;
}

/**
 * The effective caps of a policy: its own, with the artist cap limited to what artist separation allows. A list of K tracks has room for ⌈K ÷ gap⌉
 * tracks that are `gap` positions apart.
 */
export function capsOf({ caps, separation, size }: Pick<PolicyV1, 'caps' | 'separation' | 'size'>): CapLimits {
  return { ...caps, perArtist: Math.min(caps.perArtist, Math.ceil(size / Math.max(1, separation.artist))) };
}

/** A suffix that names artist separation as the limit where it is stricter than the artist cap; empty otherwise. */
export function describeSeparationLimit(policy: Pick<PolicyV1, 'caps' | 'separation' | 'size'>): string {
  return capsOf(policy).perArtist < policy.caps.perArtist ? ` with an artist separation of ${policy.separation.artist}` : '';
}

/** Counts the tracks of each artist and album in a list against its caps. Every credited artist counts. */
export class Caps {
  readonly #counts = new Map<number, number>();
  readonly #catalog: Catalog;
  readonly #limits: CapLimits;

  constructor(catalog: Catalog, limits: CapLimits) {
    this.#catalog = catalog;
    this.#limits = limits;
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
  check(row: number): 'fits' | 'artist_cap' | 'album_cap' {
    const { offsets, values } = this.#catalog.artists;
    const end = offsets[row + 1] ?? 0;
    for (let at = offsets[row] ?? 0; at < end; at++) {
      if (this.#isFull(values[at] ?? 0)) return 'artist_cap';
    }
    return this.#isFull(albumKey(this.#catalog, row)) ? 'album_cap' : 'fits';
  }

  /** Keys of the artists and the album of a row. Artist keys are ≥ 0, album keys negative, so they never collide. */
  keysOf(row: number): number[] {
    const { offsets, values } = this.#catalog.artists;
    const end = offsets[row + 1] ?? 0;
    const keys: number[] = [];
    for (let at = offsets[row] ?? 0; at < end; at++) keys.push(values[at] ?? 0);
    keys.push(albumKey(this.#catalog, row));
    return keys;
  }

  /** The keys of a row that are at their cap. */
  fullKeysOf(row: number): number[] {
    return this.keysOf(row).filter((key) => this.#isFull(key));
  }

  /** The cap of the artist or album that a key stands for. */
  limitOf(key: number): number {
    return key < 0 ? this.#limits.perAlbum : this.#limits.perArtist;
  }

  #isFull(key: number): boolean {
    return (this.#counts.get(key) ?? 0) >= this.limitOf(key);
  }
}

function albumKey(catalog: Catalog, row: number): number {
  return -1 - (catalog.albums[row] ?? 0);
}
