import { Caps, capsOf } from './caps.ts';
import type { DayState } from './day-state.ts';
import type { RunningStay } from './repeat-index.ts';
import type { BlockAssignment } from './mix.ts';
import { leavingCount } from './turnover-count.ts';
import type { ListOfDay } from './snapshot-draft.ts';

export interface StayingInput {
  readonly list: ListOfDay;
  /** Target number of entries. */
  readonly size: number;
  /** Pinned rows. */
  readonly pinned: readonly number[];
  /** Whether the row is banned from the list. */
  isBanned(row: number): boolean;
  /** Today's scores of the given rows, in their order. */
  scoresOf(rows: Int32Array): Float64Array;
  /** The block assignment of the mix; undefined without a mix. Staying entries are added to it. */
  readonly blockAssignment: BlockAssignment | undefined;
}

/**
 * The entries of the previous list that stay, at most all but the share that must change: newest stays first, then higher scores. An entry stays only if
 * it is still admitted, not banned, not blocked by another list, and within the caps and the mix. In the order of the previous list.
 */
export function chooseStaying(state: DayState, question: StayingInput): RunningStay[] {
  const { list, size, pinned, blockAssignment: seating } = question;
  const previous = state.repeatIndex.previous(list.id);
  const room = size - leavingCount(list.policy.turnover, size) - pinned.length;
  if (!previous || room <= 0 || previous.restScope !== state.scopeOf(list)) return [];
  const admitted = state.admitted(list).rows;
  const eligible = previous.entries.filter(
    ({ row }) =>
      row >= 0 &&
      !pinned.includes(row) &&
      admitted.has(row) &&
      !question.isBanned(row) &&
      !state.heldByAnother(list, row) &&
      !state.obstacleToStaying(list, row, { from: previous.day + 1, isOpen: false }),
  );
  const scores = question.scoresOf(Int32Array.from(eligible, ({ row }) => row));
  const ordered = eligible
    .map((entry, index) => ({ entry, score: scores[index] ?? 0 }))
    .toSorted((a, b) => b.entry.firstDay - a.entry.firstDay || b.score - a.score || a.entry.row - b.entry.row);
  const caps = new Caps(state.catalog, capsOf(list.policy));
  for (const row of pinned) caps.add(row);
  const staying = new Set<RunningStay>();
  for (const { entry } of ordered) {
    if (staying.size === room) break;
    if (!caps.fits(entry.row) || (seating && !seating.assign(entry.row))) continue;
    caps.add(entry.row);
    staying.add(entry);
  }
  return previous.entries.filter((entry) => staying.has(entry));
}
