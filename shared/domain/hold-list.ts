import type { Rejection } from '../contracts/snapshot.ts';
import type { DayBoard } from './day-board.ts';
import { aimForDuration } from './duration.ts';
import { groupsOf } from './exclusivity.ts';
import { Seating, slotsByShare } from './mix.ts';
import { settlePins } from './pins.ts';
import { daySeed, scoreRows } from './scoring.ts';
import type { ScoreContext } from './scoring.ts';
import type { EndedStay, ListOfDay } from './snapshot-draft.ts';
import { chooseStaying } from './turnover.ts';

/** An entry that a list has before anything is chosen for it. */
export interface HeldEntry {
  readonly row: number;
  readonly firstDay: number;
  readonly restDays: number;
  readonly position: number | null;
  readonly pinnedBy: 'policy' | 'list' | null;
  readonly block: number | null;
}

/** What a list starts its day with. */
export interface HeldList {
  readonly list: ListOfDay;
  readonly scope: string;
  readonly context: ScoreContext;
  readonly held: readonly HeldEntry[];
  /** How many entries the list is to have, and how many of them are to be chosen, also by block of the mix. */
  readonly size: number;
  readonly slots: number;
  readonly blockSlots: readonly number[];
  readonly freeInBlocks: readonly number[];
  /** What the list may not take today although its policy admits it, and why. */
  readonly barred: ReadonlyMap<number, Rejection>;
  readonly ended: readonly EndedStay[];
  readonly notes: readonly string[];
  /** Why there can be no list at all; empty when there can. */
  readonly conflicts: readonly string[];
}

/** Settles what a list keeps and marks it as held on the board, so that lists after it see it. An impossible list holds nothing. */
export function holdList(board: DayBoard, list: ListOfDay): HeldList {
  const scope = board.scopeOf(list);
  // Lists that rest apart must not draw alike, so chance knows whose draw it is.
  const context = { day: board.day, daySeed: daySeed(list.policy.seed, board.dayText, scope) };
  const settled = settlePins(board, list);
  const bans = new Set(list.marks.flatMap((mark) => (mark.kind === 'ban' ? [mark.row] : [])));
  const size = aimForDuration(board, list);
  const tooFar = settled.pins
    .filter((pin) => (pin.position ?? 0) > size)
    .map((pin) => `A recording is pinned to place ${pin.position}, but the list has ${size}.`);
  const conflicts = [...settled.conflicts, ...tooFar];
  const pinned = settled.pins.map((pin) => pin.row);
  const blockSlots =
    list.policy.mix.length === 0
      ? []
      : slotsByShare(
          Math.max(0, size - pinned.length),
          list.policy.mix.map((block) => block.share),
        );
  const { blocks } = board.admitted(list);
  const seating = blockSlots.length > 0 ? new Seating(blockSlots, (row, block) => blocks[block]?.has(row) ?? false) : undefined;
  const staying =
    conflicts.length > 0
      ? []
      : chooseStaying(board, {
          list,
          size,
          pinned,
          isBanned: (row) => bans.has(row) || (list.refs.banned?.has(row) ?? false),
          scoresOf: (rows) => scoreRows(board.catalogue, rows, { policy: list.policy, context }),
          seating,
        });
  const restDays = list.policy.rest.days;
  const held: HeldEntry[] = [
    ...settled.pins.map(({ row, firstDay, restDays: rest, position, by }) => ({
      row,
      firstDay,
      restDays: rest,
      position,
      pinnedBy: by,
      block: null,
    })),
    ...staying.map((stay) => ({
      ...stay,
      restDays: Math.max(restDays, stay.restDays),
      position: null,
      pinnedBy: null,
      block: seating?.blockOf(stay.row) ?? null,
    })),
  ].map(({ row, firstDay, restDays: rest, position, pinnedBy, block }) => ({ row, firstDay, restDays: rest, position, pinnedBy, block }));
  if (conflicts.length === 0) for (const { row, pinnedBy } of held) board.hold(list, row, pinnedBy !== null);
  return {
    list,
    scope,
    context,
    held: conflicts.length > 0 ? [] : held,
    size,
    slots: Math.max(0, size - held.length),
    blockSlots,
    freeInBlocks: seating?.free() ?? [],
    barred: barredRows(board, list, { bans, held }),
    ended: endedPins(board, list, held),
    notes: [...list.refs.unknown, ...settled.waiting],
    conflicts,
  };
}

/** Known before anything is chosen: bans of this list, what left it today, and what its groups show elsewhere. */
function barredRows(board: DayBoard, list: ListOfDay, known: { bans: ReadonlySet<number>; held: readonly HeldEntry[] }): Map<number, Rejection> {
  const barred = new Map<number, Rejection>();
  for (const group of groupsOf(list.policy)) for (const row of board.memory.claims.rowsOn(group, board.day, list.id)) barred.set(row, 'exclusive');
  const previous = board.memory.previous(list.id);
  // Where a share of the list has to change, what goes does not come back the same day, however short its rest.
  if (previous && list.policy.turnover < 1) for (const { row } of previous.entries) if (row >= 0) barred.set(row, 'left_today');
  for (const row of known.bans) barred.set(row, 'banned');
  for (const { row } of known.held) barred.delete(row);
  return barred;
}

function endedPins(board: DayBoard, list: ListOfDay, held: readonly HeldEntry[]): EndedStay[] {
  const previous = board.memory.previous(list.id);
  if (!previous) return [];
  const goesOn = new Set(previous.restScope === board.scopeOf(list) ? held.map((entry) => entry.row) : []);
  return previous.entries
    .filter(({ row, isOpen }) => isOpen && !goesOn.has(row))
    .map(({ row, recordingId, firstDay, restDays }) => ({
      row,
      recordingId,
      restScope: previous.restScope,
      firstDay,
      lastDay: previous.day,
      restsUntil: previous.day + restDays,
    }));
}
