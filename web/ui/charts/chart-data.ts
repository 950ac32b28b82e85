/** One point of a chart: its name and a value per series. Null is unknown and drawn as a gap, never as zero. */
export interface ChartPoint {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  /** Short title above the chart. */
  readonly title: string;
  /** The chart in a sentence: its caption and its text for screen readers. */
  readonly summary: string;
  /** Name of the x-axis: "Day", "Track". */
  readonly axisName: string;
  /** One or two series names; the second series is drawn dashed. */
  readonly series: readonly string[];
  readonly points: readonly ChartPoint[];
  readonly format: (value: number) => string;
}

/** All values of a point, with series names when there are two: "21 November: 1,204". */
export function describePoint(data: Pick<ChartData, 'series' | 'format'>, point: ChartPoint): string {
  const values = point.values.map((value, at) => {
    const text = value === null ? 'unknown' : data.format(value);
    return data.series.length > 1 ? `${data.series[at] ?? ''} ${text}` : text;
  });
  return `${point.name}: ${values.join(', ')}`;
}

/** The values of a point without series names, in the order of the legend. */
export function describePointValues(data: Pick<ChartData, 'format'>, point: ChartPoint): string {
  return `${point.name}: ${point.values.map((value) => (value === null ? 'unknown' : data.format(value))).join(' / ')}`;
}

/** The lowest and highest value of all series, extended to include `floor`. A flat or empty chart gets a range above zero. */
export function valueRange(points: readonly ChartPoint[], floor?: number): { readonly low: number; readonly high: number } {
  const known = points.flatMap((point) => point.values.filter((value) => value !== null));
  const low = Math.min(...known, ...(floor === undefined ? [] : [floor]));
  const high = Math.max(...known, ...(floor === undefined ? [] : [floor]));
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { low: 0, high: 1 };
  return high > low ? { low, high } : { low: Math.min(low, 0), high: Math.max(high, low + 1, 1) };
}

/** Rounds a coordinate to a tenth, to keep SVG paths short. */
export const roundToTenth = (value: number) => Math.round(value * 10) / 10;
