import type { Contest, Demand } from './allocation.ts';
import type { OpenList } from './list.ts';
import { Caps } from '../caps.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';

/** A candidate that its team's caps turn away for now. */
export interface Parked {
  readonly bidder: number;
  readonly rank: number;
}

/**
 * Lists that want the same by the same rules: one contest, the same arenas, caps and form of mix. To them a recording is worth the same
 * wherever it goes, so they bid together and share what they win.
 */
export class Team {
  readonly contest: Contest;
  readonly arenas: readonly number[];
  /** How many blocks the mix of its lists has; 1, the whole list, where there is none. */
  readonly blockCount: number;
  /** Turned away by a cap, by the key of the artist or album that is full. */
  readonly parked = new Map<number, Parked[]>();
  /** Caps of all lists together. */
  caps: Caps;
  readonly members: readonly OpenList[];
  /** Members still to be filled, in the order of the demands. */
  readonly lists: OpenList[];
  /** Rows that some list of the team has already. */
  readonly held: ReadonlySet<number>;
  /** By how much its scores count in the auction: more than 1 for a team that would come off badly. */
  readonly weight: number;
  readonly #catalogue: Catalogue;
  readonly #admits: readonly (readonly Demand['blocks'][number][])[];

  constructor(members: readonly OpenList[], catalogue: Catalogue, weight = 1) {
    const demand = members[0]?.demand;
    this.contest = demand?.contest ?? { rows: new Int32Array(0), scores: new Float64Array(0) };
    this.arenas = demand?.arenas ?? [];
    this.blockCount = Math.max(1, demand?.blocks.length ?? 0);
    this.#admits = Array.from({ length: this.blockCount }, (_, block) => [...new Set(members.flatMap((list) => list.demand.blocks[block] ?? []))]);
    this.members = members;
    this.lists = [...members];
    this.weight = weight;
    this.held = new Set(members.flatMap((list) => list.demand.held));
    this.#catalogue = catalogue;
    this.caps = this.#freshCaps();
  }

  /** The same team before anything was bid, with another weight. */
  weighing(weight: number): Team {
    return new Team(this.members, this.#catalogue, weight);
  }

  /** Seats of a block in all lists; block 0 is the whole list where there is no mix. */
  quotaOf(block: number): number {
    return this.lists.reduce((sum, list) => sum + list.slotsOf(block), 0);
  }

  /** Whether some list of the team takes the row in a block; a list may bar what others of its policy do not. */
  admits(row: number, block: number): boolean {
    const doors = this.#admits[block];
    return !doors || doors.length === 0 || doors.some((door) => door.admits(row));
  }

  /** The last list steps back. What the team holds then counts anew towards the smaller caps: add it again. */
  dropLastList(): void {
    this.lists.pop();
    this.caps = this.#freshCaps();
  }

  park(row: number, parked: Parked): void {
    const key = this.caps.fullKeysOf(row)[0] ?? 0;
    const known = this.parked.get(key);
    if (known) known.push(parked);
    else this.parked.set(key, [parked]);
  }

  /** Who waited for room with the artists and the album of a row that left. */
  unpark(row: number): Parked[] {
    const waiting: Parked[] = [];
    for (const key of this.caps.keysOf(row)) {
      waiting.push(...(this.parked.get(key) ?? []));
      this.parked.delete(key);
    }
    return waiting;
  }

  unparkAll(bidder: number): void {
    for (const [key, waiting] of this.parked)
      this.parked.set(
        key,
        waiting.filter((parked) => parked.bidder !== bidder),
      );
  }

  #freshCaps(): Caps {
    const { perArtist, perAlbum } = this.lists[0]?.demand.caps ?? { perArtist: 0, perAlbum: 0 };
    const caps = new Caps(this.#catalogue, { perArtist: perArtist * this.lists.length, perAlbum: perAlbum * this.lists.length });
    for (const list of this.lists) for (const row of list.demand.held) caps.add(row);
    return caps;
  }
}

/** Puts lists that want the same into teams; a list without an arena competes with nobody and is a team by itself. */
export function formTeams(lists: readonly OpenList[], catalogue: Catalogue): Team[] {
  const contests = new Map<Contest, number>();
  const teams = new Map<string, OpenList[]>();
  for (const [index, list] of lists.entries()) {
    const { contest, arenas, caps, blocks } = list.demand;
    const number = contests.get(contest) ?? contests.size;
    contests.set(contest, number);
    const alone = arenas.length === 0 ? `alone ${index}` : '';
    const key = [number, arenas.toSorted((a, b) => a - b).join(','), caps.perArtist, caps.perAlbum, blocks.length, alone].join(' ');
    const team = teams.get(key);
    if (team) team.push(list);
    else teams.set(key, [list]);
  }
  return [...teams.values()].map((members) => new Team(members, catalogue));
}
