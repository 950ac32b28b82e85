import { allocate } from './allocation/allocate.ts';
import type { Demand } from './allocation/allocation.ts';
import { capsOf } from './caps.ts';
import { DayBoard } from './day-state.ts';
import type { DayRequest } from './day-state.ts';
import { depthFor, openDesk } from './ranked-candidates.ts';
import type { Desk } from './ranked-candidates.ts';
import { draftLists, draftOfConflict } from './draft-lists.ts';
import { slotsForDuration, minutesOf } from './duration.ts';
import { precedenceOf } from '#shared/domain/policies/exclusivity.ts';
import { holdList } from './hold-list.ts';
import type { HeldList } from './hold-list.ts';
import type { SnapshotDraft } from './snapshot-draft.ts';

export type { DayRequest } from './day-state.ts';
export type { DraftEntry, ListMark, ListOfDay, SnapshotDraft } from './snapshot-draft.ts';

/**
 * Decides a whole day: every list from what its policy admits, the ledger remembers and the other lists take, all at once. A list that cannot
 * be filled takes nothing and says why. Drafts come in the order of the lists' numbers. Same request, same drafts; the memory is not changed.
 */
export function curateDay(request: DayRequest): SnapshotDraft[] {
  const steps = curateDaySteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, so that a server can look after others in between; yields how many lists are decided. */
export function* curateDaySteps(request: DayRequest): Generator<number, SnapshotDraft[]> {
  const board = new DayBoard(request);
  const precedence = precedenceOf(request.lists.map((list) => list.policy));
  const lists = request.lists
    .map((list) => ({ list, precedence: precedence(list.policy) }))
    .toSorted((a, b) => a.precedence - b.precedence || a.list.globalIndex - b.list.globalIndex);
  const helds: Placed[] = [];
  for (const { list, precedence: number } of lists) helds.push({ held: holdList(board, list), precedence: number });
  const drafts: SnapshotDraft[] = helds.flatMap(({ held }) => (held.conflicts.length > 0 ? [draftOfConflict(board, held)] : []));
  for (const circle of circlesOf(
    board,
    helds.filter(({ held }) => held.conflicts.length === 0),
  )) {
    drafts.push(...(yield* decideCircle(board, circle, drafts.length)));
  }
  const order = new Map(request.lists.map((list) => [list.id, list.globalIndex]));
  return drafts.toSorted((a, b) => (order.get(a.playlistId) ?? 0) - (order.get(b.playlistId) ?? 0));
}

/** Looks through the best candidates first; when these do not fill every list, through all of them. */
function* decideCircle(board: DayBoard, circle: readonly Placed[], done: number): Generator<number, SnapshotDraft[]> {
  const wanted = new Map<string, number>();
  for (const { held } of circle) wanted.set(deskKey(held), (wanted.get(deskKey(held)) ?? 0) + held.slots);
  let drafts: SnapshotDraft[] = [];
  for (const isWhole of [false, true]) {
    const desks = new Map<string, Desk>();
    for (const { held } of circle) {
      const key = deskKey(held);
      if (desks.has(key)) continue;
      desks.set(key, openDesk(board, held, isWhole ? Infinity : depthFor(wanted.get(key) ?? 0)));
      yield done;
    }
    const settled = circle.map((placed) => settleDemand(board, placed, desks));
    const demands = settled.map(({ demand }) => demand);
    const allotments = allocate(demands, board.catalogue);
    yield done;
    drafts = draftLists(
      board,
      settled.flatMap((one, index) => (allotments[index] ? [{ ...one, allotment: allotments[index] }] : [])),
    );
    const isDone =
      drafts.every((draft) => draft.status === 'published') || [...desks.values()].every((desk) => desk.contest.rows.length === desk.candidates);
    if (isDone) break;
  }
  return drafts;
}

interface Placed {
  readonly held: HeldList;
  readonly precedence: number;
}

function deskKey({ list, scope }: HeldList): string {
  return `${list.policyId}\n${scope}`;
}

/** Lists that have to do with each other by what they may not share, in the order of choosing; circles have nothing to do with each other. */
function circlesOf(board: DayBoard, lists: readonly Placed[]): Placed[][] {
  const circleOf = new Map<string, Circle>();
  for (const [index, placed] of lists.entries()) {
    const arenas = board.arenasOf(placed.held.list);
    const met = new Set(arenas.flatMap((arena) => circleOf.get(arena) ?? []));
    const joined: Circle = { members: [index], arenas: [...arenas] };
    for (const circle of met) {
      joined.members.push(...circle.members);
      joined.arenas.push(...circle.arenas);
    }
    for (const arena of joined.arenas) circleOf.set(arena, joined);
  }
  const circles = [...new Set(circleOf.values())].map(({ members }) => members.toSorted((a, b) => a - b));
  return circles.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).map((members) => members.flatMap((member) => lists[member] ?? []));
}

interface Circle {
  readonly members: number[];
  readonly arenas: string[];
}

function settleDemand(board: DayBoard, { held, precedence }: Placed, desks: ReadonlyMap<string, Desk>) {
  const desk = desks.get(deskKey(held));
  if (!desk) throw new Error(`The desk of ${held.list.id} was not opened.`);
  const demand = demandOf(board, held, desk);
  return { held, desk, demand: { ...demand, precedence } };
}

function demandOf(board: DayBoard, held: HeldList, desk: Desk): Omit<Demand, 'precedence'> {
  const { list, barred } = held;
  const { duration, size, mix } = list.policy;
  const rows = held.held.map((entry) => entry.row);
  // With a mix the places are settled; without one the count follows the playing time that is left.
  const slots =
    duration && mix.length === 0
      ? slotsForDuration(board.catalogue, desk.contest, {
          minutesLeft: duration.minutes - minutesOf(board.catalogue, rows),
          most: size - rows.length,
        })
      : held.slots;
  const mayTake = (row: number) => !barred.has(row);
  const parts = desk.admitted.blocks.map((part, index) => ({
    slots: held.freeInBlocks[index] ?? 0,
    admits: barred.size === 0 ? (row: number) => part.has(row) : (row: number) => part.has(row) && mayTake(row),
  }));
  const whole = barred.size === 0 ? [] : [{ slots, admits: mayTake }];
  return {
    contest: desk.contest,
    arenas: board.arenasOf(list).map(arenaNumber(board)),
    slots,
    caps: capsOf(list.policy),
    held: rows,
    blocks: mix.length > 0 ? parts : whole,
  };
}

const NUMBERS = new WeakMap<DayBoard, Map<string, number>>();

/** Arenas by number, as allocation knows them. */
function arenaNumber(board: DayBoard): (arena: string) => number {
  const numbers = NUMBERS.get(board) ?? new Map<string, number>();
  NUMBERS.set(board, numbers);
  return (arena) => {
    const known = numbers.get(arena) ?? numbers.size;
    numbers.set(arena, known);
    return known;
  };
}
