import type { Demand } from './allocation.ts';
import { Caps } from '../caps.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import type { Choice } from '../ranking.ts';

/** A choice with the block it fills, null in a list without a mix. */
type Seated = Choice & { readonly block: number | null };

/** A list while it is being filled: what it holds, under its caps and with every block of its mix within its slots. */
export class OpenList {
  readonly demand: Demand;
  readonly caps: Caps;
  /** Choices by block; one nameless block of all slots when there is no mix. */
  readonly #seats: Choice[][];
  #count = 0;
  #total = 0;

  constructor(demand: Demand, catalogue: Catalogue) {
    this.demand = demand;
    this.caps = new Caps(catalogue, demand.caps);
    for (const row of demand.held) this.caps.add(row);
    this.#seats = demand.blocks.length > 0 ? demand.blocks.map(() => []) : [[]];
  }

  get count(): number {
    return this.#count;
  }

  /** The sum of the scores of what is in the list. */
  get total(): number {
    return this.#total;
  }

  get isFull(): boolean {
    return this.#count >= this.demand.slots;
  }

  /** What is in the list now, by block. */
  choices(): readonly Choice[] {
    return this.#seats.flat();
  }

  /** Seats of a block that are not taken; block 0 is the whole list where there is no mix. */
  openSeats(block: number): number {
    return this.slotsOf(block) - (this.#seats[block]?.length ?? 0);
  }

  slotsOf(block: number): number {
    return this.demand.blocks[block]?.slots ?? this.demand.slots;
  }

  /** Adds the choice when the caps allow it and a seat is free, in the wished block if possible, or can be made free by moving others on. */
  add(choice: Choice, wished = 0): boolean {
    if (this.isFull || !this.caps.fits(choice.row) || !this.#seat(choice, wished)) return false;
    this.caps.add(choice.row);
    this.#count += 1;
    this.#total += choice.score;
    return true;
  }

  remove(choice: Choice): void {
    for (const seats of this.#seats) {
      const at = seats.findIndex((seated) => seated.rank === choice.rank);
      if (at < 0) continue;
      seats.splice(at, 1);
      this.caps.remove(choice.row);
      this.#count -= 1;
      this.#total -= choice.score;
      return;
    }
  }

  clear(): void {
    for (const choice of this.choices()) this.remove(choice);
  }

  /** What is in the list, best first. */
  seated(): Seated[] {
    const { blocks } = this.demand;
    const seated = this.#seats.flatMap((seats, block) => seats.map((choice) => ({ ...choice, block: blocks.length > 0 ? block : null })));
    return seated.toSorted((a, b) => a.rank - b.rank);
  }

  #seat(choice: Choice, wished: number): boolean {
    const { blocks } = this.demand;
    if (blocks.length > 0 && (this.openSeats(wished) <= 0 || !blocks[wished]?.admits(choice.row))) return this.#seatAnywhere(choice, new Set());
    this.#seats[wished]?.push(choice);
    return true;
  }

  /** An augmenting path over the blocks: who is in the way moves on to another block that admits it. */
  #seatAnywhere(choice: Choice, tried: Set<number>): boolean {
    for (const [index, block] of this.demand.blocks.entries()) {
      if (tried.has(index) || !block.admits(choice.row)) continue;
      tried.add(index);
      if (this.#sitDown(choice, index, tried)) return true;
    }
    return false;
  }

  #sitDown(choice: Choice, index: number, tried: Set<number>): boolean {
    const seats = this.#seats[index] ?? [];
    if (this.openSeats(index) > 0) {
      seats.push(choice);
      return true;
    }
    const movable = seats.findIndex((other) => this.#seatAnywhere(other, tried));
    if (movable < 0) return false;
    seats[movable] = choice;
    return true;
  }
}
