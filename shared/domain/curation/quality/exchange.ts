import type { Policy } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { Caps, capsOf } from '../caps.ts';
import type { Allotment, ScoredCandidates } from '../demand.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import { ListGoal } from './list-goal.ts';
import { awayFrom } from './pool-lift.ts';
import type { GoalTrack, Improvement } from './list-goal.ts';
import { RESERVE_SCORE_MIN } from './reserve.ts';
import type { Reserve } from './reserve.ts';

type Chosen = Allotment['chosen'][number];

/** A list whose tracks may be exchanged for better ones. */
export interface ListToShape {
  readonly policy: Policy;
  readonly reserve: Reserve;
  readonly candidates: ScoredCandidates;
  readonly held: readonly number[];
  readonly chosen: readonly Chosen[];
  /** Artists of the lists of the days before. */
  readonly recentArtists: ReadonlySet<number>;
  /** Whether the list may take the row, into the block if one is given. */
  readonly mayTake: (row: number, block: number | null) => boolean;
}

/** Candidates that an exchange is tried with, best first; more gain next to nothing. */
const TRIED_MAX = 400;
const PASSES_MAX = 4;
const GAIN_MIN = 1e-5;

/**
 * Exchanges tracks of a complete list for free candidates while that lowers its cost (`ListGoal`): its values come nearer to the wanted mean and spread
 * and its artists are others than on the days before. Keeps caps, mix, playing time and what is held. Each new track has what it improved.
 * Deterministic.
 */
export function shapeList(catalog: Catalog, list: ListToShape): readonly Chosen[] {
  const { moments } = list.reserve;
  if (moments.length === 0 && list.recentArtists.size === 0) return list.chosen;
  const read = (row: number, score: number): GoalTrack => ({
    away: Float64Array.from(moments, ({ target }) => awayFrom(catalog, target, row)),
    isAgain: artistsOf(catalog, row).some((artist) => list.recentArtists.has(artist)),
    isOutside: score < RESERVE_SCORE_MIN,
  });
  const seats = list.chosen.map((choice) => ({ choice, track: read(choice.row, choice.score) }));
  const held = list.held.map((row) => ({ ...read(row, 1), isAgain: false }));
  const goal = new ListGoal(moments, [...held, ...seats.map(({ track }) => track)]);
  const free = freeCandidates(list).map((choice) => ({ choice, track: read(choice.row, choice.score) }));
  const rules = new ExchangeRules(catalog, list);
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    let isImproved = false;
    for (const seat of seats) {
      const best = bestFor({ seat, free, goal, rules });
      if (best === undefined) continue;
      const into = free[best];
      if (!into) continue;
      const improvement = goal.improvementOf(seat.track, into.track);
      goal.exchange(seat.track, into.track);
      rules.exchange(seat.choice.row, into.choice.row);
      const out = { choice: { ...seat.choice, improvement: undefined }, track: seat.track };
      seat.choice = { ...into.choice, block: seat.choice.block, improvement };
      seat.track = into.track;
      free[best] = out;
      isImproved = true;
    }
    if (!isImproved) break;
  }
  return seats.map(({ choice }) => choice).toSorted((a, b) => a.rank - b.rank);
}

interface Seat {
  choice: Chosen & { readonly improvement?: Improvement | undefined };
  track: GoalTrack;
}

function freeCandidates({ candidates, chosen, mayTake }: ListToShape): Chosen[] {
  const own = new Set(chosen.map(({ row }) => row));
  const free: Chosen[] = [];
  for (let rank = 0; rank < candidates.rows.length && free.length < TRIED_MAX; rank++) {
    const row = candidates.rows[rank] ?? -1;
    if (!own.has(row) && mayTake(row, null)) free.push({ row, rank, score: candidates.scores[rank] ?? 0, block: null });
  }
  return free;
}

/** The free candidate whose exchange lowers the cost most; undefined when none does. */
function bestFor({ seat, free, goal, rules }: { seat: Seat; free: readonly Seat[]; goal: ListGoal; rules: ExchangeRules }): number | undefined {
  let best: number | undefined;
  let lowest = goal.cost - GAIN_MIN;
  for (const [at, { choice, track }] of free.entries()) {
    const cost = goal.costAfter(seat.track, track);
    if (cost >= lowest || !rules.allows(seat.choice, choice.row)) continue;
    lowest = cost;
    best = at;
  }
  return best;
}

/** The hard rules that an exchange must keep. */
class ExchangeRules {
  readonly #catalog: Catalog;
  readonly #list: ListToShape;
  readonly #caps: Caps;
  /** In whole milliseconds, so that it does not drift while tracks are exchanged. */
  #playingMs: number;

  constructor(catalog: Catalog, list: ListToShape) {
    this.#catalog = catalog;
    this.#list = list;
    this.#caps = new Caps(catalog, capsOf(list.policy));
    const rows = [...list.held, ...list.chosen.map(({ row }) => row)];
    for (const row of rows) this.#caps.add(row);
    this.#playingMs = rows.reduce((sum, row) => sum + this.#lengthOf(row), 0);
  }

  allows({ row, block }: Chosen, into: number): boolean {
    if (block !== null && !this.#list.mayTake(into, block)) return false;
    const { duration } = this.#list.policy;
    const playingMs = this.#playingMs - this.#lengthOf(row) + this.#lengthOf(into);
    if (duration && Math.abs(playingMs / MINUTE_MS - duration.minutes) > duration.tolerance) return false;
    this.#caps.remove(row);
    const fits = this.#caps.fits(into);
    this.#caps.add(row);
    return fits;
  }

  exchange(out: number, into: number): void {
    this.#caps.remove(out);
    this.#caps.add(into);
    this.#playingMs += this.#lengthOf(into) - this.#lengthOf(out);
  }

  #lengthOf(row: number): number {
    return this.#catalog.numbers.duration_ms[row] ?? 0;
  }
}
