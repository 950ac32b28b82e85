import { Caps, capsOf } from './caps.ts';
import type { DayBoard } from './day-state.ts';
import type { RunningStay } from './ledger-memory.ts';
import type { Seating } from './mix.ts';
import type { ListOfDay } from './snapshot-draft.ts';

export interface StayQuestion {
  readonly list: ListOfDay;
  /** How many entries the list is to have. */
  readonly size: number;
  /** Rows that are in the list whatever happens. */
  readonly pinned: readonly number[];
  /** Whether the list may not show the row any more. */
  isBanned(row: number): boolean;
  /** Today's scores of the given rows, in their order. */
  scoresOf(rows: Int32Array): Float64Array;
  /** The blocks of the mix; undefined without one. Stays take their seats in it. */
  readonly seating: Seating | undefined;
}

/** How many of a list have to change on a day. */
export function leavingCount(turnover: number, size: number): number {
  return Math.round(turnover * size);
}

/**
 * Which entries of the list before stay, at most all but the share that has to change: the newest stay, of equally new ones the better
 * scoring. Only what is still admitted, not banned, free to go on and within the caps and the mix can stay. In the order of the list before.
 */
export function chooseStaying(board: DayBoard, question: StayQuestion): RunningStay[] {
  const { list, size, pinned, seating } = question;
  const previous = board.memory.previous(list.id);
  const room = size - leavingCount(list.policy.turnover, size) - pinned.length;
  if (!previous || room <= 0 || previous.restScope !== board.scopeOf(list)) return [];
  const admitted = board.admitted(list).rows;
  const able = previous.entries.filter(
    ({ row }) =>
      row >= 0 &&
      !pinned.includes(row) &&
      admitted.has(row) &&
      !question.isBanned(row) &&
      !board.inToday(list, row) &&
      !board.obstacleOnward(list, row, { from: previous.day + 1, isOpen: false }),
  );
  const scores = question.scoresOf(Int32Array.from(able, ({ row }) => row));
  const ordered = able
    .map((entry, index) => ({ entry, score: scores[index] ?? 0 }))
    .toSorted((a, b) => b.entry.firstDay - a.entry.firstDay || b.score - a.score || a.entry.row - b.entry.row);
  const caps = new Caps(board.catalogue, capsOf(list.policy));
  for (const row of pinned) caps.add(row);
  const staying = new Set<RunningStay>();
  for (const { entry } of ordered) {
    if (staying.size === room) break;
    if (!caps.fits(entry.row) || (seating && !seating.seat(entry.row))) continue;
    caps.add(entry.row);
    staying.add(entry);
  }
  return previous.entries.filter((entry) => staying.has(entry));
}
