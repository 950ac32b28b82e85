import type { ScoredCandidates, Demand } from '../demand.ts';
import type { OpenList } from './list.ts';
import { Caps } from '../caps.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/** A candidate that the team's caps reject for now. */
export interface Parked {
  readonly bidder: number;
  readonly rank: number;
}

/**
 * Lists with the same demand: the same candidates, conflict scopes, caps and number of mix blocks. A recording has the same value in each of them,
 * so they bid together and share what they win.
 */
export class Team {
  readonly candidates: ScoredCandidates;
  readonly conflictScopes: readonly number[];
  /** Number of blocks in the mix of its lists; 1, the whole list, without a mix. */
  readonly blockCount: number;
  /** Candidates rejected by a cap, by the key of the artist or album that is full. */
  readonly parked = new Map<number, Parked[]>();
  /** Caps of all lists together. */
  caps: Caps;
  readonly members: readonly OpenList[];
  /** Members still to be filled, in the order of the demands. */
  readonly lists: OpenList[];
  /** Rows that some list of the team has already. */
  readonly held: ReadonlySet<number>;
  /** Factor of its scores in the auction: more than 1 for a team with a low share. */
  readonly weight: number;
  readonly #catalog: Catalog;
  readonly #admits: readonly (readonly Demand['blocks'][number][])[];

  constructor(members: readonly OpenList[], catalog: Catalog, weight = 1) {
    const demand = members[0]?.demand;
    this.candidates = demand?.candidates ?? { rows: new Int32Array(0), scores: new Float64Array(0) };
    this.conflictScopes = demand?.conflictScopes ?? [];
    this.blockCount = Math.max(1, demand?.blocks.length ?? 0);
    this.#admits = Array.from({ length: this.blockCount }, (_, block) => [...new Set(members.flatMap((list) => list.demand.blocks[block] ?? []))]);
    this.members = members;
    this.lists = [...members];
    this.weight = weight;
    this.held = new Set(members.flatMap((list) => list.demand.held));
    this.#catalog = catalog;
    this.caps = this.#freshCaps();
  }

  /** The same team before the auction, with another weight. */
  withWeight(weight: number): Team {
    return new Team(this.members, this.#catalog, weight);
  }

  /** Slots of a block in all lists; block 0 is the whole list without a mix. */
  quotaOf(block: number): number {
    return this.lists.reduce((sum, list) => sum + list.slotsOf(block), 0);
  }

  /** Whether any list of the team admits the row in a block; a list may bar rows that others of its policy admit. */
  admits(row: number, block: number): boolean {
    const blocks = this.#admits[block];
    return !blocks || blocks.length === 0 || blocks.some((one) => one.admits(row));
  }

  /** Drops the last list and resets the caps to the smaller team: the caller adds what the team holds again. */
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

  /** Removes and returns the candidates that waited for the artists or the album of a removed row. */
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
    const { perArtist, perAlbum, perSong } = this.lists[0]?.demand.caps ?? { perArtist: 0, perAlbum: 0 };
    const lists = this.lists.length;
    const ofSong = perSong === undefined ? {} : { perSong: perSong * lists };
    const caps = new Caps(this.#catalog, { perArtist: perArtist * lists, perAlbum: perAlbum * lists, ...ofSong });
    for (const list of this.lists) for (const row of list.demand.held) caps.add(row);
    return caps;
  }
}

/** Groups lists with the same demand into teams. A list without a conflict scope competes with no other and is its own team. */
export function formTeams(lists: readonly OpenList[], catalog: Catalog): Team[] {
  const numbers = new Map<ScoredCandidates, number>();
  const teams = new Map<string, OpenList[]>();
  for (const [index, list] of lists.entries()) {
    const { candidates, conflictScopes, caps, blocks } = list.demand;
    const number = numbers.get(candidates) ?? numbers.size;
    numbers.set(candidates, number);
    const alone = conflictScopes.length === 0 ? `alone ${index}` : '';
    const key = [
      number,
      conflictScopes.toSorted((a, b) => a - b).join(','),
      caps.perArtist,
      caps.perAlbum,
      caps.perSong ?? 0,
      blocks.length,
      alone,
    ].join(' ');
    const team = teams.get(key);
    if (team) team.push(list);
    else teams.set(key, [list]);
  }
  return [...teams.values()].map((members) => new Team(members, catalog));
}
