/** Rows that are one example of what goes together: a recording, all recordings of an artist, or those of a playlist. */
export interface Example {
  readonly kind: 'recording' | 'artist' | 'playlist';
  readonly rows: readonly number[];
}

/** An artist counts as so many recordings at most, however many the catalog has. */
const ARTIST_WEIGHT_MAX = 5;

/** How much each row of some examples counts: a recording 1, an artist's recordings 5 together at most. Rows below 0 are left out. */
export function weighExamples(examples: readonly Example[]): Map<number, number> {
  const weights = new Map<number, number>();
  for (const { kind, rows } of examples) {
    const known = [...new Set(rows)].filter((row) => row >= 0);
    const each = kind === 'artist' ? Math.min(1, ARTIST_WEIGHT_MAX / Math.max(1, known.length)) : 1;
    for (const row of known) weights.set(row, Math.min(1, (weights.get(row) ?? 0) + each));
  }
  return weights;
}

/** The sum of weights. */
export function totalWeight(weights: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const weight of weights.values()) total += weight;
  return total;
}
