import type { Rejection } from '../contracts/snapshot.ts';
import { Caps } from './caps.ts';
import type { CapLimits } from './caps.ts';
import type { Catalogue } from './catalogue-columns.ts';
import { improve } from './improve-selection.ts';
import type { Choice, Ranking } from './ranking.ts';

export { createRanking, type Choice, type Ranking } from './ranking.ts';

const NEAR_MISSES_MAX = 10;

/** A ranking that several lists draw from, one after another; it remembers how far it was looked through. */
export interface Deck {
  readonly ranking: Ranking;
  /** Ranks looked at and possibly still free, ascending. */
  open: readonly number[];
  /** The first rank nobody has looked at. */
  next: number;
}

export interface DrawRules extends CapLimits {
  readonly size: number;
  /** Rows that are spoken for; asked again at each draw, and once true it has to stay so. */
  isTaken(row: number): boolean;
}

export interface Draw {
  /** Best first. */
  readonly chosen: readonly Choice[];
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly nearMisses: readonly (Choice & { readonly why: Rejection })[];
  /** Whether the list stayed short because no further candidate fits. */
  readonly exhausted: boolean;
}

/** A fresh deck over a ranking. */
export function createDeck(ranking: Ranking): Deck {
  return { ranking, open: [], next: 0 };
}

/**
 * Chooses a list greedily by score under its caps, which is exact where albums nest in artists, then by improving exchanges, which win back
 * most of what tracks with several artists cost. Costs what it looks at, not what the deck holds. Marks nothing as taken.
 */
export function drawPlaylist(deck: Deck, catalogue: Catalogue, rules: DrawRules): Draw {
  const hand = new Hand(deck, rules);
  const caps = new Caps(catalogue, rules);
  const chosen: Choice[] = [];
  const refused: Choice[] = [];
  for (let pick = hand.deal(); pick; pick = hand.deal()) {
    if (caps.fits(pick.row)) {
      caps.add(pick.row);
      chosen.push(pick);
    } else refused.push(pick);
    if (chosen.length === rules.size) break;
  }
  const capped = countCaps(refused, caps);
  const best = improve({ chosen, refused, caps }, rules.size);
  const spare = hand.dealSome(NEAR_MISSES_MAX);
  hand.returnToDeck();
  const nearMisses = [...best.refused, ...spare].slice(0, NEAR_MISSES_MAX).map((pick) => ({ ...pick, why: whyNot(best.caps.verdict(pick.row)) }));
  return { chosen: best.chosen, ...capped, nearMisses, exhausted: best.chosen.length < rules.size };
}

function countCaps(refused: readonly Choice[], caps: Caps): { cappedByArtist: number; cappedByAlbum: number } {
  let cappedByArtist = 0;
  for (const pick of refused) cappedByArtist += caps.verdict(pick.row) === 'artist_cap' ? 1 : 0;
  return { cappedByArtist, cappedByAlbum: refused.length - cappedByArtist };
}

function whyNot(verdict: ReturnType<Caps['verdict']>): Rejection {
  return verdict === 'fits' ? 'outranked' : verdict;
}

/** Deals free rows of a deck in rank order and remembers what it looked at. */
class Hand {
  readonly #seen: number[] = [];
  #at = 0;
  readonly #deck: Deck;
  readonly #rules: DrawRules;

  constructor(deck: Deck, rules: DrawRules) {
    this.#deck = deck;
    this.#rules = rules;
  }

  deal(): Choice | undefined {
    const { ranking, open } = this.#deck;
    for (;;) {
      const rank = this.#at < open.length ? open[this.#at] : this.#deck.next;
      if (rank === undefined || rank >= ranking.size) return undefined;
      if (this.#at < open.length) this.#at += 1;
      else this.#deck.next += 1;
      const row = ranking.rowAt(rank);
      if (this.#rules.isTaken(row)) continue;
      this.#seen.push(rank);
      return { row, rank, score: ranking.scoreAt(rank) };
    }
  }

  dealSome(count: number): Choice[] {
    const picks: Choice[] = [];
    for (let pick = count > 0 ? this.deal() : undefined; pick; pick = picks.length < count ? this.deal() : undefined) picks.push(pick);
    return picks;
  }

  /** What was looked at stays open for the next list, in rank order; rows taken meanwhile fall out then. */
  returnToDeck(): void {
    this.#deck.open = [...this.#seen, ...this.#deck.open.slice(this.#at)];
  }
}
