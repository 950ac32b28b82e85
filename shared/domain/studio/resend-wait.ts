import { MINUTE_MS } from '../calendar.ts';

const FIRST_WAIT_MS = 15_000;
const LAST_WAIT_MS = 10 * MINUTE_MS;
/** A quarter of the time so far. */
const SHARE = 0.25;

/** How long to wait before a request that its vendor did not take is sent again, in milliseconds since it was made. A vendor that names a longer time gets it. */
export function resendWaitMs(ageMs: number, retryAfterMs = 0): number {
  return Math.max(retryAfterMs, Math.min(LAST_WAIT_MS, Math.max(FIRST_WAIT_MS, ageMs * SHARE)));
}
