import type { Policy } from '#shared/contracts/policies/policy.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { placeDaySteps } from '../curate-day.ts';
import type { DayRequest, ListOfDay } from '../curate-day.ts';
import type { PlacedList } from '../snapshot-draft.ts';
import { overDays } from './pool.ts';
import { RepeatIndex } from '../repeat-index.ts';
import { neighborsInPart } from '#shared/domain/catalog/neighbors/neighbors.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { restrictCatalog } from '#shared/domain/catalog/restrict-catalog.ts';
import type { CatalogPart } from '#shared/domain/catalog/restrict-catalog.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import type { TrialBudget } from './trial-budget.ts';

/** Lists to simulate from a day on, starting from the recent placements. */
export interface SimulationTrial {
  readonly catalog: Catalog;
  readonly from: string;
  readonly days: number;
  readonly lists: readonly ListOfDay[];
  /** Ids of the lists whose failure ends the simulation. */
  readonly checkedListIds: ReadonlySet<string>;
  /** As of `from`; never changed. */
  readonly repeatIndex: Pick<RepeatIndex, 'hasScope' | 'columnsOf' | 'previous' | 'earlier'>;
  readonly work: TrialBudget;
}

/** Result of a simulation: the day of the first failure (from 1), or the number of days without a failure. */
export type TrialResult = { readonly kind: 'fails'; readonly day: number } | { readonly kind: 'lasts'; readonly days: number };

/** The day that is being simulated, from 1, of so many. */
export interface TrialDay {
  readonly day: number;
  readonly days: number;
}

/** Curates day after day without storing anything, until a checked list fails or the work budget is used up. Yields between the steps of a day. */
export function* simulateTrial(trial: SimulationTrial): Generator<TrialDay, TrialResult> {
  const rows = rowsOf(trial);
  const part = restrictCatalog(trial.catalog, rows);
  const repeatIndex = copyRepeatIndex(trial, rows, part);
  const lists = trial.lists.map((list) => listInPart(list, part, rows));
  const unchanging: DayRequest['unchanging'] = new Map();
  for (let n = 0; n < trial.days; n++) {
    if (!trial.work.takeDay(lists, rows.length)) return { kind: 'lasts', days: n };
    const day = addDays(trial.from, n);
    const drafts = yield* inSteps(placeDaySteps({ catalog: part.catalog, day, lists, repeatIndex, unchanging }), { day: n + 1, days: trial.days });
    if (drafts.some((draft) => draft.status === 'unfilled' && trial.checkedListIds.has(draft.playlistId))) return { kind: 'fails', day: n + 1 };
    repeatIndex.addDrafts(drafts, dayNumber(day));
  }
  return { kind: 'lasts', days: trial.days };
}

function* inSteps(steps: Generator<unknown, PlacedList[]>, trialDay: TrialDay): Generator<TrialDay, PlacedList[]> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield trialDay;
  }
}

/** All rows that could enter one of the lists, ascending. */
function rowsOf({ catalog, from, days, lists, repeatIndex }: SimulationTrial): Int32Array {
  const included = new RowSet(catalog.size);
  for (const policy of new Set(lists.map((list) => list.policy))) {
    const ever = overDays(policy.pool, 'ever', { from: dayNumber(from), days });
    for (const row of evaluatePool(catalog, ever, dayNumber(from)).rows) included.add(row);
  }
  for (const list of lists) {
    for (const { row } of list.refs.pins) included.add(row);
    for (const { row } of list.marks) included.add(row);
    for (const { row } of repeatIndex.previous(list.id)?.entries ?? []) if (row >= 0) included.add(row);
    const earlier = repeatIndex.earlier(list.id).flatMap((shown) => shown.rows);
    for (const row of earlier) if (row >= 0) included.add(row);
  }
  const rows: number[] = [];
  for (let row = 0; row < catalog.size; row++) if (included.has(row)) rows.push(row);
  return Int32Array.from(rows);
}

function listInPart(list: ListOfDay, part: CatalogPart, rows: Int32Array): ListOfDay {
  const marks = list.marks.map((mark) => ({ ...mark, row: part.rowOf(mark.row) }));
  return { ...list, marks, refs: refsInPart(list.refs, part, rows) };
}

function refsInPart({ pins, banned, unknown, neighbors }: PolicyRefs, part: CatalogPart, rows: Int32Array): PolicyRefs {
  const inside: number[] = [];
  if (banned) rows.forEach((row, at) => banned.has(row) && inside.push(at));
  return {
    pins: pins.map((pin) => ({ ...pin, row: part.rowOf(pin.row) })),
    banned: banned && new RowSet(rows.length, inside),
    unknown,
    neighbors: neighbors && neighborsInPart(neighbors, rows),
  };
}

/** A separate repeat index for the simulation, with the part's rows. Starts without claims: the simulated lists make theirs again. */
function copyRepeatIndex({ catalog, lists, repeatIndex }: SimulationTrial, rows: Int32Array, part: CatalogPart): RepeatIndex {
  const copy = new RepeatIndex();
  for (const scope of new Set(lists.map((list) => scopeOf(list)))) {
    if (!repeatIndex.hasScope(scope)) continue;
    const { restsUntil, lastUsed } = repeatIndex.columnsOf(scope, catalog.size);
    rows.forEach((row, at) => {
      const until = restsUntil[row] ?? UNKNOWN_DAY;
      if (until !== UNKNOWN_DAY) copy.addStay(scope, { row: at, lastDay: lastUsed[row] ?? until, restsUntil: until });
    });
  }
  for (const { id } of lists) {
    const previous = repeatIndex.previous(id);
    for (const { day, rows: shown } of repeatIndex.earlier(id)) copy.addEarlier(id, { day, rows: shown.map((row) => part.rowOf(row)) });
    if (previous) copy.setPrevious(id, { ...previous, entries: previous.entries.map((entry) => ({ ...entry, row: part.rowOf(entry.row) })) });
  }
  return copy;
}

/** The repeat-window scope of a list under its policy in the simulation. */
export function scopeOf({ id, policy, policyFamilyId }: { id: string; policy: Policy; policyFamilyId: string }): string {
  return restScopeKey(policy, { playlistId: id, policyFamilyId });
}
