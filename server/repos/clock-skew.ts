/** The difference between the clocks of two machines that is still normal. */
export const SKEW_MAX_MS = 5 * 60_000;

/** True for an instant so far ahead that it must have been written before the clock was set back. */
export function isBeyondClockSkew(at: Date, now: Date): boolean {
  return at.getTime() - now.getTime() > SKEW_MAX_MS;
}
