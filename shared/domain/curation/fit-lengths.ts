import type { Allotment, Demand } from './demand.ts';
import type { DayState } from './day-state.ts';
import { fitDuration, isWithin, minutesOf } from './duration.ts';
import { shapeList } from './quality/exchange.ts';
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

/** Adjusts lists that were allocated together to their playing times, and in version 2 to their means and spreads, in their order. `countIn` tells how many of some candidates the lists took before. */
export function fitLengths(
  state: DayState,
  lists: readonly AllottedList[],
): { readonly lengths: readonly FittedLength[]; readonly countIn: (candidates: RankedCandidates) => number } {
  const taken = new TakenToday(lists);
  return {
    lengths: lists.map((list) => shape(state, list, { fitted: fitLength(state, list, taken), taken })),
    countIn: (candidates) => taken.countIn(candidates),
  };
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
  const mayTake = takes({ held, demand }, taken);
  const chosen = fitDuration(state.catalog, { list: held.list, candidates: candidates.ranked, held: demand.held, chosen: allotment.chosen, mayTake });
  taken.release(demand, allotment.chosen);
  const count = demand.held.length + chosen.length;
  const hasPinnedPositions = held.held.every((entry) => (entry.position ?? 0) <= count);
  const isPublished = hasPinnedPositions && isWithin(minutesOf(state.catalog, [...demand.held, ...chosen.map((one) => one.row)]), duration);
  if (isPublished) taken.take(demand, chosen);
  return { chosen, isPublished };
}

/** Whether a list may take a row that no list of the day has, into a block if one is given. */
function takes({ held, demand }: Pick<AllottedList, 'held' | 'demand'>, taken: TakenToday): (row: number, block: number | null) => boolean {
  return (row, block) =>
    !taken.has(demand, row) && !held.barred.has(row) && !held.recent?.hasSong(row) && (block === null || (demand.blocks[block]?.admits(row) ?? true));
}

/** Exchanges tracks of a published list of version 2 for better ones that no list has. */
function shape(state: DayState, list: AllottedList, { fitted, taken }: { fitted: FittedLength; taken: TakenToday }): FittedLength {
  const { held, candidates, demand } = list;
  const { policy } = held.list;
  const reserve = state.reserve(held.list);
  if (!fitted.isPublished || !held.recent || !reserve) return fitted;
  const chosen = shapeList(state.catalog, {
    policy,
    reserve,
    candidates: candidates.ranked,
    held: demand.held,
    chosen: fitted.chosen,
    recentArtists: held.recent.artists,
    mayTake: takes(list, taken),
  });
  taken.release(demand, fitted.chosen);
  taken.take(demand, chosen);
  return { ...fitted, chosen };
}
