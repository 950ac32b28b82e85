import type { Bidder, Holding, Prices } from './bidder.ts';
import type { ClaimedRows } from './claimed-rows.ts';

/** The holder and price of every row. Bidders that share no conflict scope can hold the same row at once. */
export class Market implements Prices {
  readonly #holdings = new Map<number, Holding[]>();
  readonly #taken: ClaimedRows;
  readonly #rivals = new Map<Bidder, Set<Bidder>>();

  constructor(taken: ClaimedRows) {
    this.#taken = taken;
  }

  costOf(row: number, bidder: Bidder): number {
    const { team } = bidder;
    if (!this.#taken.isFree(row, team.conflictScopes)) return Number.POSITIVE_INFINITY;
    let cost = 0;
    for (const holding of this.#holdings.get(row) ?? []) {
      if (holding.bidder === bidder) return Number.POSITIVE_INFINITY;
      if (this.#compete(holding.bidder, bidder)) cost += holding.price;
    }
    return cost;
  }

  /** Assigns the row to the new holder and returns the holdings that its competitors lost. */
  acquire(won: Holding): Holding[] {
    const before = this.#holdings.get(won.row) ?? [];
    const lost = before.filter((holding) => this.#compete(holding.bidder, won.bidder));
    this.#holdings.set(won.row, [...before.filter((holding) => !lost.includes(holding)), won]);
    won.bidder.holdings.add(won);
    for (const holding of lost) holding.bidder.holdings.delete(holding);
    return lost;
  }

  release(holding: Holding): void {
    const others = (this.#holdings.get(holding.row) ?? []).filter((other) => other !== holding);
    this.#holdings.set(holding.row, others);
    holding.bidder.holdings.delete(holding);
  }

  /** Blocks of one team compete too: a list contains a recording once. */
  #compete(a: Bidder, b: Bidder): boolean {
    if (a.team === b.team) return true;
    let rivals = this.#rivals.get(a);
    if (!rivals) this.#rivals.set(a, (rivals = new Set()));
    if (rivals.has(b)) return true;
    if (!a.team.conflictScopes.some((scope) => b.team.conflictScopes.includes(scope))) return false;
    rivals.add(b);
    return true;
  }
}
