import type { Rejection } from '#shared/contracts/curation/snapshot.ts';
import type { DayBoard } from './day-state.ts';
import { aimForDuration } from './duration.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { Seating, slotsByShare } from './mix.ts';
import { settlePins } from './pins.ts';
import type { StandingPin } from './pins.ts';
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
  const { pins, waiting, conflicts } = settlePins(board, list);
  const size = aimForDuration(board, list);
  const { mix } = list.policy;
  const blockSlots = slotsByShare(
    Math.max(0, size - pins.length),
    mix.map((block) => block.share),
  );
  const { blocks } = board.admitted(list);
  const seating = mix.length > 0 ? new Seating(blockSlots, (row, block) => blocks[block]?.has(row) ?? false) : undefined;
  const held = conflicts.length > 0 ? [] : [...pins.map(pinnedEntry), ...stayingEntries(board, list, { size, pins, context, seating })];
  for (const { row, pinnedBy } of held) board.hold(list, row, pinnedBy !== null);
  return {
    list,
    scope,
    context,
    held,
    size,
    slots: Math.max(0, size - held.length),
    blockSlots: mix.length > 0 ? blockSlots : [],
    freeInBlocks: seating?.free() ?? [],
    barred: barredRows(board, list, held),
    ended: endedPins(board, list, held),
    notes: [...list.refs.unknown, ...waiting],
    conflicts,
  };
}

function pinnedEntry({ row, firstDay, restDays, position, by }: StandingPin): HeldEntry {
  return { row, firstDay, restDays, position, pinnedBy: by, block: null };
}

interface StayFacts {
  readonly size: number;
  readonly pins: readonly StandingPin[];
  readonly context: ScoreContext;
  readonly seating: Seating | undefined;
}

function stayingEntries(board: DayBoard, list: ListOfDay, { size, pins, context, seating }: StayFacts): HeldEntry[] {
  const bans = bansOf(list);
  const staying = chooseStaying(board, {
    list,
    size,
    pinned: pins.map((pin) => pin.row),
    isBanned: (row) => bans.has(row) || (list.refs.banned?.has(row) ?? false),
    scoresOf: (rows) => scoreRows(board.catalogue, rows, { policy: list.policy, context }),
    seating,
  });
  return staying.map(({ row, firstDay, restDays }) => ({
    row,
    firstDay,
    restDays: Math.max(list.policy.rest.days, restDays),
    position: null,
    pinnedBy: null,
    block: seating?.blockOf(row) ?? null,
  }));
}

function bansOf({ marks }: ListOfDay): Set<number> {
  return new Set(marks.flatMap((mark) => (mark.kind === 'ban' ? [mark.row] : [])));
}

/** Known before anything is chosen: bans of this list, what left it today, and what its groups show elsewhere. */
function barredRows(board: DayBoard, list: ListOfDay, held: readonly HeldEntry[]): Map<number, Rejection> {
  const barred = new Map<number, Rejection>();
  for (const group of groupsOf(list.policy)) for (const row of board.memory.claims.rowsOn(group, board.day, list.id)) barred.set(row, 'exclusive');
  const previous = board.memory.previous(list.id);
  // Where a share of the list has to change, what goes does not come back the same day, however short its rest.
  if (previous && list.policy.turnover < 1) for (const { row } of previous.entries) if (row >= 0) barred.set(row, 'left_today');
  for (const row of bansOf(list)) barred.set(row, 'banned');
  for (const { row } of held) barred.delete(row);
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
