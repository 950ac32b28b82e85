import type { MusicFigure } from '#shared/contracts/covers/analysis.ts';

/** The value below which a share of the sorted values lies, interpolated between neighbors. The list must not be empty. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** The figure of the known values; null when none is known. */
export function figureOf(values: readonly (number | null)[]): MusicFigure | null {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  if (known.length === 0) return null;
  known.sort((a, b) => a - b);
  return {
    median: rounded(quantileOf(known, 0.5)),
    low: rounded(quantileOf(known, 0.25)),
    high: rounded(quantileOf(known, 0.75)),
    known: known.length,
  };
}

/** Three decimals are more than any source measures. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
