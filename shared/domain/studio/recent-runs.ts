/** The middle of the times of a model's last runs, in seconds; null without runs. A single slow one does not move it. */
export function middleSeconds(seconds: readonly number[]): number | null {
  const sorted = seconds.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
