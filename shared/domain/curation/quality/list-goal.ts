import type { NumberTarget } from './pool-lift.ts';
import type { ReserveMoment } from './reserve.ts';

/** What an exchange improved most in a list. */
export type Improvement = { readonly kind: 'mean' | 'spread'; readonly preference: NumberTarget } | { readonly kind: 'artist' | 'draw' };

/** Weight of the drift of the mean, of the spread, of an artist of the days before, and of a track from outside the reserve, in the cost of a list. */
const MEAN_WEIGHT = 3;
const SPREAD_WEIGHT = 1;
const ARTIST_WEIGHT = 0.2;
const OUTSIDE_WEIGHT = 0.1;

/** One track as the goal sees it. */
export interface GoalTrack {
  /** Distance from each target in spreads; NaN where unknown. */
  readonly away: Float64Array;
  /** Whether an artist of it was in a list of the days before. */
  readonly isAgain: boolean;
  readonly isOutside: boolean;
}

/**
 * The cost of a list, kept up to date while tracks are exchanged: for each target, by its weight, the squared differences of mean and standard
 * deviation from those of the reserve, in spreads, so that every list of the window is as good as the others; and a little for each artist of the days before and each track from outside the
 * reserve. 0 is a list as it was asked for.
 */
export class ListGoal {
  readonly #moments: readonly ReserveMoment[];
  readonly #weights: readonly number[];
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #again = 0;
  #outside = 0;

  constructor(moments: readonly ReserveMoment[], tracks: readonly GoalTrack[]) {
    this.#moments = moments;
    const total = moments.reduce((sum, { target }) => sum + target.weight, 0);
    this.#weights = moments.map(({ target }) => target.weight / total);
    this.#counts = new Float64Array(moments.length);
    this.#sums = new Float64Array(moments.length);
    this.#squares = new Float64Array(moments.length);
    for (const track of tracks) this.#count(track, 1);
  }

  /** The cost as it is. */
  get cost(): number {
    return this.costAfter(undefined, undefined);
  }

  /** The cost if one track left and another joined. */
  costAfter(out: GoalTrack | undefined, into: GoalTrack | undefined): number {
    let cost = ARTIST_WEIGHT * (this.#again + Number(into?.isAgain ?? false) - Number(out?.isAgain ?? false));
    cost += OUTSIDE_WEIGHT * (this.#outside + Number(into?.isOutside ?? false) - Number(out?.isOutside ?? false));
    for (let at = 0; at < this.#weights.length; at++) cost += (this.#weights[at] ?? 0) * this.#costOf(at, out, into).total;
    return cost;
  }

  exchange(out: GoalTrack, into: GoalTrack): void {
    this.#count(out, -1);
    this.#count(into, 1);
  }

  /** What the exchange of these tracks improves most. */
  improvementOf(out: GoalTrack, into: GoalTrack): Improvement {
    let best: { gain: number; improvement: Improvement } = {
      gain: OUTSIDE_WEIGHT * (Number(out.isOutside) - Number(into.isOutside)),
      improvement: { kind: 'draw' },
    };
    const offer = (gain: number, improvement: Improvement) => {
      if (gain > best.gain) best = { gain, improvement };
    };
    offer(ARTIST_WEIGHT * (Number(out.isAgain) - Number(into.isAgain)), { kind: 'artist' });
    for (const [at, { target: preference }] of this.#moments.entries()) {
      const [before, after] = [this.#costOf(at), this.#costOf(at, out, into)];
      const weight = this.#weights[at] ?? 0;
      offer(weight * (before.mean - after.mean), { kind: 'mean', preference });
      offer(weight * (before.spread - after.spread), { kind: 'spread', preference });
    }
    return best.improvement;
  }

  #costOf(at: number, out?: GoalTrack, into?: GoalTrack): { mean: number; spread: number; total: number } {
    let [count, sum, square] = [this.#counts[at] ?? 0, this.#sums[at] ?? 0, this.#squares[at] ?? 0];
    const left = out?.away[at] ?? Number.NaN;
    if (!Number.isNaN(left)) [count, sum, square] = [count - 1, sum - left, square - left * left];
    const came = into?.away[at] ?? Number.NaN;
    if (!Number.isNaN(came)) [count, sum, square] = [count + 1, sum + came, square + came * came];
    if (count < 1) return { mean: 0, spread: 0, total: 0 };
    const middle = sum / count;
    const width = Math.sqrt(Math.max(0, square / count - middle * middle));
    const wanted = this.#moments[at];
    const mean = MEAN_WEIGHT * (middle - (wanted?.mean ?? 0)) ** 2;
    const spread = SPREAD_WEIGHT * (width - (wanted?.deviation ?? 1)) ** 2;
    return { mean, spread, total: mean + spread };
  }

  #count({ away, isAgain, isOutside }: GoalTrack, times: number): void {
    this.#again += times * Number(isAgain);
    this.#outside += times * Number(isOutside);
    for (let at = 0; at < away.length; at++) {
      const value = away[at] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      this.#counts[at] = (this.#counts[at] ?? 0) + times;
      this.#sums[at] = (this.#sums[at] ?? 0) + times * value;
      this.#squares[at] = (this.#squares[at] ?? 0) + times * value * value;
    }
  }
}
