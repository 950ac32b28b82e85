/**
 * Slots per block of a mix, adding up to `places`: whole parts first, then one more to the largest remainders (Hamilton's method), ties to the earlier
 * block. Pins are outside the mix, so `places` is the list without them.
 */
export function slotsByShare(places: number, shares: readonly number[]): number[] {
  if (shares.length === 0) return [];
  const total = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => (places * share) / total);
  const slots = exact.map((part) => Math.floor(part + 1e-9));
  const left = places - slots.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact.map((part, index) => ({ index, remainder: part - (slots[index] ?? 0) }));
  const ordered = byRemainder.toSorted((a, b) => (Math.abs(a.remainder - b.remainder) < 1e-9 ? a.index - b.index : b.remainder - a.remainder));
  for (const { index } of ordered.slice(0, left)) slots[index] = (slots[index] ?? 0) + 1;
  return slots;
}

/** Assigns rows to the blocks of a mix; moves earlier rows to another block that admits them where that frees a slot (augmenting path). */
export class BlockAssignment {
  readonly #rows: number[][];
  readonly #slots: readonly number[];
  readonly #admits: (row: number, block: number) => boolean;

  constructor(slots: readonly number[], admits: (row: number, block: number) => boolean) {
    this.#slots = slots;
    this.#admits = admits;
    this.#rows = slots.map(() => []);
  }

  /** Assigns the row to a block; false, with no change, when no slot can be freed. */
  assign(row: number): boolean {
    return this.#assign(row, new Set());
  }

  /** Free slots by block. */
  freeSlots(): number[] {
    return this.#slots.map((slots, block) => slots - (this.#rows[block]?.length ?? 0));
  }

  blockOf(row: number): number | null {
    const block = this.#rows.findIndex((rows) => rows.includes(row));
    return block < 0 ? null : block;
  }

  #assign(row: number, tried: Set<number>): boolean {
    for (const [block, rows] of this.#rows.entries()) {
      if (tried.has(block) || !this.#admits(row, block)) continue;
      tried.add(block);
      if (rows.length < (this.#slots[block] ?? 0)) {
        rows.push(row);
        return true;
      }
      for (const [at, other] of rows.entries()) {
        if (!this.#assign(other, tried)) continue;
        rows[at] = row;
        return true;
      }
    }
    return false;
  }
}
