import type { Contest, Demand } from '#shared/domain/curation/allocation/allocation.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';

const ROUNDS = 150;
/** Rounds without a better bound before the step is halved. */
const PATIENCE = 12;

/** Seats that all lists of one kind have in one block, with the price of a seat. */
interface Side {
  readonly kind: Kind;
  readonly seats: number;
  readonly admits: ((row: number) => boolean) | undefined;
  price: number;
  used: number;
}

/** Lists of one contest and the same arenas and caps. */
interface Kind {
  readonly contest: Contest;
  readonly arena: string;
  readonly lists: readonly Demand[];
  readonly sides: Side[];
  /** Prices of artists and albums that the relaxed lists used beyond their caps, with the room all lists have for them and what was used. */
  readonly crowded: Map<number, { readonly room: number; price: number; used: number }>;
}

/** What a row brings at most in an arena, and to which side. */
interface Bid {
  readonly worth: number;
  readonly side: Side;
}

/**
 * An upper bound of the total of any day that keeps the rules: the Lagrangian dual in which seats, and artists and albums of all lists of a kind, have prices,
 * and every row goes where it is worth most in each arena. True whatever the prices are (weak duality), which are found here by subgradient
 * steps and owe nothing to the allocator's. Of several arenas of a list only the most contested one counts, which can only raise the bound.
 */
export function upperBound(demands: readonly Demand[], catalogue: Catalogue, reached: number): number {
  const kinds = kindsOf(demands);
  for (const kind of kinds)
    for (const side of kind.sides) side.price = kind.contest.scores[Math.min(side.seats, kind.contest.scores.length) - 1] ?? 0;
  let best = Number.POSITIVE_INFINITY;
  let stride = 1;
  let stale = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bound = dual(kinds, catalogue);
    stale = bound < best * (1 - 1e-6) ? 0 : stale + 1;
    best = Math.min(best, bound);
    if (stale >= PATIENCE) {
      stride /= 2;
      stale = 0;
    }
    reprice(kinds, stride * Math.max(0, bound - reached));
  }
  return best;
}

function kindsOf(demands: readonly Demand[]): Kind[] {
  const members = new Map<number, number>();
  for (const { arenas } of demands) for (const arena of arenas) members.set(arena, (members.get(arena) ?? 0) + 1);
  const numbers = new Map<Contest, number>();
  const groups = new Map<string, Demand[]>();
  for (const demand of demands) {
    const { contest, arenas, caps } = demand;
    numbers.set(contest, numbers.get(contest) ?? numbers.size);
    const key = `${numbers.get(contest)} ${arenas.join(',')} ${caps.perArtist} ${caps.perAlbum}`;
    groups.set(key, [...(groups.get(key) ?? []), demand]);
  }
  return [...groups.values()].flatMap((lists, index) => {
    const [first] = lists;
    if (!first) return [];
    const arena = first.arenas.toSorted((a, b) => (members.get(b) ?? 0) - (members.get(a) ?? 0))[0];
    const kind: Kind = { contest: first.contest, arena: arena === undefined ? `alone ${index}` : `${arena}`, lists, sides: [], crowded: new Map() };
    if (first.blocks.length === 0)
      kind.sides.push({ kind, seats: lists.reduce((seats, list) => seats + list.slots, 0), admits: undefined, price: 0, used: 0 });
    for (const [at, block] of first.blocks.entries()) {
      const seats = lists.reduce((sum, list) => sum + (list.blocks[at]?.slots ?? 0), 0);
      kind.sides.push({ kind, seats, admits: (row) => block.admits(row), price: 0, used: 0 });
    }
    return [kind];
  });
}

/** The dual at the present prices; leaves in `used` what each side and each crowded key got. */
function dual(kinds: readonly Kind[], catalogue: Catalogue): number {
  let bound = 0;
  const arenas = new Map<string, Map<number, Bid>>();
  for (const kind of kinds) {
    for (const side of kind.sides) {
      bound += side.seats * side.price;
      side.used = 0;
    }
    for (const crowd of kind.crowded.values()) {
      bound += crowd.room * crowd.price;
      crowd.used = 0;
    }
    const bids = arenas.get(kind.arena) ?? new Map<number, Bid>();
    arenas.set(kind.arena, bids);
    collectBids(kind, catalogue, bids);
  }
  for (const bids of arenas.values()) {
    for (const [row, { worth, side }] of bids) {
      bound += worth;
      side.used += 1;
      for (const key of keysOf(catalogue, row)) countUse(side.kind, catalogue, key);
    }
  }
  return bound;
}

/** Scores fall with the rank, so nothing after the lowest price can be worth anything. */
function collectBids(kind: Kind, catalogue: Catalogue, bids: Map<number, Bid>): void {
  const { rows, scores } = kind.contest;
  const lowest = Math.min(...kind.sides.map((side) => side.price));
  for (let rank = 0; rank < rows.length && (scores[rank] ?? 0) > lowest; rank++) {
    const row = rows[rank] ?? -1;
    const score = (scores[rank] ?? 0) - keysOf(catalogue, row).reduce((sum, key) => sum + (kind.crowded.get(key)?.price ?? 0), 0);
    for (const side of kind.sides) {
      const worth = score - side.price;
      if (worth > (bids.get(row)?.worth ?? 0) && (side.admits?.(row) ?? true)) bids.set(row, { worth, side });
    }
  }
}

function countUse(kind: Kind, catalogue: Catalogue, key: number): void {
  const crowd = kind.crowded.get(key);
  if (crowd) crowd.used += 1;
  else kind.crowded.set(key, { room: roomFor(kind, catalogue, key), price: 0, used: 1 });
}

/** What all lists of a kind can take of an artist or album beside what they hold. */
function roomFor({ lists }: Kind, catalogue: Catalogue, key: number): number {
  return lists.reduce((room, { caps, held }) => {
    const holds = held.filter((row) => keysOf(catalogue, row).includes(key)).length;
    return room + Math.max(0, (key < 0 ? caps.perAlbum : caps.perArtist) - holds);
  }, 0);
}

function keysOf(catalogue: Catalogue, row: number): number[] {
  return [...artistsOf(catalogue, row), -1 - (catalogue.albums[row] ?? 0)];
}

function reprice(kinds: readonly Kind[], gap: number): void {
  let norm = 0;
  for (const { sides, crowded } of kinds) {
    for (const { used, seats } of sides) norm += (used - seats) ** 2;
    for (const { used, room, price } of crowded.values()) if (used > room || price > 0) norm += (used - room) ** 2;
  }
  if (norm === 0) return;
  const step = gap / norm;
  for (const { sides, crowded } of kinds) {
    // The price of a seat may be negative: every seat has to be filled.
    for (const side of sides) side.price += step * (side.used - side.seats);
    for (const crowd of crowded.values())
      if (crowd.used > crowd.room || crowd.price > 0) crowd.price = Math.max(0, crowd.price + step * (crowd.used - crowd.room));
  }
}
