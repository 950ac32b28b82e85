import { Bidder } from './bidder.ts';
import type { Candidate, Holding } from './bidder.ts';
import { Market } from './market.ts';
import type { ClaimedRows } from './claimed-rows.ts';
import type { Team } from './team.ts';
import type { Choice } from '../ranking.ts';

/** Smallest bid increment (epsilon), as a share of the spread of the scores. The total is at most one increment per slot below the optimum. */
const INCREMENT_SHARE = 2e-4;
/** Where recordings are so scarce that they cost more than they are worth, increments grow with the price, so that the auction finds sooner who drops out. */
const SCARCITY_INCREMENT_SHARE = 0.02;
/** The increment doubles after this many assignments, so that an auction always ends. */
const ASSIGNMENTS_PER_DOUBLING = 400_000;

/** A choice with the block it fills. */
export type BlockChoice = Choice & { readonly block: number };
export type AuctionResult = ReadonlyMap<Team, readonly BlockChoice[]>;

/**
 * Assigns recordings to teams by an ascending auction (Bertsekas' auction for transportation problems, with several slots per bidder). A bidder with
 * free slots bids for its best candidate, up to the net value of the next best; an outbid bidder bids again. Without caps the sum of scores is
 * within one increment per slot of the optimum. A team without enough candidates drops its last list. Returns what each team won, by block.
 */
export function runAuction(teams: readonly Team[], taken: ClaimedRows): AuctionResult {
  const auction = new Auction(teams, taken);
  auction.run();
  const won = new Map<Team, BlockChoice[]>();
  for (const bidder of auction.bidders) {
    const choices = Array.from(bidder.holdings, ({ row, rank, score }) => ({ row, rank, score, block: bidder.block }));
    won.set(bidder.team, [...(won.get(bidder.team) ?? []), ...choices]);
  }
  return won;
}

class Auction {
  readonly bidders: readonly Bidder[];
  readonly #market: Market;
  /** Bidders of the next round. */
  readonly #waiting = new Set<Bidder>();
  readonly #increment: number;
  /** Lowest useful net value: below it the price exceeds what a chain of all bidders could pass on. */
  readonly #minNetValue: number;
  #assignments = 0;
  #releases = 0;
  readonly #seenReleases = new Map<Bidder, number>();

  constructor(teams: readonly Team[], taken: ClaimedRows) {
    this.#market = new Market(taken);
    const slots = teams.flatMap((team) => Array.from({ length: team.blockCount }, (_, block) => ({ team, block })));
    this.bidders = slots.map((slot, index) => new Bidder(index, slot, this.#market));
    const spread = Math.max(1e-6, ...teams.map(({ candidates: { scores }, weight }) => weight * ((scores[0] ?? 0) - (scores.at(-1) ?? 0))));
    this.#increment = spread * INCREMENT_SHARE;
    this.#minNetValue = -spread * (this.bidders.length + 2);
  }

  run(): void {
    let round: Bidder[] = [...this.bidders];
    while (round.length > 0) {
      for (const bidder of round) if (bidder.missing > 0) this.#bid(bidder);
      round = [...this.#waiting];
      this.#waiting.clear();
    }
  }

  #bid(bidder: Bidder): void {
    const { caps } = bidder.team;
    const picks: Candidate[] = [];
    let next: Candidate | undefined;
    while (picks.length <= bidder.missing) {
      next = bidder.takeBest();
      if (!next || picks.length === bidder.missing || next.netValue < this.#minNetValue) break;
      caps.add(next.row);
      picks.push(next);
      next = undefined;
    }
    if (next) bidder.offer(next.rank, next.netValue);
    const isShort = picks.length < bidder.missing;
    const nextWorth = isShort || !next ? this.#minNetValue : Math.max(next.netValue, this.#minNetValue);
    for (const pick of picks) this.#assign(bidder, pick, nextWorth);
    if (isShort) this.#handleShortage(bidder);
  }

  /** The price makes this row no better than its replacement, plus one increment. */
  #assign(bidder: Bidder, pick: Candidate, nextWorth: number): void {
    const { row, rank, score, value } = pick;
    const replacement = Math.max(nextWorth, this.#bestParked(bidder, row));
    const increment =
      this.#increment * 2 ** Math.floor(this.#assignments / ASSIGNMENTS_PER_DOUBLING) + SCARCITY_INCREMENT_SHARE * Math.max(0, -replacement);
    const price = Math.max(value - replacement, value - pick.netValue) + increment;
    this.#assignments += 1;
    for (const lost of this.#market.acquire({ bidder, row, rank, score, value, price })) {
      lost.bidder.offer(lost.rank, lost.value - price);
      this.#onOutbid(lost);
    }
  }

  /** Net value of the best parked row that the same artist or album cap blocks. */
  #bestParked(bidder: Bidder, row: number): number {
    const { team } = bidder;
    let best = Number.NEGATIVE_INFINITY;
    for (const key of team.caps.fullKeysOf(row)) {
      for (const { rank, bidder: index } of team.parked.get(key) ?? []) {
        const value = bidder.valueOf(rank);
        if (index !== bidder.index || value <= best) continue;
        best = Math.max(best, value - this.#market.costOf(team.candidates.rows[rank] ?? -1, bidder));
      }
    }
    return best;
  }

  #onOutbid({ bidder, row }: Holding): void {
    bidder.team.caps.remove(row);
    for (const parked of bidder.team.unpark(row)) this.bidders[parked.bidder]?.offer(parked.rank);
    this.#waiting.add(bidder);
  }

  /** No candidate is left for the free slots: search again if a row was released in the meantime, else drop the team's last list. */
  #handleShortage(bidder: Bidder): void {
    if ((this.#seenReleases.get(bidder) ?? 0) === this.#releases) this.#dropList(bidder.team);
    else bidder.restart();
    this.#seenReleases.set(bidder, this.#releases);
    this.#waiting.add(bidder);
  }

  #dropList(team: Team): void {
    team.dropLastList();
    for (const bidder of this.bidders) {
      if (bidder.team !== team) continue;
      bidder.quota = team.quotaOf(bidder.block);
      const byWorth = [...bidder.holdings].toSorted((a, b) => b.value - b.price - (a.value - a.price) || a.rank - b.rank);
      let keptCount = 0;
      for (const holding of byWorth) {
        if (keptCount < bidder.quota && team.caps.fits(holding.row)) {
          team.caps.add(holding.row);
          keptCount += 1;
        } else {
          this.#market.release(holding);
          this.#releases += 1;
        }
      }
      bidder.restart();
      this.#waiting.add(bidder);
    }
  }
}
