import type { Allotment, Demand } from './demand.ts';
import type { DayState } from './day-state.ts';
import { fitDuration, isWithin, minutesOf } from './duration.ts';
import type { HeldList } from './held-list.ts';
import type { RankedCandidates } from './ranked-candidates.ts';

/** A list with its allotment. */
export interface AllottedList {
  readonly held: HeldList;
  readonly candidates: RankedCandidates;
  readonly demand: Demand;
  readonly allotment: Allotment;
}

/** What a list gets in the end, and whether it is published. */
interface FittedLength {
  readonly chosen: Allotment['chosen'];
  readonly isPublished: boolean;
}

/** Adjusts lists that were allocated together to their playing times, in their order. `countIn` tells how many of some candidates the lists took before. */
export function fitLengths(
  state: DayState,
  lists: readonly AllottedList[],
): { readonly lengths: readonly FittedLength[]; readonly countIn: (candidates: RankedCandidates) => number } {
  const taken = new TakenToday(lists);
  return { lengths: lists.map((list) => fitLength(state, list, taken)), countIn: (candidates) => taken.countIn(candidates) };
}

/** Rows of complete lists, by conflict scope. */
class TakenToday {
  readonly #byScope = new Map<number, Set<number>>();
  readonly #byRanking = new Map<RankedCandidates, number>();

  constructor(lists: readonly AllottedList[]) {
    for (const { demand, allotment, candidates } of lists) {
      if (!allotment.isComplete) continue;
      this.take(demand, allotment.chosen);
      this.#byRanking.set(candidates, (this.#byRanking.get(candidates) ?? 0) + allotment.chosen.length);
    }
    for (const { demand } of lists)
      this.take(
        demand,
        demand.held.map((row) => ({ row })),
      );
  }

  take({ conflictScopes }: Demand, rows: readonly { readonly row: number }[]): void {
    for (const scope of conflictScopes) {
      const known = this.#byScope.get(scope) ?? new Set();
      for (const { row } of rows) known.add(row);
      this.#byScope.set(scope, known);
    }
  }

  release({ conflictScopes }: Demand, rows: readonly { readonly row: number }[]): void {
    for (const scope of conflictScopes) for (const { row } of rows) this.#byScope.get(scope)?.delete(row);
  }

  has({ conflictScopes }: Demand, row: number): boolean {
    return conflictScopes.some((scope) => this.#byScope.get(scope)?.has(row));
  }

  countIn(candidates: RankedCandidates): number {
    return this.#byRanking.get(candidates) ?? 0;
  }
}

/** Adjusts a list to its playing time with unassigned recordings. A list that cannot reach it is not published and releases its recordings. */
function fitLength(state: DayState, { held, candidates, demand, allotment }: AllottedList, taken: TakenToday): FittedLength {
  const { duration } = held.list.policy;
  if (!allotment.isComplete || !duration) return { chosen: allotment.chosen, isPublished: allotment.isComplete };
  const mayTake = (row: number, block: number | null) =>
    !taken.has(demand, row) && !held.barred.has(row) && (block === null || (demand.blocks[block]?.admits(row) ?? true));
  const chosen = fitDuration(state.catalog, { list: held.list, candidates: candidates.ranked, held: demand.held, chosen: allotment.chosen, mayTake });
  taken.release(demand, allotment.chosen);
  const count = demand.held.length + chosen.length;
  const hasPinnedPositions = held.held.every((entry) => (entry.position ?? 0) <= count);
  const isPublished = hasPinnedPositions && isWithin(minutesOf(state.catalog, [...demand.held, ...chosen.map((one) => one.row)]), duration);
  if (isPublished) taken.take(demand, chosen);
  return { chosen, isPublished };
}
