/** Clocks of two machines may differ by so much without one of them having been set. */
export const SKEW_MAX_MS = 5 * 60_000;

/** True for an instant that lies so far ahead that it was written down before a clock was set back. */
export function isInTheFuture(at: Date, now: Date): boolean {
  return at.getTime() - now.getTime() > SKEW_MAX_MS;
}
