import { allocate } from './allocation/allocate.ts';
import type { Demand } from './demand.ts';
import { capsOf } from './caps.ts';
import { DayState } from './day-state.ts';
import type { DayRequest } from './day-state.ts';
import { initialDepth, rankCandidates } from './ranked-candidates.ts';
import type { RankedCandidates } from './ranked-candidates.ts';
import { draftLists, draftOfConflict } from './draft-lists.ts';
import type { AllottedList } from './fit-lengths.ts';
import { slotsForDuration, minutesOf } from './duration.ts';
import { precedenceOf } from '#shared/domain/policies/exclusivity.ts';
import { holdList } from './held-list.ts';
import type { HeldList } from './held-list.ts';
import { placeLists, unfilled } from './place-lists.ts';
import type { PlacedList, SnapshotDraft } from './snapshot-draft.ts';

export type { DayRequest } from './day-state.ts';
export type { DraftEntry, ListMark, ListOfDay, SnapshotDraft } from './snapshot-draft.ts';

/**
 * Decides all lists of a day together, from what each policy admits, the recent placements and the other lists. A list that cannot be filled takes
 * nothing and reports why. Drafts are in the order of the lists' numbers. Deterministic: same request, same drafts. Does not change the repeat index.
 */
export function curateDay(request: DayRequest): SnapshotDraft[] {
  const steps = curateDaySteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, so that a server can handle other requests in between. Yields the number of decided lists. */
export function curateDaySteps(request: DayRequest): Generator<number, SnapshotDraft[]> {
  return decideDay(request, { isReported: true, write: draftLists, writeConflict: draftOfConflict });
}

/** The same selection without order, reasons and reports, for a forecast of many days: much faster. */
export function placeDaySteps(request: DayRequest): Generator<number, PlacedList[]> {
  return decideDay(request, { isReported: false, write: placeLists, writeConflict: (_, held) => unfilled(held) });
}

/** What is written of each list. */
interface ListWriter<D extends PlacedList> {
  readonly isReported: boolean;
  readonly write: (state: DayState, lists: readonly AllottedList[]) => D[];
  readonly writeConflict: (state: DayState, held: HeldList) => D;
}

function* decideDay<D extends PlacedList>(request: DayRequest, writer: ListWriter<D>): Generator<number, D[]> {
  const state = new DayState(request);
  const precedence = precedenceOf(request.lists.map((list) => list.policy));
  const lists = request.lists
    .map((list) => ({ list, precedence: precedence(list.policy) }))
    .toSorted((a, b) => a.precedence - b.precedence || a.list.globalIndex - b.list.globalIndex);
  const placedLists: Placed[] = [];
  for (const { list, precedence: number } of lists) placedLists.push({ held: holdList(state, list), precedence: number });
  const drafts: D[] = placedLists.flatMap(({ held }) => (held.conflicts.length > 0 ? [writer.writeConflict(state, held)] : []));
  for (const group of conflictGroupsOf(
    state,
    placedLists.filter(({ held }) => held.conflicts.length === 0),
  )) {
    drafts.push(...(yield* decideGroup(state, group, { done: drafts.length, writer })));
  }
  const order = new Map(request.lists.map((list) => [list.id, list.globalIndex]));
  return drafts.toSorted((a, b) => (order.get(a.playlistId) ?? 0) - (order.get(b.playlistId) ?? 0));
}

/** Allocates from the best candidates first; when these do not fill every list, from all of them. */
function* decideGroup<D extends PlacedList>(
  state: DayState,
  group: readonly Placed[],
  { done, writer }: { readonly done: number; readonly writer: ListWriter<D> },
): Generator<number, D[]> {
  const wanted = new Map<string, number>();
  for (const { held } of group) wanted.set(rankingKey(held), (wanted.get(rankingKey(held)) ?? 0) + held.slots);
  let drafts: D[] = [];
  for (const isWhole of [false, true]) {
    const rankings = new Map<string, RankedCandidates>();
    for (const { held } of group) {
      const key = rankingKey(held);
      if (rankings.has(key)) continue;
      rankings.set(key, rankCandidates(state, held, isWhole ? Infinity : initialDepth(wanted.get(key) ?? 0)));
      yield done;
    }
    const prepared = group.map((placed) => prepareList(state, placed, rankings));
    const demands = prepared.map(({ demand }) => demand);
    const allotments = allocate(demands, state.catalog, writer);
    yield done;
    drafts = writer.write(
      state,
      prepared.flatMap((one, index) => (allotments[index] ? [{ ...one, allotment: allotments[index] }] : [])),
    );
    const isDone =
      drafts.every((draft) => draft.status === 'published') ||
      [...rankings.values()].every((ranked) => ranked.ranked.rows.length === ranked.candidateCount);
    if (isDone) break;
  }
  return drafts;
}

interface Placed {
  readonly held: HeldList;
  readonly precedence: number;
}

function rankingKey({ list, scope }: HeldList): string {
  return `${list.policyId}\n${scope}`;
}

/** Splits lists into conflict groups (connected components by shared conflict scopes), each in the order of choosing. Groups do not affect each other. */
function conflictGroupsOf(state: DayState, lists: readonly Placed[]): Placed[][] {
  const groupOf = new Map<string, ConflictGroup>();
  for (const [index, placed] of lists.entries()) {
    const scopes = state.conflictScopesOf(placed.held.list);
    const touched = new Set(scopes.flatMap((scope) => groupOf.get(scope) ?? []));
    const joined: ConflictGroup = { members: [index], scopes: [...scopes] };
    for (const group of touched) {
      joined.members.push(...group.members);
      joined.scopes.push(...group.scopes);
    }
    for (const scope of joined.scopes) groupOf.set(scope, joined);
  }
  const groups = [...new Set(groupOf.values())].map(({ members }) => members.toSorted((a, b) => a - b));
  return groups.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).map((members) => members.flatMap((member) => lists[member] ?? []));
}

