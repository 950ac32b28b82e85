const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * The day that a key moves to: left and right by one of the playlist's days, up and down by seven, Home to the first, End to the last. Movement is
 * in time order across months, although the newest month is shown on top. Undefined for other keys or without days.
 */
export function dayForKey(days: readonly string[], from: string | undefined, key: string): string | undefined {
  const step = STEPS[key];
  if (step === undefined || days.length === 0) return undefined;
  const sorted = days.toSorted();
  const current = from === undefined ? sorted.length - 1 : sorted.indexOf(from);
  return sorted[Math.min(sorted.length - 1, Math.max(0, current + step))];
}
