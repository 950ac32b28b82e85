/** The mean of the known values; NaN when there is none. */
export function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The standard deviation of the known values. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** Pearson's correlation of the pairs of which both values are known; NaN without variance. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const pairs = a.flatMap((x, at) => {
    const y = b[at] ?? Number.NaN;
    return Number.isNaN(x) || Number.isNaN(y) ? [] : [{ x, y }];
  });
  const [mx, my] = [mean(pairs.map(({ x }) => x)), mean(pairs.map(({ y }) => y))];
  const shared = mean(pairs.map(({ x, y }) => (x - mx) * (y - my)));
  return shared / (deviation(pairs.map(({ x }) => x)) * deviation(pairs.map(({ y }) => y)));
}

/** Ranks of values, equal values at their mean rank. */
export function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (Number.isNaN(value) ? Number.NaN : (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2));
}

/** Share of the values below this one, equal ones by half: 0.5 for a value drawn at random. */
export function percentileIn(values: readonly number[], value: number): number {
  return mean(values.filter((other) => !Number.isNaN(other)).map((other) => (other < value ? 1 : other === value ? 0.5 : 0)));
}

/** The quantile of the known values. */
export function quantile(values: readonly number[], at: number): number {
  const known = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  return known[Math.round(at * (known.length - 1))] ?? Number.NaN;
}

/** Half the width of the 95% confidence interval of a mean. */
export function confidence(values: readonly number[]): number {
  return (1.96 * deviation(values)) / Math.sqrt(Math.max(1, values.length));
}
