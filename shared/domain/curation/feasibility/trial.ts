import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { curateDaySteps } from '../curate-day.ts';
import type { ListOfDay, SnapshotDraft } from '../curate-day.ts';
import { overDays } from './pool.ts';
import { LedgerMemory } from '../ledger-memory.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { restrictCatalogue } from '#shared/domain/catalog/restrict-catalog.ts';
import type { CataloguePart } from '#shared/domain/catalog/restrict-catalog.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import type { TrialWork } from './trial-work.ts';

/** Lists to simulate from a day on, starting from the recent placements. */
export interface Trial {
  readonly catalogue: Catalogue;
  readonly from: string;
  readonly days: number;
  readonly lists: readonly ListOfDay[];
  /** Ids of the lists whose failure ends the simulation. */
  readonly judged: ReadonlySet<string>;
  /** As of `from`; never changed. */
  readonly memory: LedgerMemory;
  readonly work: TrialWork;
}

/** Result of a simulation: the day of the first failure (from 1), or the number of days without a failure. */
export type Played = { readonly kind: 'fails'; readonly day: number } | { readonly kind: 'lasts'; readonly days: number };

/** Curates day after day without storing anything, until a checked list fails or the work budget is used up. Yields between the steps of a day. */
export function* playTrial(trial: Trial): Generator<undefined, Played> {
  const rows = rowsOf(trial);
  const part = restrictCatalogue(trial.catalogue, rows);
  const memory = copyMemory(trial, rows, part);
  const lists = trial.lists.map((list) => listInPart(list, part, rows));
  for (let n = 0; n < trial.days; n++) {
    if (!trial.work.takeDay(lists, rows.length)) return { kind: 'lasts', days: n };
    const day = addDays(trial.from, n);
    const drafts = yield* inSteps(curateDaySteps({ catalogue: part.catalogue, day, lists, memory }));
    if (drafts.some((draft) => draft.status === 'unfilled' && trial.judged.has(draft.playlistId))) return { kind: 'fails', day: n + 1 };
    memory.remember(drafts, dayNumber(day));
  }
  return { kind: 'lasts', days: trial.days };
}

function* inSteps(steps: Generator<unknown, SnapshotDraft[]>): Generator<undefined, SnapshotDraft[]> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield undefined;
  }
}

/** All rows that could enter one of the lists, ascending. */
function rowsOf({ catalogue, from, days, lists, memory }: Trial): Int32Array {
  const included = new RowSet(catalogue.size);
  for (const policy of new Set(lists.map((list) => list.policy))) {
    const ever = overDays(policy.pool, 'ever', { from: dayNumber(from), days });
    for (const row of evaluatePool(catalogue, ever, dayNumber(from)).rows) included.add(row);
  }
  for (const list of lists) {
    for (const { row } of list.refs.pins) included.add(row);
    for (const { row } of list.marks) included.add(row);
    for (const { row } of memory.previous(list.id)?.entries ?? []) if (row >= 0) included.add(row);
  }
  const rows: number[] = [];
  for (let row = 0; row < catalogue.size; row++) if (included.has(row)) rows.push(row);
  return Int32Array.from(rows);
}

function listInPart(list: ListOfDay, part: CataloguePart, rows: Int32Array): ListOfDay {
  const marks = list.marks.map((mark) => ({ ...mark, row: part.rowOf(mark.row) }));
  return { ...list, marks, refs: refsInPart(list.refs, part, rows) };
}

function refsInPart({ pins, banned, unknown }: PolicyRefs, part: CataloguePart, rows: Int32Array): PolicyRefs {
  const inside: number[] = [];
  if (banned) rows.forEach((row, at) => banned.has(row) && inside.push(at));
  return {
    pins: pins.map((pin) => ({ ...pin, row: part.rowOf(pin.row) })),
    banned: banned && new RowSet(rows.length, inside),
    unknown,
  };
}

/** A separate memory for the simulation, with the part's rows. Starts without claims: the simulated lists make theirs again. */
function copyMemory({ catalogue, lists, memory }: Trial, rows: Int32Array, part: CataloguePart): LedgerMemory {
  const copy = new LedgerMemory();
  for (const scope of new Set(lists.map((list) => scopeOf(list)))) {
    if (!memory.remembers(scope)) continue;
    const { restsUntil, lastUsed } = memory.columnsOf(scope, catalogue.size);
    rows.forEach((row, at) => {
      const until = restsUntil[row] ?? UNKNOWN_DAY;
      if (until !== UNKNOWN_DAY) copy.addStay(scope, { row: at, lastDay: lastUsed[row] ?? until, restsUntil: until });
    });
  }
  for (const { id } of lists) {
    const previous = memory.previous(id);
    if (previous) copy.setPrevious(id, { ...previous, entries: previous.entries.map((entry) => ({ ...entry, row: part.rowOf(entry.row) })) });
  }
  return copy;
}

/** The repeat-window scope of a list under its policy in the simulation. */
export function scopeOf({ id, policy, policyFamilyId }: { id: string; policy: PolicyV1; policyFamilyId: string }): string {
  return restScopeKey(policy, { playlistId: id, policyFamilyId });
}
