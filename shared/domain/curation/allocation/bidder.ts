import TinyQueue from 'tinyqueue';
import type { Team } from './team.ts';
import type { Choice } from '../ranking.ts';

/** A row that a bidder holds, at the price that another bidder has to exceed. */
export interface Holding extends Choice {
  readonly bidder: Bidder;
  /** Value to the bidder: the score times the weight of its team. */
  readonly value: number;
  readonly price: number;
}

/** A row that a bidder could take: its value, and its net value (value minus price) as `worth`. */
export interface Candidate extends Choice {
  readonly value: number;
  readonly netValue: number;
}

/** Current prices. */
export interface Prices {
  /** Price of the row for this bidder: the sum of the prices of all bidders that would lose it. Infinite when it is not available. */
  costOf(row: number, bidder: Bidder): number;
}

/** A candidate by its rank and an upper bound of its net value. */
interface Queued {
  readonly rank: number;
  readonly worth: number;
}

/** Highest net value first; ties by the better rank, so that the order is always the same. */
const bestFirst = (a: Queued, b: Queued): number => (a.worth === b.worth ? a.rank - b.rank : b.worth - a.worth);

/** A bidder: one block of a team's mix, or the whole team without a mix. Finds the candidates with the highest net value. */
export class Bidder {
  readonly index: number;
  readonly team: Team;
  readonly block: number;
  readonly holdings = new Set<Holding>();
  quota: number;
  #queue = new TinyQueue<Queued>([], bestFirst);
  readonly #prices: Prices;
  /** First rank not in the queue yet. */
  #nextRank = 0;

  constructor(index: number, { team, block }: { team: Team; block: number }, prices: Prices) {
    this.index = index;
    this.team = team;
    this.block = block;
    this.quota = team.quotaOf(block);
    this.#prices = prices;
  }

  get missing(): number {
    return this.quota - this.holdings.size;
  }

  /** Takes the candidate with the highest net value that fits the team's caps and parks the others. Prices only rise, so a queued net value is an upper bound. */
  takeBest(): Candidate | undefined {
    const { candidates, caps, weight } = this.team;
    for (;;) {
      this.#extendQueue();
      const best = this.#queue.pop();
      if (!best) return undefined;
      const { rank, worth: ceiling } = best;
      const row = candidates.rows[rank] ?? -1;
      const score = candidates.scores[rank] ?? 0;
      const value = score * weight;
      const worth = value - this.#prices.costOf(row, this);
      if (worth === Number.NEGATIVE_INFINITY) continue;
      if (worth < ceiling) this.#queue.push({ rank, worth });
      else if (caps.fits(row)) return { row, rank, score, value, netValue: worth };
      else this.team.park(row, { bidder: this.index, rank });
    }
  }

  /** Puts a candidate (back) into the queue; `takeBest` checks its price again. */
  offer(rank: number, worth = this.valueOf(rank)): void {
    this.#queue.push({ rank, worth });
  }

  valueOf(rank: number): number {
    return (this.team.candidates.scores[rank] ?? 0) * this.team.weight;
  }

  /** Starts the search again from the first rank, so that released rows are found. */
  restart(): void {
    this.#nextRank = 0;
    this.#queue = new TinyQueue([], bestFirst);
    this.team.unparkAll(this.index);
  }

  #extendQueue(): void {
    const { candidates, held } = this.team;
    const { rows } = candidates;
    while (this.#nextRank < rows.length && this.valueOf(this.#nextRank) > (this.#queue.peek()?.worth ?? Number.NEGATIVE_INFINITY)) {
      const rank = this.#nextRank++;
      const row = rows[rank] ?? -1;
      if (held.has(row) || !this.team.admits(row, this.block)) continue;
      const cost = this.#prices.costOf(row, this);
      if (cost < Number.POSITIVE_INFINITY) this.#queue.push({ rank, worth: this.valueOf(rank) - cost });
    }
  }
}
