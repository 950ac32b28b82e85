import type { OpenList } from './list.ts';
import { solveByLagrangian } from './lagrangian.ts';
import type { ListProblem } from './lagrangian.ts';
import type { ClaimedRows } from './claimed-rows.ts';
import type { Choice } from '../ranking.ts';

/** Free candidates per slot of a list, and the minimum for a small list: further candidates gain next to nothing. */
const CANDIDATES_PER_SLOT = 12;
const CANDIDATES_MIN = 300;

/**
 * Swaps rows of a list for unassigned ones if that makes the list longer or its total higher. Where albums nest in artists a full list has nothing
 * to gain; a track with several artists can block two that score more together. Returns whether the list changed.
 */
export function refine(list: OpenList, taken: ClaimedRows): boolean {
  const candidates = candidatesFor(list, taken);
  if (candidates.length <= list.count) return false;
  const solution = solveByLagrangian(problemOf(list, candidates));
  if (solution.picked.length < list.count || (solution.picked.length === list.count && solution.total <= list.total + 1e-9)) return false;
  list.clear();
  for (const { candidate, block } of solution.picked) {
    const choice = candidates[candidate];
    if (choice) list.add(choice, block);
  }
  return true;
}

/** The list's rows and the best free ones; only its own rows when it is full and every free one scores lower. */
function candidatesFor(list: OpenList, taken: ClaimedRows): Choice[] {
  const { candidates, held, slots, conflictScopes } = list.demand;
  const own = list.choices();
  const ownRows = new Set(own.map((choice) => choice.row));
  const heldRows = new Set(held);
  const lowest = own.reduce((least, choice) => Math.min(least, choice.score), Number.POSITIVE_INFINITY);
  const free: Choice[] = [];
  const freeMax = Math.max(CANDIDATES_MIN, CANDIDATES_PER_SLOT * slots);
  for (let rank = 0; rank < candidates.rows.length && free.length < freeMax; rank++) {
    const row = candidates.rows[rank] ?? -1;
    if (ownRows.has(row) || heldRows.has(row) || !taken.isFree(row, conflictScopes)) continue;
    const score = candidates.scores[rank] ?? 0;
    if (free.length === 0 && list.isFull && score <= lowest) return own.slice();
    free.push({ row, rank, score });
  }
  return [...own, ...free].toSorted((a, b) => a.rank - b.rank);
}

function problemOf({ demand, caps }: OpenList, candidates: readonly Choice[]): ListProblem {
  const numbers = new Map<number, number>();
  const keyStarts = [0];
  const keys: number[] = [];
  for (const { row } of candidates) {
    for (const key of caps.keysOf(row)) {
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      keys.push(number);
    }
    keyStarts.push(keys.length);
  }
  const room = Int32Array.from(numbers.keys(), (key) => caps.limitOf(key));
  for (const row of demand.held) {
    for (const key of caps.keysOf(row)) {
      const number = numbers.get(key);
      if (number !== undefined) room[number] = Math.max(0, (room[number] ?? 0) - 1);
    }
  }
  return {
    scores: Float64Array.from(candidates, (choice) => choice.score),
    keyStarts: Int32Array.from(keyStarts),
    keys: Int32Array.from(keys),
    capacities: room,
    masks: Int32Array.from(candidates, ({ row }) => maskOf(demand.blocks, row)),
    blockSlots: demand.blocks.length > 0 ? demand.blocks.map((block) => block.slots) : [demand.slots],
  };
}

function maskOf(blocks: OpenList['demand']['blocks'], row: number): number {
  return blocks.length === 0 ? 1 : blocks.reduce((mask, block, index) => mask | (block.admits(row) ? 1 << index : 0), 0);
}
