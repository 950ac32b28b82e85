/** One place along a chart: what it is called, and a value for each series; null is unknown and drawn as a gap, never as zero. */
export interface ChartPoint {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  /** A short name, above. */
  readonly title: string;
  /** What to see in it, as a sentence; it is the picture's text for whoever does not see it. */
  readonly says: string;
  /** What lies along the chart: "Day", "Track". */
  readonly along: string;
  /** One or two; the second is drawn dashed. */
  readonly series: readonly string[];
  readonly points: readonly ChartPoint[];
  readonly format: (value: number) => string;
}

/** All that is known at one place, in words: "21 November: 1,204". */
export function readingOf(data: Pick<ChartData, 'series' | 'format'>, point: ChartPoint): string {
  const words = point.values.map((value, at) => {
    const said = value === null ? 'unknown' : data.format(value);
    return data.series.length > 1 ? `${data.series[at] ?? ''} ${said}` : said;
  });
  return `${point.name}: ${words.join(', ')}`;
}

/** The same for whoever sees the legend: values alone, in the order of their lines. */
export function shortReadingOf(data: Pick<ChartData, 'format'>, point: ChartPoint): string {
  return `${point.name}: ${point.values.map((value) => (value === null ? 'unknown' : data.format(value))).join(' / ')}`;
}

/** The lowest and highest value of all series, from `floor` where one is given; a flat or empty chart still has room. */
export function spanOf(points: readonly ChartPoint[], floor?: number): { readonly low: number; readonly high: number } {
  const known = points.flatMap((point) => point.values.filter((value) => value !== null));
  const low = Math.min(...known, ...(floor === undefined ? [] : [floor]));
  const high = Math.max(...known, ...(floor === undefined ? [] : [floor]));
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { low: 0, high: 1 };
  return high > low ? { low, high } : { low: Math.min(low, 0), high: Math.max(high, low + 1, 1) };
}

/** A place on the drawing, to a tenth: SVG paths stay short. */
export const tenth = (value: number) => Math.round(value * 10) / 10;
