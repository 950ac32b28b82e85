import type { Rejection } from '#shared/contracts/curation/snapshot.ts';
import type { DayState } from './day-state.ts';
import { targetEntryCount } from './duration.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { BlockAssignment, slotsByShare } from './mix.ts';
import { resolvePins } from './pins.ts';
import type { ActivePin } from './pins.ts';
import { daySeed } from './scoring.ts';
import type { ScoreContext } from './scoring.ts';
import { recentOf } from './recent-lists.ts';
import type { RecentLists } from './recent-lists.ts';
import type { EndedStay, ListOfDay } from './snapshot-draft.ts';
import { chooseStaying } from './turnover.ts';

/** An entry that a list has before allocation: a pin or a stay. */
export interface HeldEntry {
  readonly row: number;
  readonly firstDay: number;
  readonly restDays: number;
  readonly position: number | null;
  readonly pinnedBy: 'policy' | 'list' | null;
  readonly block: number | null;
}

/** A list at the start of its day, before allocation. */
export interface HeldList {
  readonly list: ListOfDay;
  readonly scope: string;
  readonly context: ScoreContext;
  readonly held: readonly HeldEntry[];
  /** Number of entries of the list, and the number still to be chosen; `blockSlots` and `freeInBlocks` are the same per block of the mix. */
  readonly size: number;
  readonly slots: number;
  readonly blockSlots: readonly number[];
  readonly freeInBlocks: readonly number[];
  /** Rows that the list may not take today although its policy admits them, and why. */
  readonly barred: ReadonlyMap<number, Rejection>;
  /** Songs and artists of the lists of the days before; undefined where the policy does not look at them. */
  readonly recent: RecentLists | undefined;
  readonly ended: readonly EndedStay[];
  readonly notes: readonly string[];
  /** Why the list cannot be created; empty when it can. */
  readonly conflicts: readonly string[];
}

/** Determines the pins and stays of a list and marks them as held in the day's state, so that later lists respect them. A list with conflicts holds nothing. */
export function holdList(state: DayState, list: ListOfDay): HeldList {
  const scope = state.scopeOf(list);
  // Lists with separate repeat windows get different random numbers, so that they do not choose the same recordings.
  const context = { day: state.day, daySeed: daySeed(list.policy.seed, state.dayText, scope) };
  const { pins, waiting, conflicts } = resolvePins(state, list);
  const size = targetEntryCount(state, list);
  const { mix } = list.policy;
  const blockSlots = slotsByShare(
    Math.max(0, size - pins.length),
    mix.map((block) => block.share),
  );
  const { blocks } = state.admitted(list);
  const seating = mix.length > 0 ? new BlockAssignment(blockSlots, (row, block) => blocks[block]?.has(row) ?? false) : undefined;
  const held = conflicts.length > 0 ? [] : [...pins.map(pinnedEntry), ...stayingEntries(state, list, { size, pins, context, seating })];
  for (const { row, pinnedBy } of held) state.markHeld(list, row, pinnedBy !== null);
  return {
    list,
    scope,
    context,
    held,
    size,
    slots: Math.max(0, size - held.length),
    blockSlots: mix.length > 0 ? blockSlots : [],
    freeInBlocks: seating?.freeSlots() ?? [],
    barred: barredRows(state, list, held),
    recent: recentOf(state, list),
    ended: endedPins(state, list, held),
    notes: [...list.refs.unknown, ...waiting],
    conflicts,
  };
}

function pinnedEntry({ row, firstDay, restDays, position, by }: ActivePin): HeldEntry {
  return { row, firstDay, restDays, position, pinnedBy: by, block: null };
}

interface StayFacts {
  readonly size: number;
  readonly pins: readonly ActivePin[];
  readonly context: ScoreContext;
  readonly seating: BlockAssignment | undefined;
}

function stayingEntries(state: DayState, list: ListOfDay, { size, pins, context, seating }: StayFacts): HeldEntry[] {
  const bans = bansOf(list);
  const staying = chooseStaying(state, {
    list,
    size,
    pinned: pins.map((pin) => pin.row),
    isBanned: (row) => bans.has(row) || (list.refs.banned?.has(row) ?? false),
    scoresOf: (rows) => state.scoresOf(list, rows, context),
    blockAssignment: seating,
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

/** Rows barred before allocation: bans of this list, recordings that left it today, and recordings of other lists in its groups. */
function barredRows(state: DayState, list: ListOfDay, held: readonly HeldEntry[]): Map<number, Rejection> {
  const barred = new Map<number, Rejection>();
  for (const group of groupsOf(list.policy))
    for (const row of state.repeatIndex.claims.rowsOn(group, state.day, list.id)) barred.set(row, 'exclusive');
  const previous = state.repeatIndex.previous(list.id);
  // With a turnover below 1, a recording that leaves does not return the same day, however short the repeat window is.
  if (previous && list.policy.turnover < 1) for (const { row } of previous.entries) if (row >= 0) barred.set(row, 'left_today');
  for (const row of bansOf(list)) barred.set(row, 'banned');
  for (const { row } of held) barred.delete(row);
  return barred;
}

function endedPins(state: DayState, list: ListOfDay, held: readonly HeldEntry[]): EndedStay[] {
  const previous = state.repeatIndex.previous(list.id);
  if (!previous) return [];
  const continuing = new Set(previous.restScope === state.scopeOf(list) ? held.map((entry) => entry.row) : []);
  return previous.entries
    .filter(({ row, isOpen }) => isOpen && !continuing.has(row))
    .map(({ row, recordingId, firstDay, restDays }) => ({
      row,
      recordingId,
      restScope: previous.restScope,
      firstDay,
      lastDay: previous.day,
      restsUntil: previous.day + restDays,
    }));
}
