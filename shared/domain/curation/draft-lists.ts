import type { Allotment, Demand } from './allocation/allocation.ts';
import type { DayBoard } from './day-state.ts';
import { rankOf } from './ranked-candidates.ts';
import type { Desk } from './ranked-candidates.ts';
import { reportOfConflict, reportOfList } from './day-report.ts';
import { fitDuration, isWithin, minutesOf } from './duration.ts';
import { explainEntry } from './explanations/explain.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { hashText } from '#shared/domain/hash.ts';
import type { HeldEntry, HeldList } from './hold-list.ts';
import { scoreRows } from './scoring.ts';
import { sequence } from './sequencing.ts';
import type { DraftEntry, SnapshotDraft } from './snapshot-draft.ts';

/** A list with what it was given. */
export interface AllottedList {
  readonly held: HeldList;
  readonly desk: Desk;
  readonly demand: Demand;
  readonly allotment: Allotment;
}

/** Makes the drafts of lists that were allotted together, in their order: length, sequence, reasons and report. */
export function draftLists(board: DayBoard, lists: readonly AllottedList[]): SnapshotDraft[] {
  const taken = new TakenToday(lists);
  const lengths = lists.map((list) => fitLength(board, list, taken));
  const counts = new Map<Desk, number>();
  return lists.map((list, index) => {
    const { held, desk } = list;
    const { chosen, isPublished } = lengths[index] ?? { chosen: list.allotment.chosen, isPublished: false };
    const used = counts.get(desk) ?? 0;
    const usedBefore = isPublished ? used : taken.countIn(desk);
    const entries = isPublished ? entriesOf(board, list, chosen) : { entries: [], achievedGap: Infinity };
    if (isPublished) counts.set(desk, used + chosen.length);
    const report = reportOfList(board, { ...list, chosen, isPublished, usedBefore, achievedGap: entries.achievedGap });
    return {
      playlistId: held.list.id,
      policyId: held.list.policyId,
      restScope: held.scope,
      groups: groupsOf(held.list.policy),
      status: isPublished ? 'published' : 'unfilled',
      entries: entries.entries,
      ended: isPublished ? held.ended : [],
      report,
    };
  });
}

/** The draft of a list that its own pins make impossible. */
export function draftOfConflict(board: DayBoard, held: HeldList): SnapshotDraft {
  return {
    playlistId: held.list.id,
    policyId: held.list.policyId,
    restScope: held.scope,
    groups: groupsOf(held.list.policy),
    status: 'unfilled',
    entries: [],
    ended: [],
    report: reportOfConflict(board, held),
  };
}

/** Rows that complete lists were given, by arena. */
class TakenToday {
  readonly #byArena = new Map<number, Set<number>>();
  readonly #byDesk = new Map<Desk, number>();

  constructor(lists: readonly AllottedList[]) {
    for (const { demand, allotment, desk } of lists) {
      if (!allotment.isComplete) continue;
      this.take(demand, allotment.chosen);
      this.#byDesk.set(desk, (this.#byDesk.get(desk) ?? 0) + allotment.chosen.length);
    }
    for (const { demand } of lists)
      this.take(
        demand,
        demand.held.map((row) => ({ row })),
      );
  }

  take({ arenas }: Demand, rows: readonly { readonly row: number }[]): void {
    for (const arena of arenas) {
      const known = this.#byArena.get(arena) ?? new Set();
      for (const { row } of rows) known.add(row);
      this.#byArena.set(arena, known);
    }
  }

  release({ arenas }: Demand, rows: readonly { readonly row: number }[]): void {
    for (const arena of arenas) for (const { row } of rows) this.#byArena.get(arena)?.delete(row);
  }

