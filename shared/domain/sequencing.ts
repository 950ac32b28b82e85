import type { Flow } from '../contracts/policy.ts';
import { artistsOf } from './catalogue-columns.ts';
import type { Catalogue } from './catalogue-columns.ts';
import { smooth } from './flow.ts';
import type { Line } from './flow.ts';
import { chanceOf } from './hash.ts';

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
 * Orders a list so that tracks of one artist stand apart and energy and tempo change gently. Where every track has one artist, a separation
 * that is possible is found; with several artists a track, or too many tracks of one, it comes as near as it can and says how near.
 */
export function sequence(rows: readonly number[], catalogue: Catalogue, rules: SequenceRules): Sequence {
  if (rules.isSettled) return { rows, achievedGap: gapOf(rows, catalogue) };
  const line: Line = { rows, catalogue, gap: Math.max(1, rules.artistGap) };
  const apart = { ...line, rows: spread(line, rules.seed) };
  const ordered = smooth(apart);
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
function spread({ rows, catalogue, gap }: Line, seed: number): number[] {
  const left = new Map<number, number>();
  const lastAt = new Map<number, number>();
  for (const row of rows) for (const artist of artistsOf(catalogue, row)) left.set(artist, (left.get(artist) ?? 0) + 1);
  const waiting = rows.map((row) => ({ row, artists: [...artistsOf(catalogue, row)], chance: chanceOf(seed, catalogue.recordingIds[row] ?? 0) }));
  const placed: number[] = [];
  while (waiting.length > 0) {
    let best = 0;
    let bestKey: readonly [number, number, number] = [-1, -1, -1];
    for (const [index, track] of waiting.entries()) {
      const away = Math.min(gap, ...track.artists.map((artist) => placed.length - (lastAt.get(artist) ?? -Infinity)));
      const key = [away, Math.max(0, ...track.artists.map((artist) => left.get(artist) ?? 0)), track.chance] as const;
      if (isGreater(key, bestKey)) [best, bestKey] = [index, key];
    }
    const [track] = waiting.splice(best, 1);
    for (const artist of track?.artists ?? []) {
      left.set(artist, (left.get(artist) ?? 1) - 1);
      lastAt.set(artist, placed.length);
    }
    if (track) placed.push(track.row);
  }
  return placed;
}

function isGreater(a: readonly [number, number, number], b: readonly [number, number, number]): boolean {
  if (a[0] !== b[0]) return a[0] > b[0];
  return a[1] === b[1] ? a[2] > b[2] : a[1] > b[1];
}