interface ConflictGroup {
  readonly members: number[];
  readonly scopes: string[];
}

function prepareList(state: DayState, { held, precedence }: Placed, rankings: ReadonlyMap<string, RankedCandidates>) {
  const ranked = rankings.get(rankingKey(held));
  if (!ranked) throw new Error(`Candidates of list ${held.list.id} were not ranked.`);
  const demand = demandOf(state, held, ranked);
  return { held, candidates: ranked, demand: { ...demand, precedence } };
}

function demandOf(state: DayState, held: HeldList, ranked: RankedCandidates): Omit<Demand, 'precedence'> {
  const { list, barred, recent } = held;
  const { duration, size, mix } = list.policy;
  const rows = held.held.map((entry) => entry.row);
  // With a mix the slots are fixed; without one the count follows from the remaining playing time.
  const slots =
    duration && mix.length === 0
      ? slotsForDuration(state.catalog, ranked.ranked, {
          minutesLeft: duration.minutes - minutesOf(state.catalog, rows),
          most: size - rows.length,
        })
      : held.slots;
  const isFree = barred.size === 0 && recent === undefined;
  const mayTake = (row: number) => !barred.has(row) && !recent?.hasSong(row);
  const parts = ranked.admitted.blocks.map((part, index) => ({
    slots: held.freeInBlocks[index] ?? 0,
    admits: isFree ? (row: number) => part.has(row) : (row: number) => part.has(row) && mayTake(row),
  }));
  const whole = isFree ? [] : [{ slots, admits: mayTake }];
  return {
    candidates: ranked.ranked,
    conflictScopes: state.conflictScopesOf(list).map(scopeNumber(state)),
    slots,
    caps: capsOf(list.policy),
    held: rows,
    blocks: mix.length > 0 ? parts : whole,
  };
}

const NUMBERS = new WeakMap<DayState, Map<string, number>>();

/** The number of a conflict scope, as allocation uses it. */
function scopeNumber(state: DayState): (scope: string) => number {
  const numbers = NUMBERS.get(state) ?? new Map<string, number>();
  NUMBERS.set(state, numbers);
  return (scope) => {
    const number = numbers.get(scope) ?? numbers.size;
    numbers.set(scope, number);
    return number;
  };
}
