import type { MatchRanking } from './matcher.ts';

/** How far from the seeds candidates may be, from nearest to most adventurous. */
export const CLOSENESS = ['nearest', 'close', 'balanced', 'distant', 'adventurous'] as const;
export type Closeness = (typeof CLOSENESS)[number];

/** The part of each ranked source that a closeness takes, as quantiles: 0 is its first candidate and 1 its last. */
export const CLOSENESS_QUANTILES: Readonly<Record<Closeness, readonly [number, number]>> = {
  nearest: [0, 0.1],
  close: [0, 0.25],
  balanced: [0, 0.5],
  distant: [0.15, 0.75],
  adventurous: [0.35, 1],
};

/**
 * The candidates of a ranking between two quantiles, best first. A part with fewer than `atLeast` candidates is extended away from the seeds first, then
 * toward them; a ranking with fewer is taken whole.
 */
export function atCloseness(ranking: MatchRanking, closeness: Closeness, atLeast: number): MatchRanking {
  const count = ranking.rows.length;
  const [from, to] = CLOSENESS_QUANTILES[closeness];
  const end = Math.min(count, Math.max(Math.ceil(to * count), Math.floor(from * count) + atLeast));
  const start = Math.max(0, Math.min(Math.floor(from * count), end - atLeast));
  return {
    rows: ranking.rows.subarray(start, end),
    scores: ranking.scores.subarray(start, end),
    reasonOf: (place) => (place < 0 || place >= end - start ? undefined : ranking.reasonOf(start + place)),
  };
}
