import type { Demand } from '../demand.ts';
import type { OpenList } from './list.ts';

/** Rows assigned so far, by conflict scope. Starts with the rows that lists hold already. */
export class ClaimedRows {
  readonly #rows = new Map<number, Set<number>>();

  constructor(demands: readonly Demand[]) {
    for (const demand of demands) for (const row of demand.held) this.add(row, demand.conflictScopes);
  }

  add(row: number, conflictScopes: readonly number[]): void {
    for (const scope of conflictScopes) {
      const known = this.#rows.get(scope);
      if (known) known.add(row);
      else this.#rows.set(scope, new Set([row]));
    }
  }

  remove(row: number, conflictScopes: readonly number[]): void {
    for (const scope of conflictScopes) this.#rows.get(scope)?.delete(row);
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

  isFree(row: number, conflictScopes: readonly number[]): boolean {
    for (const scope of conflictScopes) if (this.#rows.get(scope)?.has(row)) return false;
    return true;
  }
}
