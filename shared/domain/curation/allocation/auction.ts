import { Bidder } from './bidder.ts';
import type { Candidate, Holding } from './bidder.ts';
import { Market } from './market.ts';
import type { Taken } from './taken.ts';
import type { Team } from './team.ts';
import type { Choice } from '../ranking.ts';

/** The smallest raise, as a share of the spread of the scores: the total is at most one raise a slot below the best there is. */
const RAISE_SHARE = 2e-4;
/** Where recordings are so scarce that they cost more than they are worth, raises grow with the price: who steps back shows sooner. */
const SCARCITY_RAISE_SHARE = 0.02;
/** After so many handovers the raise doubles, so that an auction always ends. */
const HANDOVERS_PER_RAISE = 400_000;

/** A choice with the block it is meant for. */
export type Won = Choice & { readonly block: number };
export type Winnings = ReadonlyMap<Team, readonly Won[]>;

/**
 * Shares recordings out among teams by an ascending auction (Bertsekas' auction for transportation problems, with several seats a bidder): whoever misses
 * a seat bids for the candidate worth most to it, up to what the next best would be worth; who is outbid bids again. Without caps the sum of
 * scores ends within one raise a slot of the optimum. A team for which there is not enough leaves its last list out. Answers what each team won, by block.
 */
export function holdAuction(teams: readonly Team[], taken: Taken): Winnings {
  const auction = new Auction(teams, taken);
  auction.run();
  const won = new Map<Team, Won[]>();
  for (const bidder of auction.bidders) {
    const mine = Array.from(bidder.holdings, ({ row, rank, score }) => ({ row, rank, score, block: bidder.block }));
    won.set(bidder.team, [...(won.get(bidder.team) ?? []), ...mine]);
  }
  return won;
}

class Auction {
  readonly bidders: readonly Bidder[];
  readonly #market: Market;
  /** Who has to bid in the next round. */
  readonly #waiting = new Set<Bidder>();
  readonly #raise: number;
  /** No price makes sense that is higher than what every bidder in a row could pass on. */
  readonly #hopeless: number;
  #handovers = 0;
  #releases = 0;
  readonly #seenReleases = new Map<Bidder, number>();

  constructor(teams: readonly Team[], taken: Taken) {
    this.#market = new Market(taken);
    const seats = teams.flatMap((team) => Array.from({ length: team.blockCount }, (_, block) => ({ team, block })));
    this.bidders = seats.map((seat, index) => new Bidder(index, seat, this.#market));
    const spread = Math.max(1e-6, ...teams.map(({ contest: { scores }, weight }) => weight * ((scores[0] ?? 0) - (scores.at(-1) ?? 0))));
    this.#raise = spread * RAISE_SHARE;
    this.#hopeless = -spread * (this.bidders.length + 2);
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
      if (!next || picks.length === bidder.missing || next.worth < this.#hopeless) break;
      caps.add(next.row);
      picks.push(next);
      next = undefined;
    }
    if (next) bidder.offer(next.rank, next.worth);
    const isShort = picks.length < bidder.missing;
    const nextWorth = isShort || !next ? this.#hopeless : Math.max(next.worth, this.#hopeless);
    for (const pick of picks) this.#hand(bidder, pick, nextWorth);
    if (isShort) this.#makeDo(bidder);
  }

  /** The price is what makes this row no better than what would take its place, and a raise more. */
  #hand(bidder: Bidder, pick: Candidate, nextWorth: number): void {
    const { row, rank, score, value } = pick;
    const instead = Math.max(nextWorth, this.#bestParked(bidder, row));
    const raise = this.#raise * 2 ** Math.floor(this.#handovers / HANDOVERS_PER_RAISE) + SCARCITY_RAISE_SHARE * Math.max(0, -instead);
    const price = Math.max(value - instead, value - pick.worth) + raise;
    this.#handovers += 1;
    for (const lost of this.#market.acquire({ bidder, row, rank, score, value, price })) {
      lost.bidder.offer(lost.rank, lost.value - price);
      this.#makeRoom(lost);
    }
  }

  /** A row that waits for the same artist or album could take this one's place. */
  #bestParked(bidder: Bidder, row: number): number {
    const { team } = bidder;
    let best = Number.NEGATIVE_INFINITY;
    for (const key of team.caps.fullKeysOf(row)) {
      for (const { rank, bidder: index } of team.parked.get(key) ?? []) {
        const value = bidder.valueOf(rank);
        if (index !== bidder.index || value <= best) continue;
        best = Math.max(best, value - this.#market.costOf(team.contest.rows[rank] ?? -1, bidder));
      }
    }
    return best;
  }

  #makeRoom({ bidder, row }: Holding): void {
    bidder.team.caps.remove(row);
    for (const parked of bidder.team.unpark(row)) this.bidders[parked.bidder]?.offer(parked.rank);
    this.#waiting.add(bidder);
  }

  /** Nothing is left for the empty seats: look once more if something was given back meanwhile, else the last list steps back. */
  #makeDo(bidder: Bidder): void {
    if ((this.#seenReleases.get(bidder) ?? 0) === this.#releases) this.#leaveOut(bidder.team);
    else bidder.startOver();
    this.#seenReleases.set(bidder, this.#releases);
    this.#waiting.add(bidder);
  }

  #leaveOut(team: Team): void {
    team.dropLastList();
    for (const bidder of this.bidders) {
      if (bidder.team !== team) continue;
      bidder.quota = team.quotaOf(bidder.block);
      const byWorth = [...bidder.holdings].toSorted((a, b) => b.value - b.price - (a.value - a.price) || a.rank - b.rank);
      let kept = 0;
      for (const holding of byWorth) {
        if (kept < bidder.quota && team.caps.fits(holding.row)) {
          team.caps.add(holding.row);
          kept += 1;
        } else {
          this.#market.release(holding);
          this.#releases += 1;
        }
      }
      bidder.startOver();
      this.#waiting.add(bidder);
    }
  }
}
