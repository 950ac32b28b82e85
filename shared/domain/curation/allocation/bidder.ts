import { BestFirst } from './queue.ts';
import type { Team } from './team.ts';
import type { Choice } from '../ranking.ts';

/** What a bidder has won for now, and what somebody else has to outbid. */
export interface Holding extends Choice {
  readonly bidder: Bidder;
  /** What it is worth to the bidder: the score times the weight of its team. */
  readonly value: number;
  readonly price: number;
}

/** A row that a bidder could take: its value, and what of it is left after the price. */
export interface Candidate extends Choice {
  readonly value: number;
  readonly worth: number;
}

/** What a bidder asks of the market. */
export interface Prices {
  /** What the row costs this bidder: the prices of all who would lose it. Infinite when it is not to be had. */
  costOf(row: number, bidder: Bidder): number;
}

/** One block of a team's mix (or all of it) looking for the recordings that are worth most to it after their prices. */
export class Bidder {
  readonly index: number;
  readonly team: Team;
  readonly block: number;
  readonly holdings = new Set<Holding>();
  quota: number;
  readonly #queue = new BestFirst();
  readonly #prices: Prices;
  /** The first rank not looked at. */
  #next = 0;

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

  /** Takes the candidate of the highest worth that the team's caps allow; those they turn away are parked. Prices only rise, so a worth is a ceiling. */
  takeBest(): Candidate | undefined {
    const { contest, caps, weight } = this.team;
    for (;;) {
      this.#lookFurther();
      if (this.#queue.size === 0) return undefined;
      const ceiling = this.#queue.bestWorth;
      const rank = this.#queue.pop();
      const row = contest.rows[rank] ?? -1;
      const score = contest.scores[rank] ?? 0;
      const value = score * weight;
      const worth = value - this.#prices.costOf(row, this);
      if (worth === Number.NEGATIVE_INFINITY) continue;
      if (worth < ceiling) this.#queue.push(rank, worth);
      else if (caps.fits(row)) return { row, rank, score, value, worth };
      else this.team.park(row, { bidder: this.index, rank });
    }
  }

  /** Makes a candidate available (again); it is looked at afresh when its turn comes. */
  offer(rank: number, worth = this.valueOf(rank)): void {
    this.#queue.push(rank, worth);
  }

  valueOf(rank: number): number {
    return (this.team.contest.scores[rank] ?? 0) * this.team.weight;
  }

  /** Forgets what it looked at, so that rows which were given back are seen. */
  startOver(): void {
    this.#next = 0;
    this.#queue.clear();
    this.team.unparkAll(this.index);
  }

  #lookFurther(): void {
    const { contest, held } = this.team;
    const { rows } = contest;
    while (this.#next < rows.length && (this.#queue.size === 0 || this.valueOf(this.#next) > this.#queue.bestWorth)) {
      const rank = this.#next++;
      const row = rows[rank] ?? -1;
      if (held.has(row) || !this.team.admits(row, this.block)) continue;
      const cost = this.#prices.costOf(row, this);
      if (cost < Number.POSITIVE_INFINITY) this.#queue.push(rank, this.valueOf(rank) - cost);
    }
  }
}
