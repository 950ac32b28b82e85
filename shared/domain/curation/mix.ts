/**
 * Places by share of a mix, adding up to `places`: whole parts first, then one more to the largest remainders (Hamilton's method), of equal
 * ones to the earlier. Pins stand outside the mix, so `places` is the list without them.
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

/** Seats rows in the blocks of a mix, moving earlier ones to another block that admits them where that makes room. */
export class Seating {
  readonly #seats: number[][];
  readonly #slots: readonly number[];
  readonly #admits: (row: number, block: number) => boolean;

  constructor(slots: readonly number[], admits: (row: number, block: number) => boolean) {
    this.#slots = slots;
    this.#admits = admits;
    this.#seats = slots.map(() => []);
  }

  /** Whether a seat could be found; without one nothing changes. */
  seat(row: number): boolean {
    return this.#seatIn(row, new Set());
  }

  /** Seats that are still free, by block. */
  free(): number[] {
    return this.#slots.map((slots, block) => slots - (this.#seats[block]?.length ?? 0));
  }

  blockOf(row: number): number | null {
    const block = this.#seats.findIndex((seats) => seats.includes(row));
    return block < 0 ? null : block;
  }

  #seatIn(row: number, tried: Set<number>): boolean {
    for (const [block, seats] of this.#seats.entries()) {
      if (tried.has(block) || !this.#admits(row, block)) continue;
      tried.add(block);
      if (seats.length < (this.#slots[block] ?? 0)) {
        seats.push(row);
        return true;
      }
      for (const [at, other] of seats.entries()) {
        if (!this.#seatIn(other, tried)) continue;
        seats[at] = row;
        return true;
      }
    }
    return false;
  }
}
