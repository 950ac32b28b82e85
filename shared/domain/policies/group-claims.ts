/** A stay within an exclusivity group; days are day numbers. */
export interface Claim {
  readonly listId: string;
  readonly firstDay: number;
  readonly lastDay: number;
}

export interface ListClaims {
  readonly groups: readonly string[];
  /** The recordings in the list today, and the last known day of each. */
  readonly shown: readonly { readonly row: number; readonly lastDay: number }[];
  readonly day: number;
  /** The day of the previous list: a claim without an end that is no longer made ends there. */
  readonly previousDay: number;
}

/** Which lists contain which recording on which days, by exclusivity group. Stores only the latest claim of each list and recording. */
export class GroupClaims {
  readonly #groups = new Map<string, Map<number, Claim[]>>();

  add(group: string, row: number, claim: Claim): void {
    const rows = this.#groups.get(group) ?? new Map<number, Claim[]>();
    this.#groups.set(group, rows);
    rows.set(row, [...(rows.get(row) ?? []).filter((other) => other.listId !== claim.listId), claim]);
  }

  /** Another list's claim on the recording that overlaps the days from `from` to `to`, if there is one. */
  findOther(group: string, row: number, stay: { listId: string; from: number; to: number }): Claim | undefined {
    const claims = this.#groups.get(group)?.get(row);
    return claims?.find(({ listId, firstDay, lastDay }) => listId !== stay.listId && firstDay <= stay.to && lastDay >= stay.from);
  }

  /** Rows that another list of the group contains on the day. */
  *rowsOn(group: string, day: number, except: string): Generator<number> {
    for (const [row, claims] of this.#groups.get(group) ?? []) {
      if (claims.some(({ listId, firstDay, lastDay }) => listId !== except && firstDay <= day && lastDay >= day)) yield row;
    }
  }

  /** Records a list's content of today: running claims continue; claims without an end that are no longer made end with the previous list. */
  replace(listId: string, { groups, shown, day, previousDay }: ListClaims): void {
    const lastDays = new Map(shown.map(({ row, lastDay }) => [row, lastDay]));
    for (const [group, rows] of this.#groups) {
      for (const [row, claims] of rows) {
        const own = claims.find((claim) => claim.listId === listId && claim.lastDay >= day);
        if (own && !(groups.includes(group) && lastDays.has(row))) this.add(group, row, { ...own, lastDay: previousDay });
      }
    }
    for (const group of groups) {
      for (const { row, lastDay } of shown) {
        const own = this.#groups
          .get(group)
          ?.get(row)
          ?.find((claim) => claim.listId === listId && claim.lastDay >= previousDay);
        this.add(group, row, { listId, firstDay: own?.firstDay ?? day, lastDay });
      }
    }
  }
}
