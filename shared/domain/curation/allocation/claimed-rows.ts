import type { Demand } from '../demand.ts';
import type { OpenList } from './list.ts';

/** Rows assigned so far, by conflict scope. Starts with the rows that lists hold already. */
export class ClaimedRows {
  readonly #rows = new Map<number, Set<number>>();

  constructor(demands: readonly Demand[]) {
    for (const demand of demands) for (const row of demand.held) this.add(row, demand.conflictScopes);
  }

  add(row: number, arenas: readonly number[]): void {
    for (const arena of arenas) {
      const known = this.#rows.get(arena);
      if (known) known.add(row);
      else this.#rows.set(arena, new Set([row]));
    }
  }

  remove(row: number, arenas: readonly number[]): void {
    for (const arena of arenas) this.#rows.get(arena)?.delete(row);
  }

  /** Marks the rows of a list as taken. */
  claim(list: OpenList): void {
    for (const { row } of list.choices()) this.add(row, list.demand.conflictScopes);
  }

  /** Empties a list and frees the rows it had claimed. */
  release(list: OpenList): void {
    for (const { row } of list.choices()) this.remove(row, list.demand.conflictScopes);
    list.clear();
  }

  isFree(row: number, arenas: readonly number[]): boolean {
    for (const arena of arenas) if (this.#rows.get(arena)?.has(row)) return false;
    return true;
  }
}
