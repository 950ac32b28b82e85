import { dayNumber } from '#shared/domain/calendar.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { OPEN_END } from './repeat-index.ts';
import type { RepeatIndex, RepeatWindowColumns } from './repeat-index.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import type { Pool } from '#shared/domain/policies/pool.ts';
import { hasAges } from '#shared/domain/policies/ages.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { rowsInSeason, seasonsOn } from '#shared/domain/catalog/seasons.ts';
import { drawnScores, reserveOf } from './quality/reserve.ts';
import type { Reserve } from './quality/reserve.ts';
import { scoreRows } from './scoring.ts';
import type { ScoreContext } from './scoring.ts';
import { leavingCount } from './turnover-count.ts';
import type { ListOfDay } from './snapshot-draft.ts';

/** The playlists without a list on the day, to be decided together. */
export interface DayRequest {
  readonly catalog: Catalog;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly lists: readonly ListOfDay[];
  readonly repeatIndex: RepeatIndex;
  /** Admitted recordings of earlier days of a forecast, by policy id, for policies that admit the same every day. Filled by the day. */
  readonly unchanging?: Map<string, AdmittedRows>;
}

/** The recordings that a policy admits on the day: as a pool, as a set, and per block of its mix. */
export interface AdmittedRows {
  readonly pool: Pool;
  readonly rows: RowSet;
  readonly blocks: readonly RowSet[];
  /** Reserves of version 2 by the number of recordings needed. */
  readonly reserves: Map<number, Reserve>;
}

/** What blocks a recording, and until when; `isOpen` when the block has no end. */
export interface Obstacle {
  readonly kind: 'rest' | 'list' | 'group' | 'later';
  readonly isOpen: boolean;
  /** Day number on which the recording is free again. */
  readonly freeOn: number;
  /** The list that holds it, if it is one of today's. */
  readonly holder: ListOfDay | undefined;
}

/** The state of a day while its lists are decided: admitted recordings, running repeat windows, and the rows that lists hold already. */
export class DayState {
  readonly catalog: Catalog;
  readonly dayText: string;
  readonly day: number;
  readonly repeatIndex: RepeatIndex;
  /** All lists of the day. */
  readonly lists: readonly ListOfDay[];
  readonly #admitted = new Map<string, AdmittedRows>();
  readonly #unchanging: Map<string, AdmittedRows>;
  readonly #rests = new Map<string, RepeatWindowColumns>();
  /** The list that holds a row today, by conflict scope. */
  readonly #holders = new Map<string, Map<number, { list: ListOfDay; isOpen: boolean }>>();

  constructor({ catalog, day, lists, repeatIndex, unchanging = new Map() }: DayRequest) {
    this.#unchanging = unchanging;
    this.lists = lists;
    this.catalog = catalog;
    this.dayText = day;
    this.day = dayNumber(day);
    this.repeatIndex = repeatIndex;
  }

  scopeOf(list: ListOfDay): string {
    return restScopeKey(list.policy, { playlistId: list.id, policyFamilyId: list.policyFamilyId });
  }

