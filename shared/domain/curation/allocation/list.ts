import type { Demand } from '../demand.ts';
import { Caps } from '../caps.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { Choice } from '../ranking.ts';

/** A choice with the block it fills, null in a list without a mix. */
type BlockChoice = Choice & { readonly block: number | null };

/** A list while it is being filled. Keeps its caps and the slots of every block of its mix. */
export class OpenList {
  readonly demand: Demand;
  readonly caps: Caps;
  /** Choices by block; one block of all slots when there is no mix. */
  readonly #blocks: Choice[][];
  #count = 0;
  #total = 0;

  constructor(demand: Demand, catalog: Catalog) {
    this.demand = demand;
    this.caps = new Caps(catalog, demand.caps);
    for (const row of demand.held) this.caps.add(row);
    this.#blocks = demand.blocks.length > 0 ? demand.blocks.map(() => []) : [[]];
  }

  get count(): number {
    return this.#count;
  }

  /** The sum of the scores of its choices. */
  get total(): number {
    return this.#total;
  }

  get isFull(): boolean {
    return this.#count >= this.demand.slots;
  }

  /** The current choices, by block. */
  choices(): readonly Choice[] {
    return this.#blocks.flat();
  }

  /** Free slots of a block; block 0 is the whole list where there is no mix. */
  freeSlots(block: number): number {
    return this.slotsOf(block) - (this.#blocks[block]?.length ?? 0);
  }

  slotsOf(block: number): number {
    return this.demand.blocks[block]?.slots ?? this.demand.slots;
  }

  /** Adds the choice if it fits the caps and a slot is free or can be freed by moving others to another block. Prefers the given block. */
  add(choice: Choice, preferredBlock = 0): boolean {
    if (this.isFull || !this.caps.fits(choice.row) || !this.#place(choice, preferredBlock)) return false;
    this.caps.add(choice.row);
    this.#count += 1;
    this.#total += choice.score;
    return true;
  }

  remove(choice: Choice): void {
    for (const choices of this.#blocks) {
      const at = choices.findIndex((other) => other.rank === choice.rank);
      if (at < 0) continue;
      choices.splice(at, 1);
      this.caps.remove(choice.row);
      this.#count -= 1;
      this.#total -= choice.score;
      return;
    }
  }

  clear(): void {
    for (const choice of this.choices()) this.remove(choice);
  }

  /** The current choices, best first. */
  assignments(): BlockChoice[] {
    const { blocks } = this.demand;
    const choices = this.#blocks.flatMap((inBlock, block) => inBlock.map((choice) => ({ ...choice, block: blocks.length > 0 ? block : null })));
    return choices.toSorted((a, b) => a.rank - b.rank);
  }

  #place(choice: Choice, preferredBlock: number): boolean {
    const { blocks } = this.demand;
    if (blocks.length > 0 && (this.freeSlots(preferredBlock) <= 0 || !blocks[preferredBlock]?.admits(choice.row)))
      return this.#placeAnywhere(choice, new Set());
    this.#blocks[preferredBlock]?.push(choice);
    return true;
  }

  /** Augmenting path over the blocks: a choice in the way moves to another block that admits it. */
  #placeAnywhere(choice: Choice, tried: Set<number>): boolean {
    for (const [index, block] of this.demand.blocks.entries()) {
      if (tried.has(index) || !block.admits(choice.row)) continue;
      tried.add(index);
      if (this.#placeIn(choice, index, tried)) return true;
    }
    return false;
  }

  #placeIn(choice: Choice, index: number, tried: Set<number>): boolean {
    const choices = this.#blocks[index] ?? [];
    if (this.freeSlots(index) > 0) {
      choices.push(choice);
      return true;
    }
    const movable = choices.findIndex((other) => this.#placeAnywhere(other, tried));
    if (movable < 0) return false;
    choices[movable] = choice;
    return true;
  }
}
