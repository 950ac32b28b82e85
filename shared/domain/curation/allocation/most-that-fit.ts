import type { ClaimedRows } from './claimed-rows.ts';
import type { OpenList } from './list.ts';

/**
 * The most unassigned rows that an empty list can take, by counting: its cap of each album within its cap of each first artist, and its slots of each
 * block. No selection has more. Where every track has one artist and every album belongs to one, some selection without a mix has as many.
 */
export function mostThatFit({ demand, caps }: OpenList, taken: ClaimedRows): number {
  const { candidates, conflictScopes, blocks } = demand;
  const held = new Set(demand.held);
  const usedByHeld = new Map<number, number>();
  for (const row of held) for (const key of caps.keysOf(row)) usedByHeld.set(key, (usedByHeld.get(key) ?? 0) + 1);
  const roomOf = (key: number) => Math.max(0, caps.limitOf(key) - (usedByHeld.get(key) ?? 0));
  const byAlbum = new Counts();
  const byArtist = new Counts();
  /** Tracks by one first artist on one album. */
  const byBoth = new Map<number, Counts>();
  const byBlock = blocks.map(() => 0);
  for (const row of candidates.rows) {
    if (held.has(row) || !taken.isFree(row, conflictScopes)) continue;
    const keys = caps.keysOf(row);
    const [artist, album] = [keys[0] ?? 0, keys.at(-1) ?? 0];
    byAlbum.add(album);
    const ofArtist = byBoth.get(artist) ?? new Counts();
    byBoth.set(artist, ofArtist);
    if (ofArtist.add(album) <= roomOf(album)) byArtist.add(artist);
    for (const [index, block] of blocks.entries()) if (block.admits(row)) byBlock[index] = (byBlock[index] ?? 0) + 1;
  }
  const inBlocks = blocks.reduce((sum, { slots }, index) => sum + Math.min(slots, byBlock[index] ?? 0), 0);
  return Math.min(byArtist.sumWithin(roomOf), byAlbum.sumWithin(roomOf), blocks.length > 0 ? inBlocks : Infinity);
}

class Counts {
  readonly #counts = new Map<number, number>();

  add(key: number): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }

  sumWithin(roomOf: (key: number) => number): number {
    let sum = 0;
    for (const [key, count] of this.#counts) sum += Math.min(count, roomOf(key));
    return sum;
  }
}