  admitted({ policyId, policy }: ListOfDay): AdmittedRows {
    const isSeasonal = policy.version === 2 && policy.seasonal === 'in_season';
    const key = isSeasonal ? `${policyId} ${seasonsOn(this.day)}` : policyId;
    const known = this.#admitted.get(key) ?? this.#unchanging.get(key);
    if (known) return known;
    const { catalog, day } = this;
    const matched = evaluatePool(catalog, policy.pool, day);
    const pool = isSeasonal ? { ...matched, rows: rowsInSeason(catalog, matched.rows, day) } : matched;
    const rows = new RowSet(catalog.size, pool.rows);
    const blocks = policy.mix.map((block) => new RowSet(catalog.size, evaluatePool(catalog, block.rule, day).rows));
    const admitted = { pool, rows, blocks, reserves: new Map<number, Reserve>() };
    (hasAges(policy) ? this.#admitted : this.#unchanging).set(key, admitted);
    return admitted;
  }

  /** The reserve that the lists of a version 2 policy in one scope are drawn from; undefined for version 1. */
  reserve(list: ListOfDay): Reserve | undefined {
    const { policy } = list;
    if (policy.version !== 2) return undefined;
    const { pool, blocks, reserves } = this.admitted(list);
    const scope = this.scopeOf(list);
    const sharing = this.lists.filter((other) => other.policyId === list.policyId && this.scopeOf(other) === scope).length;
    const needed = Math.max(1, sharing) * (policy.size + leavingCount(policy.turnover, policy.size) * Math.max(0, policy.rest.days - 1));
    const reserve = reserves.get(needed) ?? reserveOf(this.catalog, pool.rows, { policy, needed, blocks, neighbors: list.refs.neighbors });
    reserves.set(needed, reserve);
    return reserve;
  }

  /** Scores of rows for a list, 0–1, in their order: by lot from the reserve, or by closeness and chance in version 1. */
  scoresOf(list: ListOfDay, rows: Int32Array, context: ScoreContext): Float64Array {
    const reserve = this.reserve(list);
    if (!reserve) return scoreRows(this.catalog, rows, { policy: list.policy, context });
    const { lastUsed } = this.repeatWindows(list);
    const { days: restDays } = list.policy.rest;
    return drawnScores(this.catalog, rows, { reserve, day: this.day, daySeed: context.daySeed, restDays, lastUsed });
  }

  /** The repeat windows of the list's scope, by row. Not cached for the scope `playlist`: each is read once a day. */
  repeatWindows(list: ListOfDay): RepeatWindowColumns {
    const scope = this.scopeOf(list);
    const known = this.#rests.get(scope);
    if (known) return known;
    const columns = this.repeatIndex.columnsOf(scope, this.catalog.size);
    if (list.policy.rest.scope !== 'playlist') this.#rests.set(scope, columns);
    return columns;
  }

  markHeld(list: ListOfDay, row: number, isOpen: boolean): void {
    for (const scope of this.conflictScopesOf(list)) {
      const rows = this.#holders.get(scope) ?? new Map<number, { list: ListOfDay; isOpen: boolean }>();
      this.#holders.set(scope, rows.set(row, { list, isOpen }));
    }
  }

  /** The conflict scopes of a list: its repeat-window scope and its exclusivity groups. Lists in one scope share no recording on a day. */
  conflictScopesOf(list: ListOfDay): string[] {
    return [`rest:${this.scopeOf(list)}`, ...groupsOf(list.policy).map((group) => `group:${group}`)];
  }

  isHeldIn(scope: string, row: number): boolean {
    return this.#holders.get(scope)?.has(row) ?? false;
  }

  heldRows(scope: string): Iterable<number> {
    return this.#holders.get(scope)?.keys() ?? [];
  }

  /** What blocks a stay of the recording that begins today; `isOpen` for a stay without an end (a pin). */
  obstacle(list: ListOfDay, row: number, isOpen: boolean): Obstacle | undefined {
    return this.heldByAnother(list, row) ?? this.#inRest(list, row) ?? this.obstacleToStaying(list, row, { from: this.day, isOpen });
  }

  /** What blocks a running stay from continuing: claims of other lists since `from`, and stays on later days. */
  obstacleToStaying(list: ListOfDay, row: number, stay: { from: number; isOpen: boolean }): Obstacle | undefined {
    const to = stay.isOpen ? OPEN_END : this.day;
    for (const group of groupsOf(list.policy)) {
      const claim = this.repeatIndex.claims.findOther(group, row, { listId: list.id, from: stay.from, to });
      if (claim) return { kind: 'group', isOpen: claim.lastDay === OPEN_END, freeOn: claim.lastDay + 1, holder: undefined };
    }
    const next = this.repeatIndex.nextUse(this.scopeOf(list), row);
    const isFree = stay.isOpen ? next === OPEN_END : next >= this.day + list.policy.rest.days;
    return isFree ? undefined : { kind: 'later', isOpen: false, freeOn: next + 1, holder: undefined };
  }

  /** Another list that holds the recording today in a shared conflict scope. */
  heldByAnother(list: ListOfDay, row: number): Obstacle | undefined {
    for (const scope of this.conflictScopesOf(list)) {
      const held = this.#holders.get(scope)?.get(row);
      if (held && held.list.id !== list.id)
        return { kind: scope.startsWith('rest:') ? 'list' : 'group', isOpen: held.isOpen, freeOn: this.day + 1, holder: held.list };
    }
    return undefined;
  }

  #inRest(list: ListOfDay, row: number): Obstacle | undefined {
    const { restsUntil, lastUsed } = this.repeatWindows(list);
    const until = Math.max(restsUntil[row] ?? 0, Math.min(lastUsed[row] ?? 0, OPEN_END - 1) + 1);
    return until > this.day ? { kind: 'rest', isOpen: until === OPEN_END, freeOn: until, holder: undefined } : undefined;
  }
}
