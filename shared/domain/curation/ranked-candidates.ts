import type { ScoredCandidates } from './demand.ts';
import type { AdmittedRows, DayState } from './day-state.ts';
import type { HeldList } from './held-list.ts';
import { OPEN_END } from './repeat-index.ts';
import type { RepeatWindowColumns } from './repeat-index.ts';
import { createRanking } from './ranking.ts';

/** The ranked candidates of all lists of one policy in one repeat-window scope, and counts of the recordings that are not candidates. */
export interface RankedCandidates {
  readonly admitted: AdmittedRows;
  readonly repeatWindows: RepeatWindowColumns;
  readonly ranked: ScoredCandidates;
  /** Number of all candidates; `ranked` may contain only the best of them. */
  readonly candidateCount: number;
  readonly banned: number;
  readonly pinnedElsewhere: number;
  readonly resting: number;
}

/** Candidates ranked at first per wanted entry, and their minimum. A list that cannot be filled from these gets all candidates. */
const RANKED_PER_ENTRY = 60;
const RANKED_MIN = 5_000;

/** Number of candidates to rank at first for so many wanted entries. */
export function initialDepth(wanted: number): number {
  return Math.max(RANKED_MIN, wanted * RANKED_PER_ENTRY);
}

/** Ranks the candidates for all lists with the policy and scope of this one; `ranked` has the `depth` best. Call it after all lists' held rows are marked. */
export function rankCandidates(state: DayState, held: HeldList, depth: number): RankedCandidates {
  const { list, scope, context } = held;
  const { catalog, day, repeatIndex } = state;
  const admitted = state.admitted(list);
  const rest = state.repeatWindows(list);
  const banned = list.refs.banned;
  const restDays = list.policy.rest.days;
  const conflictScope = `rest:${scope}`;
  const counts = { banned: 0, pinnedElsewhere: 0, resting: 0 };
  const rows = admitted.pool.rows.filter((row) => {
    if (banned?.has(row)) counts.banned += 1;
    else if (state.isHeldIn(conflictScope, row)) return false;
    else if (rest.restsUntil[row] === OPEN_END) counts.pinnedElsewhere += 1;
    else if ((rest.restsUntil[row] ?? 0) > day || (rest.lastUsed[row] ?? 0) >= day || repeatIndex.nextUse(scope, row) < day + restDays)
      counts.resting += 1;
    else return true;
    return false;
  });
  const scores = state.scoresOf(list, rows, context);
  const ranking = createRanking(scores, rows, catalog.recordingIds);
  const rankedCount = Math.min(depth, ranking.size);
  if (rankedCount > 0) ranking.rowAt(rankedCount - 1);
  return {
    admitted,
    repeatWindows: rest,
    ranked: { rows: rows.subarray(0, rankedCount), scores: scores.subarray(0, rankedCount) },
    candidateCount: ranking.size,
    ...counts,
  };
}

/** The rank, from 0, that a score would have among the candidates. */
export function rankOf({ scores }: ScoredCandidates, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scores[middle] ?? 0) > score) low = middle + 1;
    else high = middle;
  }
  return low;
}
