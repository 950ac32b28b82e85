import type { Allotment, ScoredCandidates } from './demand.ts';
import { Caps, capsOf } from './caps.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { DayState } from './day-state.ts';
import type { ListOfDay } from './snapshot-draft.ts';
import { MINUTE_MS } from '../calendar.ts';

/** Number of best candidates that swaps are tried with first; all candidates only if these are not enough. */
const TRIED_FIRST = 2_000;

type Chosen = Allotment['chosen'][number];

/** Target number of entries: the list's size, or the playing time divided by the mean track length of the pool. */
export function targetEntryCount(state: DayState, list: ListOfDay): number {
  const { duration, size } = list.policy;
  if (!duration) return size;
  const { catalog } = state;
  // A list with the right playing time keeps its count, so that a low turnover changes little.
  const before = state.repeatIndex.previous(list.id)?.entries.map((entry) => entry.row) ?? [];
  if (before.length > 0 && before.length <= size && isWithin(minutesOf(catalog, before), duration)) return before.length;
  const { rows } = state.admitted(list).pool;
  return countFor(duration.minutes, rows.length === 0 ? Number.NaN : minutesOf(catalog, rows) / rows.length, size);
}

/** Number of tracks that fill the remaining time, at the mean length of the best candidates. */
export function slotsForDuration(catalog: Catalog, candidates: ScoredCandidates, list: { minutesLeft: number; most: number }): number {
  const best = candidates.rows.subarray(0, Math.max(1, list.most * 2));
  if (list.minutesLeft <= 0 || best.length === 0) return 0;
  return countFor(list.minutesLeft, minutesOf(catalog, best) / best.length, list.most);
}

function countFor(minutes: number, mean: number, most: number): number {
  return Number.isNaN(mean) ? most : Math.min(most, Math.max(1, Math.round(minutes / mean)));
}

/** The playing time of rows, in minutes. */
export function minutesOf(catalog: Catalog, rows: Iterable<number>): number {
  let sum = 0;
  for (const row of rows) sum += catalog.numbers.duration_ms[row] ?? 0;
  return sum / MINUTE_MS;
}

export function isWithin(minutes: number, duration: { readonly minutes: number; readonly tolerance: number }): boolean {
  return Math.abs(minutes - duration.minutes) <= duration.tolerance;
}

export interface DurationInput {
  readonly list: ListOfDay;
  readonly candidates: ScoredCandidates;
  readonly held: readonly number[];
  readonly chosen: readonly Chosen[];
  /** Whether the list may take the row, into the block if one is given. */
  mayTake(row: number, block: number | null): boolean;
}

/**
 * Swaps, adds and drops chosen tracks until the list has its playing time, at the lowest loss of score. Keeps caps and blocks. The result may still be
 * too long or too short: the caller checks.
 */
export function fitDuration(catalog: Catalog, question: DurationInput): readonly Chosen[] {
  const { duration } = question.list.policy;
  if (!duration) return question.chosen;
  let chosen = question.chosen;
  for (const tried of [TRIED_FIRST, question.candidates.rows.length]) {
    const fit = new Fit(catalog, { ...question, chosen }, tried);
    chosen = fit.run(duration);
    if (isWithin(minutesOf(catalog, [...question.held, ...chosen.map((one) => one.row)]), duration)) break;
  }
  return chosen;
}

interface Move {
  readonly out: Chosen | undefined;
  readonly into: Chosen | undefined;
  readonly away: number;
  readonly gain: number;
}

class Fit {
  readonly #catalog: Catalog;
  readonly #question: DurationInput;
  readonly #caps: Caps;
  readonly #candidates: number;
  #chosen: Chosen[];

  constructor(catalog: Catalog, question: DurationInput, candidates: number) {
    this.#catalog = catalog;
    this.#question = question;
    this.#candidates = Math.min(candidates, question.candidates.rows.length);
    this.#chosen = [...question.chosen];
    this.#caps = new Caps(catalog, capsOf(question.list.policy));
    for (const row of question.held) this.#caps.add(row);
    for (const { row } of this.#chosen) this.#caps.add(row);
  }

  run(duration: { minutes: number; tolerance: number }): Chosen[] {
    for (;;) {
      const total = minutesOf(this.#catalog, [...this.#question.held, ...this.#chosen.map((one) => one.row)]);
      const away = Math.abs(total - duration.minutes);
      if (away <= duration.tolerance) return this.#chosen;
      const move = this.#bestMove(total, duration);
      // Each move reduces the difference by at least a millisecond, so the loop ends.
      if (!move || move.away >= away - 1 / MINUTE_MS) return this.#chosen;
      this.#make(move);
    }
  }

  #bestMove(total: number, duration: { minutes: number; tolerance: number }): Move | undefined {
    const { list, held } = this.#question;
    const canCount = list.policy.mix.length === 0;
    const own = new Set(this.#chosen.map((one) => one.row));
    let best: Move | undefined;
    const offer = (out: Chosen | undefined, into: Chosen | undefined) => {
      const then = total - (out ? this.#minutes(out.row) : 0) + (into ? this.#minutes(into.row) : 0);
      const off = Math.abs(then - duration.minutes);
      const move = { out, into, away: off <= duration.tolerance ? 0 : off, gain: (into?.score ?? 0) - (out?.score ?? 0) };
      if (!best || move.away < best.away || (move.away === best.away && move.gain > best.gain)) if (this.#isAllowed(move)) best = move;
    };
    if (canCount) for (const out of this.#chosen) offer(out, undefined);
    for (let rank = 0; rank < this.#candidates; rank++) {
      const row = this.#question.candidates.rows[rank] ?? -1;
      if (own.has(row) || !this.#question.mayTake(row, null)) continue;
      const into = { row, rank, score: this.#question.candidates.scores[rank] ?? 0, block: null };
      if (canCount && held.length + this.#chosen.length < list.policy.size) offer(undefined, into);
      for (const out of this.#chosen) offer(out, { ...into, block: out.block });
    }
    return best;
  }

  #isAllowed({ out, into }: Move): boolean {
    if (!into) return true;
    if (into.block !== null && !this.#question.mayTake(into.row, into.block)) return false;
    if (out) this.#caps.remove(out.row);
    const fits = this.#caps.fits(into.row);
    if (out) this.#caps.add(out.row);
    return fits;
  }

  #make({ out, into }: Move): void {
    if (out) this.#caps.remove(out.row);
    if (into) this.#caps.add(into.row);
    this.#chosen = [...this.#chosen.filter((one) => one !== out), ...(into ? [into] : [])];
  }

  #minutes(row: number): number {
    return (this.#catalog.numbers.duration_ms[row] ?? 0) / MINUTE_MS;
  }
}
