import type { Demand } from './allocation.ts';
import { Caps } from './caps.ts';
import type { Catalogue } from './catalogue-columns.ts';
import type { Choice } from './ranking.ts';

/** A choice with the block it fills, null in a list without a mix. */
export type Seated = Choice & { readonly block: number | null };

/** A list while it is being filled: what it holds, under its caps and with every block of its mix within its slots. */
export class OpenList {
  readonly demand: Demand;
  readonly caps: Caps;
  /** Rows by block; one nameless block of all slots when there is no mix. */
  readonly #seats: Choice[][];
  #count = 0;

  constructor(demand: Demand, catalogue: Catalogue) {
    this.demand = demand;
    this.caps = new Caps(catalogue, demand.caps);
    for (const row of demand.held) this.caps.add(row);
    this.#seats = demand.blocks.length > 0 ? demand.blocks.map(() => []) : [[]];
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count >= this.demand.slots;
  }

  get choices(): readonly Choice[] {
    return this.#seats.length === 1 ? (this.#seats[0] ?? []) : this.#seats.flat();
  }

  /** Adds the choice when the caps allow it and a seat is free or can be made free by moving others between blocks. */
  add(choice: Choice): boolean {
    if (this.isFull || !this.caps.fits(choice.row) || !this.#seat(choice)) return false;
    this.caps.add(choice.row);
    this.#count += 1;
    return true;
  }

  remove(choice: Choice): void {
    for (const seats of this.#seats) {
      const at = seats.indexOf(choice);
      if (at < 0) continue;
      seats.splice(at, 1);
      this.caps.remove(choice.row);
      this.#count -= 1;
      return;
    }
  }

  /** What is in the list, best first. */
  seated(): Seated[] {
    const { blocks } = this.demand;
    const seated = this.#seats.flatMap((seats, block) => seats.map((choice) => ({ ...choice, block: blocks.length > 0 ? block : null })));
    return seated.toSorted((a, b) => a.rank - b.rank);
  }

  #seat(choice: Choice): boolean {
    const { blocks } = this.demand;
    if (blocks.length === 0) {
      this.#seats[0]?.push(choice);
      return true;
    }
    return this.#seatInBlock(choice, new Set());
  }

  /** An augmenting path over the blocks: who is in the way moves on to another block that admits it. */
  #seatInBlock(choice: Choice, tried: Set<number>): boolean {
    for (const [index, block] of this.demand.blocks.entries()) {
      const seats = this.#seats[index];
      if (!seats || tried.has(index) || !block.admits(choice.row)) continue;
      tried.add(index);
      if (seats.length < block.slots) {
        seats.push(choice);
        return true;
      }
      for (const [at, other] of seats.entries()) {
        if (!this.#seatInBlock(other, tried)) continue;
        seats[at] = choice;
        return true;
      }
    }
    return false;
  }
}
