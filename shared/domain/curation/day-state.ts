import { dayNumber } from '#shared/domain/calendar.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { OPEN_END } from './ledger-memory.ts';
import type { LedgerMemory, RestColumns } from './ledger-memory.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import type { Pool } from '#shared/domain/policies/pool.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import type { ListOfDay } from './snapshot-draft.ts';

/** One day of lists to be decided together: all that have none yet. */
export interface DayRequest {
  readonly catalogue: Catalogue;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly lists: readonly ListOfDay[];
  readonly memory: LedgerMemory;
}

/** What a policy admits on the day, also as a set, with the part of each block of its mix. */
export interface Admitted {
  readonly pool: Pool;
  readonly rows: RowSet;
  readonly blocks: readonly RowSet[];
}

/** Who stands in the way of a recording, and until when; `isOpen` when there is no end to it. */
export interface Obstacle {
  readonly kind: 'rest' | 'list' | 'group' | 'later';
  readonly isOpen: boolean;
  /** Day number on which it is free again. */
  readonly freeOn: number;
  /** The list that has it, when it is one of today's. */
  readonly holder: ListOfDay | undefined;
}

/** The state of a day while its lists are decided: what policies admit, what rests, and what lists hold already. */
export class DayBoard {
  readonly catalogue: Catalogue;
  readonly dayText: string;
  readonly day: number;
  readonly memory: LedgerMemory;
  /** All lists that are decided together. */
  readonly lists: readonly ListOfDay[];
  readonly #admitted = new Map<string, Admitted>();
  readonly #rests = new Map<string, RestColumns>();
  /** Who holds a row today, by rest scope and by group. */
  readonly #holders = new Map<string, Map<number, { list: ListOfDay; isOpen: boolean }>>();

  constructor({ catalogue, day, lists, memory }: DayRequest) {
    this.lists = lists;
    this.catalogue = catalogue;
    this.dayText = day;
    this.day = dayNumber(day);
    this.memory = memory;
  }

  scopeOf(list: ListOfDay): string {
    return restScopeKey(list.policy, { playlistId: list.id, policyFamilyId: list.policyFamilyId });
  }

  admitted({ policyId, policy }: ListOfDay): Admitted {
    const known = this.#admitted.get(policyId);
    if (known) return known;
    const { catalogue, day } = this;
    const pool = evaluatePool(catalogue, policy.pool, day);
    const rows = new RowSet(catalogue.size, pool.rows);
    const blocks = policy.mix.map((block) => new RowSet(catalogue.size, evaluatePool(catalogue, block.rule, day).rows));
    const admitted = { pool, rows, blocks };
    this.#admitted.set(policyId, admitted);
    return admitted;
  }

  /** The rest of a scope by row. A list that rests by itself comes by too seldom to keep its columns. */
  rest(list: ListOfDay): RestColumns {
    const scope = this.scopeOf(list);
    const known = this.#rests.get(scope);
    if (known) return known;
    const columns = this.memory.columnsOf(scope, this.catalogue.size);
    if (list.policy.rest.scope !== 'playlist') this.#rests.set(scope, columns);
    return columns;
  }

  hold(list: ListOfDay, row: number, isOpen: boolean): void {
    for (const arena of this.arenasOf(list)) {
      const rows = this.#holders.get(arena) ?? new Map<number, { list: ListOfDay; isOpen: boolean }>();
      this.#holders.set(arena, rows.set(row, { list, isOpen }));
    }
  }

  /** The circles in which a list shares no recording on a day: its rest scope and its exclusivity groups. */
  arenasOf(list: ListOfDay): string[] {
    return [`rest:${this.scopeOf(list)}`, ...groupsOf(list.policy).map((group) => `group:${group}`)];
  }

  isHeldIn(arena: string, row: number): boolean {
    return this.#holders.get(arena)?.has(row) ?? false;
  }

  heldRows(arena: string): Iterable<number> {
    return this.#holders.get(arena)?.keys() ?? [];
  }

  /** What keeps a recording from a stay that begins today; `isOpen` asks for one without an end. */
  obstacle(list: ListOfDay, row: number, isOpen: boolean): Obstacle | undefined {
    return this.inToday(list, row) ?? this.#inRest(list, row) ?? this.obstacleOnward(list, row, { from: this.day, isOpen });
  }

  /** What keeps a stay that is running from going on: claims of others since `from`, and stays of later days. */
  obstacleOnward(list: ListOfDay, row: number, stay: { from: number; isOpen: boolean }): Obstacle | undefined {
    const to = stay.isOpen ? OPEN_END : this.day;
    for (const group of groupsOf(list.policy)) {
      const claim = this.memory.claims.findOther(group, row, { listId: list.id, from: stay.from, to });
      if (claim) return { kind: 'group', isOpen: claim.lastDay === OPEN_END, freeOn: claim.lastDay + 1, holder: undefined };
    }
    const next = this.memory.nextUse(this.scopeOf(list), row);
    const isFree = stay.isOpen ? next === OPEN_END : next >= this.day + list.policy.rest.days;
    return isFree ? undefined : { kind: 'later', isOpen: false, freeOn: next + 1, holder: undefined };
  }

  /** Another list that holds the recording today in a circle they share. */
  inToday(list: ListOfDay, row: number): Obstacle | undefined {
    for (const arena of this.arenasOf(list)) {
      const held = this.#holders.get(arena)?.get(row);
      if (held && held.list.id !== list.id)
        return { kind: arena.startsWith('rest:') ? 'list' : 'group', isOpen: held.isOpen, freeOn: this.day + 1, holder: held.list };
    }
    return undefined;
  }

  #inRest(list: ListOfDay, row: number): Obstacle | undefined {
    const { restsUntil, lastUsed } = this.rest(list);
    const until = Math.max(restsUntil[row] ?? 0, Math.min(lastUsed[row] ?? 0, OPEN_END - 1) + 1);
    return until > this.day ? { kind: 'rest', isOpen: until === OPEN_END, freeOn: until, holder: undefined } : undefined;
  }
}
