import type { Flow } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { NO_WISHES } from './flow.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { improveOrder } from './improve-order.ts';
import type { Line } from './improve-order.ts';

export interface SequenceRules {
  /** Positions that two tracks of one artist are to be apart, at least; 0 and 1 ask for nothing. */
  readonly artistGap: number;
  readonly seed: number;
  /** The wanted run of the list; gentle steps of energy and tempo when left out. */
  readonly flow?: Flow;
  /** Places, from 1, that rows have to stand at. */
  readonly positions?: ReadonlyMap<number, number>;
  /** Whether the rows are in order already and only looked at. */
  readonly isSettled?: boolean;
}

export interface Sequence {
  readonly rows: readonly number[];
  /** The smallest distance of two tracks by one artist; Infinity when no artist comes twice. */
  readonly achievedGap: number;
}

/**
 * Orders a list so that tracks of one artist stand apart, pinned ones stand at their place, and the music flows as wished. Where every track has one
 * artist and nothing is pinned, a separation that is possible is found; otherwise it comes as near as it can and says how near.
 */
export function sequence(rows: readonly number[], catalogue: Catalogue, rules: SequenceRules): Sequence {
  if (rules.isSettled) return { rows, achievedGap: gapOf(rows, catalogue) };
  const fixed = new Map([...(rules.positions ?? [])].flatMap(([row, position]) => (position > rows.length ? [] : [[position - 1, row]])));
  const line: Line = { rows, catalogue, gap: Math.max(1, rules.artistGap), flow: rules.flow ?? NO_WISHES, fixed };
  const ordered = improveOrder({ ...line, rows: spread(line, rules.seed) });
  return { rows: ordered, achievedGap: gapOf(ordered, catalogue) };
}

/** The smallest distance between two tracks by one artist. */
export function gapOf(rows: readonly number[], catalogue: Catalogue): number {
  const lastAt = new Map<number, number>();
  let gap = Infinity;
  rows.forEach((row, position) => {
    for (const artist of artistsOf(catalogue, row)) {
      const last = lastAt.get(artist);
      if (last !== undefined) gap = Math.min(gap, position - last);
      lastAt.set(artist, position);
    }
  });
  return gap;
}

/**
 * Always places a track of the artist with most tracks left among those whose artists have been away long enough: for one artist a track
 * this finds a separation whenever there is one. When nobody has been away long enough, whoever has been away longest comes.
 */
function spread({ rows, catalogue, gap, fixed }: Line, seed: number): number[] {
  const tracks = rows.map((row) => ({ row, artists: [...artistsOf(catalogue, row)], chance: chanceOf(seed, catalogue.recordingIds[row] ?? 0) }));
  const standing = new Set(fixed.values());
  const waiting = tracks.filter(({ row }) => !standing.has(row));
  const away = new Away(catalogue, gap, fixed);
  const left = new Map<number, number>();
  for (const { artists } of waiting) for (const artist of artists) left.set(artist, (left.get(artist) ?? 0) + 1);
  const placed: number[] = [];
  while (placed.length < rows.length) {
    const place = placed.length;
    const pinned = fixed.get(place);
    const index =
      pinned === undefined ? bestOf(waiting, (track) => [away.at(place, track.artists), mostLeft(left, track.artists), track.chance]) : -1;
    const [track] = index < 0 ? [] : waiting.splice(index, 1);
    const row = pinned ?? track?.row;
    if (row === undefined) break;
    for (const artist of track?.artists ?? []) left.set(artist, (left.get(artist) ?? 1) - 1);
    away.put(place, row);
    placed.push(row);
  }
  return placed;
}

/** How far the artists of a track are from their nearest other track. */
class Away {
  readonly #places = new Map<number, number[]>();
  readonly #catalogue: Catalogue;
  readonly #gap: number;

  constructor(catalogue: Catalogue, gap: number, fixed: ReadonlyMap<number, number>) {
    this.#catalogue = catalogue;
    this.#gap = gap;
    for (const [place, row] of fixed) this.put(place, row);
  }

  put(place: number, row: number): void {
    for (const artist of artistsOf(this.#catalogue, row)) this.#places.set(artist, [...(this.#places.get(artist) ?? []), place]);
  }

  /** Never more than the gap: further away is no better. */
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
