import type { Bans, Policy } from '#shared/contracts/policies/policy.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import type { PinnedRow, PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import type { ListOfDay } from '../curate-day.ts';
import { RepeatIndex } from '../repeat-index.ts';
import type { EarlierList, PreviousList } from '../repeat-index.ts';
import type { FeasibilityInput } from './forecast.ts';

/** The pins and bans of a policy as catalog rows, each separately, so that a reduced version of the policy needs no further reading. */
export interface SeparateRefs {
  /** In the order of the policy's pins; a pin that the catalog does not have has no row. */
  readonly pins: readonly (readonly PinnedRow[])[];
  readonly banned: Readonly<Record<keyof Bans, RowSet | undefined>>;
  readonly neighbors: PolicyRefs['neighbors'];
}

interface PackedRefs {
  readonly pins: PolicyRefs['pins'];
  readonly banned: Uint32Array | undefined;
  readonly unknown: PolicyRefs['unknown'];
  readonly neighbors?: PolicyRefs['neighbors'];
}

type PackedList = Omit<ListOfDay, 'refs'> & { readonly refs: PackedRefs };

/** The input of a check as plain data, for another thread. The catalog is sent separately. */
export interface PackedInput {
  readonly from: string;
  readonly days: number;
  readonly policy: Policy;
  readonly own: readonly PackedList[];
  readonly others: readonly PackedList[];
  readonly scopes: ReturnType<RepeatIndex['stays']>;
  readonly previous: readonly (readonly [listId: string, list: PreviousList])[];
  readonly earlier: readonly (readonly [listId: string, lists: readonly EarlierList[]])[];
  readonly pins: SeparateRefs['pins'];
  readonly banned: Readonly<Record<keyof Bans, Uint32Array | undefined>>;
  readonly neighbors: PolicyRefs['neighbors'];
}

/** What a check needs, before it is packed. */
export type CheckToPack = Pick<FeasibilityInput, 'from' | 'days' | 'policy' | 'own' | 'others'> & {
  readonly repeatIndex: RepeatIndex;
  readonly refs: SeparateRefs;
};

/** Packs the input of a check as plain data that a message can carry. */
export function packInput({ from, days, policy, own, others, repeatIndex, refs }: CheckToPack): PackedInput {
  const { recordings, artists, albums } = refs.banned;
  return {
    from,
    days,
    policy,
    own: own.map(packList),
    others: others.map(packList),
    scopes: repeatIndex.stays(),
    previous: [...own, ...others].flatMap(({ id }) => {
      const list = repeatIndex.previous(id);
      return list ? [[id, list] as const] : [];
    }),
    earlier: [...own, ...others].map(({ id }) => [id, repeatIndex.earlier(id)] as const),
    pins: refs.pins,
    banned: { recordings: recordings?.bits, artists: artists?.bits, albums: albums?.bits },
    neighbors: refs.neighbors,
  };
}

function packList(list: ListOfDay): PackedList {
  return { ...list, refs: { ...list.refs, banned: list.refs.banned?.bits } };
}

/** The input of a check as it was before it was packed. */
export function unpackInput(packed: PackedInput, catalog: Catalog): FeasibilityInput {
  const { from, days, policy } = packed;
  const repeatIndex = new RepeatIndex();
  for (const { scope, stays } of packed.scopes) {
    stays.rows.forEach((row, at) => repeatIndex.addStay(scope, { row, lastDay: stays.lastDays[at] ?? 0, restsUntil: stays.restsUntil[at] ?? 0 }));
  }
  for (const [id, list] of packed.previous) repeatIndex.setPrevious(id, list);
  for (const [id, lists] of packed.earlier) for (const list of lists) repeatIndex.addEarlier(id, list);
  const refsOf = reducedRefs(packed, catalog.size);
  return { catalog, from, days, policy, own: packed.own.map(unpackList), others: packed.others.map(unpackList), repeatIndex, refsOf };
}

function unpackList(list: PackedList): ListOfDay {
  return { ...list, refs: { ...list.refs, banned: list.refs.banned && RowSet.fromBits(list.refs.banned) } };
}

/** Gives the pins and bans of the policy, or of a version of it with fewer of them. */
function reducedRefs({ policy, pins, banned, neighbors }: PackedInput, size: number): (remaining: Policy) => PolicyRefs {
  const rowsOfPin = new Map(policy.pins.map((pin, at) => [pin, pins[at] ?? []]));
  const keys = ['albums', 'recordings', 'artists'] as const;
  const sets = keys.flatMap((key) => (banned[key] ? [{ key, rows: RowSet.fromBits(banned[key]) }] : []));
  return (remaining) => {
    const inForce = sets.filter(({ key }) => remaining.bans[key].length > 0).map(({ rows }) => rows);
    const all = inForce.length === 0 ? undefined : unite(size, inForce);
    return { ...NO_REFS, neighbors, pins: remaining.pins.flatMap((pin) => rowsOfPin.get(pin) ?? []), banned: all };
  };
}

function unite(size: number, sets: readonly RowSet[]): RowSet {
  const all = new RowSet(size);
  for (let row = 0; row < size; row++) if (sets.some((set) => set.has(row))) all.add(row);
  return all;
}
