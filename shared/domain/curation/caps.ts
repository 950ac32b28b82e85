import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';

export interface CapLimits {
  readonly perArtist: number;
  readonly perAlbum: number;
}

/**
 * The caps that hold in a list of the policy: its own, and of one artist no more than can stand as far apart as its separation asks. K places have
 * room for ⌈K ÷ gap⌉ tracks that are `gap` apart.
 */
export function capsOf({ caps, separation, size }: Pick<PolicyV1, 'caps' | 'separation' | 'size'>): CapLimits {
  return { ...caps, perArtist: Math.min(caps.perArtist, Math.ceil(size / Math.max(1, separation.artist))) };
}

/** Says so where it is the separation, not the cap itself, that lets an artist have no more; empty where it is not. */
export function apartWords(policy: Pick<PolicyV1, 'caps' | 'separation' | 'size'>): string {
  return capsOf(policy).perArtist < policy.caps.perArtist ? `: no more can stand ${policy.separation.artist} places apart` : '';
}

/** Counts how often artists and albums stand in a list, against its caps. Every credited artist counts. */
export class Caps {
  readonly #counts = new Map<number, number>();
  readonly #catalogue: Catalogue;
  readonly #limits: CapLimits;

  constructor(catalogue: Catalogue, limits: CapLimits) {
    this.#catalogue = catalogue;
    this.#limits = limits;
  }

  add(row: number, times = 1): void {
    for (const key of this.keysOf(row)) this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  remove(row: number): void {
    this.add(row, -1);
  }

  fits(row: number): boolean {
    return this.verdict(row) === 'fits';
  }

  /** Which cap is in the way, the artist's named first. */
  verdict(row: number): 'fits' | 'artist_cap' | 'album_cap' {
    const artists = artistsOf(this.#catalogue, row);
    for (let i = 0; i < artists.length; i++) {
      if (this.#isFull(artists[i] ?? 0)) return 'artist_cap';
    }
    return this.#isFull(albumKey(this.#catalogue, row)) ? 'album_cap' : 'fits';
  }

  /** The artists and the album of a row, as keys that do not clash. */
  keysOf(row: number): number[] {
    return [...artistsOf(this.#catalogue, row), albumKey(this.#catalogue, row)];
  }

  /** The keys of a row that are at their cap. */
  fullKeysOf(row: number): number[] {
    return this.keysOf(row).filter((key) => this.#isFull(key));
  }

  /** How often the artist or album behind a key may stand in the list. */
  limitOf(key: number): number {
    return key < 0 ? this.#limits.perAlbum : this.#limits.perArtist;
  }

  #isFull(key: number): boolean {
    return (this.#counts.get(key) ?? 0) >= this.limitOf(key);
  }
}

function albumKey(catalogue: Catalogue, row: number): number {
  return -1 - (catalogue.albums[row] ?? 0);
}
