import type { Contest } from './allocation/allocation.ts';
import type { Admitted, DayBoard } from './day-state.ts';
import type { HeldList } from './hold-list.ts';
import { OPEN_END } from './ledger-memory.ts';
import type { RestColumns } from './ledger-memory.ts';
import { createRanking } from './ranking.ts';
import { scoreRows } from './scoring.ts';

/** The candidates of all lists of one policy in one rest scope, best first, and where the others of the pool went. */
export interface Desk {
  readonly admitted: Admitted;
  readonly rest: RestColumns;
  readonly contest: Contest;
  /** All candidates; the contest may have only the best of them. */
  readonly candidates: number;
  readonly banned: number;
  readonly pinnedElsewhere: number;
  readonly resting: number;
}

/** How many of the best candidates are put in order: what a policy's lists want, many times over. A list that is not filled from these gets all. */
const LOOKED_THROUGH = 60;
const LOOKED_THROUGH_MIN = 5_000;

/** How deep a contest has to be looked through at first for so many wanted entries. */
export function depthFor(wanted: number): number {
  return Math.max(LOOKED_THROUGH_MIN, wanted * LOOKED_THROUGH);
}

/** Opens the desk of a list; its lists share it, in whatever order they come. The contest has the `depth` best. Everything that is held has to be on the board. */
export function openDesk(board: DayBoard, { list, scope, context }: HeldList, depth: number): Desk {
  const { catalogue, day, memory } = board;
  const admitted = board.admitted(list);
  const rest = board.rest(list);
  const banned = list.refs.banned;
  const restDays = list.policy.rest.days;
  const arena = `rest:${scope}`;
  const counts = { banned: 0, pinnedElsewhere: 0, resting: 0 };
  const rows = admitted.pool.rows.filter((row) => {
    if (banned?.has(row)) counts.banned += 1;
    else if (board.isHeldIn(arena, row)) return false;
    else if (rest.restsUntil[row] === OPEN_END) counts.pinnedElsewhere += 1;
    else if ((rest.restsUntil[row] ?? 0) > day || (rest.lastUsed[row] ?? 0) >= day || memory.nextUse(scope, row) < day + restDays)
      counts.resting += 1;
    else return true;
    return false;
  });
  const scores = scoreRows(catalogue, rows, { policy: list.policy, context });
  const ranking = createRanking(scores, rows, catalogue.recordingIds);
  const looked = Math.min(depth, ranking.size);
  if (looked > 0) ranking.rowAt(looked - 1);
  return { admitted, rest, contest: { rows: rows.subarray(0, looked), scores: scores.subarray(0, looked) }, candidates: ranking.size, ...counts };
}

/** The rank, from 0, that a score would have in a contest. */
export function rankOf({ scores }: Contest, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scores[middle] ?? 0) > score) low = middle + 1;
    else high = middle;
  }
  return low;
}
