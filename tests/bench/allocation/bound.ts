import type { ScoredCandidates, Demand } from '#shared/domain/curation/demand.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

const ROUNDS = 150;
/** Rounds without a better bound before the step is halved. */
const STALE_ROUNDS_MAX = 12;

/** Slots that all playlists of one kind have in one block, with the price of a slot. */
interface SlotGroup {
  readonly kind: Kind;
  readonly slots: number;
  readonly admits: ((row: number) => boolean) | undefined;
  price: number;
  used: number;
}

/** Playlists with the same ranked candidates, conflict scopes and caps. */
interface Kind {
  readonly candidates: ScoredCandidates;
  readonly scope: string;
  readonly lists: readonly Demand[];
  readonly slotGroups: SlotGroup[];
  /** Prices of artists and albums used beyond their caps by the relaxation, with the capacity of all playlists and the use. */
  readonly capped: Map<number, { readonly capacity: number; price: number; used: number }>;
}

/** A row's best value in a conflict scope, and the slot group that bids it. */
interface Bid {
  readonly value: number;
  readonly group: SlotGroup;
}

/**
 * An upper bound of the total score of any day that keeps the rules: the Lagrangian dual with prices for slots and for the artist and album caps of all
 * playlists of a kind; each row goes to its highest bid in each conflict scope. Valid for any prices (weak duality); they are found here by subgradient
 * steps, independently of the allocator. Of several conflict scopes of a playlist only the one with the most playlists counts, which can only raise the bound.
 */
export function upperBound(demands: readonly Demand[], catalog: Catalog, reached: number): number {
  const kinds = kindsOf(demands);
  for (const kind of kinds)
    for (const group of kind.slotGroups) group.price = kind.candidates.scores[Math.min(group.slots, kind.candidates.scores.length) - 1] ?? 0;
  let best = Number.POSITIVE_INFINITY;
  let stride = 1;
  let stale = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bound = dual(kinds, catalog);
    stale = bound < best * (1 - 1e-6) ? 0 : stale + 1;
    best = Math.min(best, bound);
    if (stale >= STALE_ROUNDS_MAX) {
      stride /= 2;
      stale = 0;
    }
    updatePrices(kinds, stride * Math.max(0, bound - reached));
  }
  return best;
}

function kindsOf(demands: readonly Demand[]): Kind[] {
  const members = new Map<number, number>();
  for (const { conflictScopes } of demands) for (const scope of conflictScopes) members.set(scope, (members.get(scope) ?? 0) + 1);
  const numbers = new Map<ScoredCandidates, number>();
  const demandsByKind = new Map<string, Demand[]>();
  for (const demand of demands) {
    const { candidates, conflictScopes, caps } = demand;
    numbers.set(candidates, numbers.get(candidates) ?? numbers.size);
    const key = `${numbers.get(candidates)} ${conflictScopes.join(',')} ${caps.perArtist} ${caps.perAlbum}`;
    demandsByKind.set(key, [...(demandsByKind.get(key) ?? []), demand]);
  }
  return [...demandsByKind.values()].flatMap((lists, index) => {
    const [first] = lists;
    if (!first) return [];
    const scope = first.conflictScopes.toSorted((a, b) => (members.get(b) ?? 0) - (members.get(a) ?? 0))[0];
    const kind: Kind = {
      candidates: first.candidates,
      scope: scope === undefined ? `alone ${index}` : `${scope}`,
      lists,
      slotGroups: [],
      capped: new Map(),
    };
    if (first.blocks.length === 0)
      kind.slotGroups.push({ kind, slots: lists.reduce((slots, list) => slots + list.slots, 0), admits: undefined, price: 0, used: 0 });
    for (const [at, block] of first.blocks.entries()) {
      const slots = lists.reduce((sum, list) => sum + (list.blocks[at]?.slots ?? 0), 0);
      kind.slotGroups.push({ kind, slots, admits: (row) => block.admits(row), price: 0, used: 0 });
    }
    return [kind];
  });
}

/** The dual value at the current prices; stores the use of each slot group and capped key in `used`. */
function dual(kinds: readonly Kind[], catalog: Catalog): number {
  let bound = 0;
  const bidsByScope = new Map<string, Map<number, Bid>>();
  for (const kind of kinds) {
    for (const group of kind.slotGroups) {
      bound += group.slots * group.price;
      group.used = 0;
    }
    for (const cap of kind.capped.values()) {
      bound += cap.capacity * cap.price;
      cap.used = 0;
    }
    const bids = bidsByScope.get(kind.scope) ?? new Map<number, Bid>();
    bidsByScope.set(kind.scope, bids);
    collectBids(kind, catalog, bids);
  }
  for (const bids of bidsByScope.values()) {
    for (const [row, { value, group }] of bids) {
      bound += value;
      group.used += 1;
      for (const key of keysOf(catalog, row)) countUse(group.kind, catalog, key);
    }
  }
  return bound;
}

/** Scores fall with the rank, so no row scoring below the lowest price can have a positive value. */
function collectBids(kind: Kind, catalog: Catalog, bids: Map<number, Bid>): void {
  const { rows, scores } = kind.candidates;
  const lowest = Math.min(...kind.slotGroups.map((group) => group.price));
  for (let rank = 0; rank < rows.length && (scores[rank] ?? 0) > lowest; rank++) {
    const row = rows[rank] ?? -1;
    const score = (scores[rank] ?? 0) - keysOf(catalog, row).reduce((sum, key) => sum + (kind.capped.get(key)?.price ?? 0), 0);
    for (const group of kind.slotGroups) {
      const value = score - group.price;
      if (value > (bids.get(row)?.value ?? 0) && (group.admits?.(row) ?? true)) bids.set(row, { value, group });
    }
  }
}

function countUse(kind: Kind, catalog: Catalog, key: number): void {
  const cap = kind.capped.get(key);
  if (cap) cap.used += 1;
  else kind.capped.set(key, { capacity: capacityFor(kind, catalog, key), price: 0, used: 1 });
}

/** How many more tracks of an artist or album all playlists of a kind can take. */
function capacityFor({ lists }: Kind, catalog: Catalog, key: number): number {
  return lists.reduce((capacity, { caps, held }) => {
    const heldCount = held.filter((row) => keysOf(catalog, row).includes(key)).length;
    return capacity + Math.max(0, (key < 0 ? caps.perAlbum : caps.perArtist) - heldCount);
  }, 0);
}

function keysOf(catalog: Catalog, row: number): number[] {
  return [...artistsOf(catalog, row), -1 - (catalog.albums[row] ?? 0)];
}

function updatePrices(kinds: readonly Kind[], gap: number): void {
  let norm = 0;
  for (const { slotGroups, capped } of kinds) {
    for (const { used, slots } of slotGroups) norm += (used - slots) ** 2;
    for (const { used, capacity, price } of capped.values()) if (used > capacity || price > 0) norm += (used - capacity) ** 2;
  }
  if (norm === 0) return;
  const step = gap / norm;
  for (const { slotGroups, capped } of kinds) {
    // The price of a slot may be negative: every slot must be filled.
    for (const group of slotGroups) group.price += step * (group.used - group.slots);
    for (const cap of capped.values())
      if (cap.used > cap.capacity || cap.price > 0) cap.price = Math.max(0, cap.price + step * (cap.used - cap.capacity));
  }
}
