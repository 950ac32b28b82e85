const FIRST_WAIT_MS = 50;
const LAST_WAIT_MS = 2_000;
/** A twentieth of the time so far: the wait adds at most a twentieth to any render. */
const SHARE = 0.05;

/** How long to wait before a vendor's queue is asked again, after so many milliseconds. */
export function pollWaitMs(elapsedMs: number): number {
  return Math.min(LAST_WAIT_MS, Math.max(FIRST_WAIT_MS, elapsedMs * SHARE));
}
