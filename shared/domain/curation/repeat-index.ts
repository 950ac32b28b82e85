import { UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import { GroupClaims } from '#shared/domain/policies/group-claims.ts';
import type { PlacedList } from './snapshot-draft.ts';

/** The last day of a stay without an end, as a day number: later than any day. */
export const OPEN_END = 2_147_483_647;

/** One stay of a recording in its repeat-window scope; days are day numbers. */
export interface IndexedStay {
  readonly row: number;
  readonly lastDay: number;
  /** First day on which it can play again; OPEN_END for a pin. */
  readonly restsUntil: number;
}

/** A stay in the most recent list. */
export interface RunningStay {
  /** -1 for a recording that is no longer in the catalog. */
  readonly row: number;
  readonly recordingId: number;
  /** Day number on which it began. */
  readonly firstDay: number;
  readonly restDays: number;
  /** Without an end: a pin. */
  readonly isOpen: boolean;
}

/** The most recent list of a playlist. */
export interface PreviousList {
  readonly day: number;
  readonly policyId: string;
  readonly restScope: string;
  /** In playing order. */
  readonly entries: readonly RunningStay[];
}

/** The rows of an earlier list of a playlist. */
export interface EarlierList {
  readonly day: number;
  readonly rows: readonly number[];
}

/** Days for which the lists of a playlist are kept: the longest song window. */
export const EARLIER_DAYS_MAX = 30;

/** The repeat windows of a scope by catalog row, for one day. Rows that were never placed have UNKNOWN_DAY. */
export interface RepeatWindowColumns {
  readonly restsUntil: Int32Array;
  readonly lastUsed: Int32Array;
}

/** Stays as columns of equal length. */
export interface StayColumns {
  readonly rows: Int32Array;
  readonly lastDays: Int32Array;
  readonly restsUntil: Int32Array;
}

/**
 * Recent placements, indexed for curation: repeat windows, running stays and group claims. Filled from the ledger or, in a simulation, by `remember`;
 * both give the same lists. Stores a few numbers per stay and nothing per recording.
 */
export class RepeatIndex {
  readonly #scopes = new Map<string, StayLog>();
  readonly #previous = new Map<string, PreviousList>();
  readonly #earlier = new Map<string, EarlierList[]>();
  readonly claims = new GroupClaims();

  /** Adds a stay. Stays of a recording in one scope must be added in the order of their days; the latest one counts. */
  addStay(scope: string, stay: IndexedStay): void {
    this.#scope(scope).add(stay);
  }

  /** Adds a stay that begins after the day being curated. Needed when an earlier day's list is created later. */
  addLaterUse(scope: string, row: number, firstDay: number): void {
    const { later } = this.#scope(scope);
    later.set(row, Math.min(firstDay, later.get(row) ?? OPEN_END));
  }

  setPrevious(listId: string, previous: PreviousList): void {
    this.#previous.set(listId, previous);
  }

  previous(listId: string): PreviousList | undefined {
    return this.#previous.get(listId);
  }

  /** Adds a list of a playlist on an earlier day, in any order. */
  addEarlier(listId: string, list: EarlierList): void {
    const lists = this.#earlier.get(listId)?.filter(({ day }) => day > list.day - EARLIER_DAYS_MAX - 1) ?? [];
    this.#earlier.set(listId, [...lists, list]);
  }

  /** The known lists of a playlist on earlier days. */
  earlier(listId: string): readonly EarlierList[] {
    return this.#earlier.get(listId) ?? [];
  }

  /** Day of the next known stay of the recording in the scope; OPEN_END when there is none. */
  nextUse(scope: string, row: number): number {
    return this.#scopes.get(scope)?.later.get(row) ?? OPEN_END;
  }

  /** Whether the scope has any stay: a new scope needs no columns. */
  hasScope(scope: string): boolean {
    return this.#scopes.has(scope);
  }

  /** The stays of every scope, in the order in which they were added; of a recording the last one counts. */
  stays(): { readonly scope: string; readonly stays: StayColumns }[] {
    return [...this.#scopes].map(([scope, log]) => ({ scope, stays: log.columns() }));
  }

  /** The scope by row. Writes two columns of the catalog's size: call it once per day and scope. */
  columnsOf(scope: string, size: number): RepeatWindowColumns {
    const columns = { restsUntil: new Int32Array(size).fill(UNKNOWN_DAY), lastUsed: new Int32Array(size).fill(UNKNOWN_DAY) };
    this.#scopes.get(scope)?.writeTo(columns, size);
    return columns;
  }

  /** Adds a day's published lists, with the same result as storing them and reading the ledger again. */
  addDrafts(drafts: readonly PlacedList[], day: number): void {
    for (const draft of drafts) if (draft.status === 'published') this.#rememberOne(draft, day);
  }

  #rememberOne(draft: PlacedList, day: number): void {
    const before = this.#previous.get(draft.playlistId);
    for (const { row, lastDay, restsUntil, restScope } of draft.ended) this.addStay(restScope, { row, lastDay, restsUntil });
    for (const { row, isPinned, restDays } of draft.entries) {
      const stay = isPinned ? { lastDay: OPEN_END, restsUntil: OPEN_END } : { lastDay: day, restsUntil: day + restDays };
      this.addStay(draft.restScope, { row, ...stay });
    }
    this.addEarlier(draft.playlistId, { day, rows: draft.entries.map(({ row }) => row) });
    const shown = draft.entries.map(({ row, isPinned }) => ({ row, lastDay: isPinned ? OPEN_END : day }));
    this.claims.replace(draft.playlistId, { groups: draft.groups, shown, day, previousDay: before?.day ?? day });
    this.#previous.set(draft.playlistId, {
      day,
      policyId: draft.policyId,
      restScope: draft.restScope,
      entries: draft.entries.map(({ row, recordingId, firstDay, restDays, isPinned }) => ({
        row,
        recordingId,
        firstDay,
        restDays,
        isOpen: isPinned,
      })),
    });
  }

  #scope(key: string): StayLog {
    const log = this.#scopes.get(key) ?? new StayLog();
    this.#scopes.set(key, log);
    return log;
  }
}