  has({ arenas }: Demand, row: number): boolean {
    return arenas.some((arena) => this.#byArena.get(arena)?.has(row));
  }

  countIn(desk: Desk): number {
    return this.#byDesk.get(desk) ?? 0;
  }
}

/** Brings a list to its playing time with what nobody took. One that cannot be is not published and gives back what it had. */
function fitLength(
  board: DayBoard,
  { held, desk, demand, allotment }: AllottedList,
  taken: TakenToday,
): { chosen: Allotment['chosen']; isPublished: boolean } {
  const { duration } = held.list.policy;
  if (!allotment.isComplete || !duration) return { chosen: allotment.chosen, isPublished: allotment.isComplete };
  const mayTake = (row: number, block: number | null) =>
    !taken.has(demand, row) && !held.barred.has(row) && (block === null || (demand.blocks[block]?.admits(row) ?? true));
  const chosen = fitDuration(board.catalogue, { list: held.list, contest: desk.contest, held: demand.held, chosen: allotment.chosen, mayTake });
  taken.release(demand, allotment.chosen);
  const count = demand.held.length + chosen.length;
  const hasPlaces = held.held.every((entry) => (entry.position ?? 0) <= count);
  const isPublished = hasPlaces && isWithin(minutesOf(board.catalogue, [...demand.held, ...chosen.map((one) => one.row)]), duration);
  if (isPublished) taken.take(demand, chosen);
  return { chosen, isPublished };
}

function entriesOf(board: DayBoard, { held, desk }: AllottedList, chosen: Allotment['chosen']): { entries: DraftEntry[]; achievedGap: number } {
  const { catalogue, day } = board;
  const { list, context } = held;
  const heldRows = Int32Array.from(held.held, (entry) => entry.row);
  const heldScores = scoreRows(catalogue, heldRows, { policy: list.policy, context });
  const all = new Map<number, { entry: Omit<HeldEntry, 'row'>; score: number; rank: number }>();
  for (const [index, entry] of held.held.entries()) {
    const score = heldScores[index] ?? 0;
    all.set(entry.row, { entry, score, rank: rankOf(desk.contest, score) });
  }
  const fresh = { firstDay: day, restDays: list.policy.rest.days, position: null, pinnedBy: null };
  for (const { row, score, rank, block } of chosen) all.set(row, { entry: { ...fresh, block }, score, rank });
  const { rows, achievedGap } = orderOf(board, held, all);
  const entries = rows.flatMap((row) => {
    const found = all.get(row);
    return found ? [entryOf(board, { held, desk, row, ...found })] : [];
  });
  return { entries, achievedGap };
}

/** A list of which nothing changed keeps its order; every other one is put in order anew. */
function orderOf(board: DayBoard, held: HeldList, all: ReadonlyMap<number, { entry: Omit<HeldEntry, 'row'> }>) {
  const { list, context } = held;
  const { catalogue } = board;
  const positions = new Map([...all].flatMap(([row, { entry }]) => (entry.position === null ? [] : [[row, entry.position] as const])));
  const previous = board.memory.previous(list.id);
  const before = previous?.policyId === list.policyId ? previous.entries.map((entry) => entry.row) : [];
  const isSame =
    before.length === all.size && before.every((row) => all.has(row)) && [...positions].every(([row, position]) => before[position - 1] === row);
  const rules = { artistGap: list.policy.separation.artist, flow: list.policy.flow, positions, seed: hashText(list.id, context.daySeed) };
  return sequence(isSame ? before : [...all.keys()], catalogue, { ...rules, isSettled: isSame });
}

interface EntryFacts {
  readonly held: HeldList;
  readonly desk: Desk;
  readonly row: number;
  readonly entry: Omit<HeldEntry, 'row'>;
  readonly score: number;
  readonly rank: number;
}

function entryOf(board: DayBoard, { held, desk, row, entry, score, rank }: EntryFacts): DraftEntry {
  const { catalogue, day } = board;
  const { policy } = held.list;
  const reasons = explainEntry({
    catalogue,
    policy,
    context: held.context,
    row,
    rank,
    lastUsed: desk.rest.lastUsed[row] ?? Number.NaN,
    staysSince: entry.firstDay < day ? entry.firstDay : null,
    pinnedBy: entry.pinnedBy,
    block: (entry.block === null ? undefined : policy.mix[entry.block]?.name) ?? null,
  });
  const { firstDay, restDays, pinnedBy } = entry;
  return { recordingId: catalogue.recordingIds[row] ?? 0, row, score, reasons, firstDay, restDays, isPinned: pinnedBy !== null };
}
