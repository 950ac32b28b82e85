const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * The day that a key leads to: left and right by a day of the playlist, up and down by seven, Home to the first, End to the last. Time goes on
 * over the ends of months, though the newest month stands on top. Undefined where the key leads nowhere.
 */
export function dayUnderKey(days: readonly string[], from: string | undefined, key: string): string | undefined {
  const step = STEPS[key];
  if (step === undefined || days.length === 0) return undefined;
  const inTime = days.toSorted();
  const here = from === undefined ? inTime.length - 1 : inTime.indexOf(from);
  return inTime[Math.min(inTime.length - 1, Math.max(0, here + step))];
}
