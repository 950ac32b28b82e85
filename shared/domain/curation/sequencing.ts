import type { Flow } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { flowCosts, NO_FLOW } from './flow.ts';
import type { FlowCosts } from './flow.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { improveOrder } from './improve-order.ts';
import { EXACT_TRACKS_MAX, exactOrder } from './quality/exact-order.ts';
import type { OrderProblem } from './improve-order.ts';

export interface SequenceRules {
  /** Minimum distance of two tracks by one artist, in positions; 0 and 1 have no effect. */
  readonly artistGap: number;
  readonly seed: number;
  /** The wanted flow; without it only small steps of energy and tempo. */
  readonly flow?: Flow;
  /** The costs of an order, in place of those of the flow; short lists then get the best of all orders. */
  readonly costsOf?: ((rows: readonly number[]) => FlowCosts) | undefined;
  /** Fixed positions of rows, from 1. */
  readonly positions?: ReadonlyMap<number, number>;
  /** Whether the rows are already in their final order and only measured. */
  readonly isSettled?: boolean;
}

export interface Sequence {
  readonly rows: readonly number[];
  /** The smallest distance of two tracks by one artist; Infinity when no artist occurs twice. */
  readonly achievedGap: number;
}

/**
 * Orders a list so that artist separation is kept, pinned tracks have their positions and the music follows the wanted flow. When every track has one
 * artist and nothing is pinned, the separation is reached whenever that is possible; otherwise as closely as it can, and the result has the achieved gap.
 */
export function sequence(rows: readonly number[], catalog: Catalog, rules: SequenceRules): Sequence {
  if (rules.isSettled) return { rows, achievedGap: gapOf(rows, catalog) };
  const fixed = new Map([...(rules.positions ?? [])].flatMap(([row, position]) => (position > rows.length ? [] : [[position - 1, row]])));
  const costsOf = rules.costsOf ?? ((ordered: readonly number[]) => flowCosts(catalog, ordered, rules.flow ?? NO_FLOW));
  const line: OrderProblem = { rows, catalog, gap: Math.max(1, rules.artistGap), costsOf, fixed };
  const start = { ...line, rows: spread(line, rules.seed) };
  const ordered = rules.costsOf && rows.length <= EXACT_TRACKS_MAX ? exactOrder(start) : improveOrder(start);
  return { rows: ordered, achievedGap: gapOf(ordered, catalog) };
}

/** The smallest distance between two tracks by one artist. */
export function gapOf(rows: readonly number[], catalog: Catalog): number {
  const lastAt = new Map<number, number>();
  let gap = Infinity;
  rows.forEach((row, position) => {
    for (const artist of artistsOf(catalog, row)) {
      const last = lastAt.get(artist);
      if (last !== undefined) gap = Math.min(gap, position - last);
      lastAt.set(artist, position);
    }
  });
  return gap;
}

/**
 * Greedy: takes next a track of the artist with the most tracks left, among artists that are far enough from their last track. With one artist per track
 * this finds a separation whenever there is one. When no artist is far enough, takes the one that is furthest.
 */
function spread({ rows, catalog, gap, fixed }: OrderProblem, seed: number): number[] {
  const tracks = rows.map((row) => ({ row, artists: [...artistsOf(catalog, row)], chance: chanceOf(seed, catalog.recordingIds[row] ?? 0) }));
  const fixedRows = new Set(fixed.values());
  const waiting = tracks.filter(({ row }) => !fixedRows.has(row));
  const distances = new ArtistDistances(catalog, gap, fixed);
  const left = new Map<number, number>();
  for (const { artists } of waiting) for (const artist of artists) left.set(artist, (left.get(artist) ?? 0) + 1);
  const placed: number[] = [];
  while (placed.length < rows.length) {
    const place = placed.length;
    const pinned = fixed.get(place);
    const index =
      pinned === undefined ? bestOf(waiting, (track) => [distances.at(place, track.artists), mostLeft(left, track.artists), track.chance]) : -1;
    const [track] = index < 0 ? [] : waiting.splice(index, 1);
    const row = pinned ?? track?.row;
    if (row === undefined) break;
    for (const artist of track?.artists ?? []) left.set(artist, (left.get(artist) ?? 1) - 1);
    distances.put(place, row);
    placed.push(row);
  }
  return placed;
}

/** The distance of a track's artists to their nearest other track. */
class ArtistDistances {
  readonly #places = new Map<number, number[]>();
  readonly #catalog: Catalog;
  readonly #gap: number;

  constructor(catalog: Catalog, gap: number, fixed: ReadonlyMap<number, number>) {
    this.#catalog = catalog;
    this.#gap = gap;
    for (const [place, row] of fixed) this.put(place, row);
  }

  put(place: number, row: number): void {
    for (const artist of artistsOf(this.#catalog, row)) this.#places.set(artist, [...(this.#places.get(artist) ?? []), place]);
  }

  /** At most the gap: a larger distance is no better. */
  at(place: number, artists: readonly number[]): number {
    let nearest = this.#gap;
    for (const artist of artists) for (const other of this.#places.get(artist) ?? []) nearest = Math.min(nearest, Math.abs(place - other));
    return nearest;
  }
}

function mostLeft(left: ReadonlyMap<number, number>, artists: readonly number[]): number {
  return Math.max(0, ...artists.map((artist) => left.get(artist) ?? 0));
}

type Key = readonly [number, number, number];

function bestOf<T>(items: readonly T[], keyOf: (item: T) => Key): number {
  let best = -1;
  let bestKey: Key = [-1, -1, -1];
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    if (isGreater(key, bestKey)) [best, bestKey] = [index, key];
  }
  return best;
}

function isGreater(a: Key, b: Key): boolean {
  if (a[0] !== b[0]) return a[0] > b[0];
  return a[1] === b[1] ? a[2] > b[2] : a[1] > b[1];
}