/** Stays of one scope, oldest first. The last stay of a recording counts. */
class StayLog {
  readonly later = new Map<number, number>();
  #length = 0;
  #rows = new Int32Array(64);
  #lastDays = new Int32Array(64);
  #restsUntil = new Int32Array(64);

  add({ row, lastDay, restsUntil }: IndexedStay): void {
    if (this.#length === this.#rows.length) this.#makeRoom();
    this.#rows[this.#length] = row;
    this.#lastDays[this.#length] = lastDay;
    this.#restsUntil[this.#length] = restsUntil;
    this.#length += 1;
  }

  columns(): StayColumns {
    const end = this.#length;
    return { rows: this.#rows.slice(0, end), lastDays: this.#lastDays.slice(0, end), restsUntil: this.#restsUntil.slice(0, end) };
  }

  writeTo(columns: RepeatWindowColumns, size: number): void {
    for (let i = 0; i < this.#length; i++) {
      const row = this.#rows[i] ?? size;
      if (row < 0 || row >= size) continue;
      columns.lastUsed[row] = this.#lastDays[i] ?? UNKNOWN_DAY;
      columns.restsUntil[row] = this.#restsUntil[i] ?? UNKNOWN_DAY;
    }
  }

  /** Drops stays that a later stay of the same recording replaces; grows only when that frees less than half. */
  #makeRoom(): void {
    const seen = new Set<number>();
    let at = this.#length;
    for (let i = this.#length - 1; i >= 0; i--) {
      const row = this.#rows[i] ?? 0;
      if (seen.has(row)) continue;
      seen.add(row);
      at -= 1;
      this.#move(i, at);
    }
    for (let i = at; i < this.#length; i++) this.#move(i, i - at);
    this.#length -= at;
    if (this.#length <= this.#rows.length / 2) return;
    this.#rows = grown(this.#rows);
    this.#lastDays = grown(this.#lastDays);
    this.#restsUntil = grown(this.#restsUntil);
  }

  #move(from: number, to: number): void {
    this.#rows[to] = this.#rows[from] ?? 0;
    this.#lastDays[to] = this.#lastDays[from] ?? 0;
    this.#restsUntil[to] = this.#restsUntil[from] ?? 0;
  }
}

function grown(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
