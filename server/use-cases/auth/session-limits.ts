import { DAY_MS, HOUR_MS } from '#shared/domain/calendar.ts';

/** An idle session expires after this long: long enough for a two-week holiday. */
const IDLE_MS = 14 * DAY_MS;
/** The maximum age of a listener's session: people sign in again about once a month. */
const LISTENER_MS = 30 * DAY_MS;
/** The maximum age of an operator's session: one working day. */
const ADMIN_MS = 12 * HOUR_MS;
/** Seen-at is written at most this often, so that page views do not write rows. */
const SEEN_EVERY_MS = 5 * 60_000;

/**
 * The limits by which `findLiveSession` recognizes an expired session.
 *
 * States: live → expired (idle 14 days, or at its absolute end) | ended (sign-out, or replaced by a new sign-in).
 */
export function sessionLimits(now: Date): { now: Date; idleSince: Date } {
  return { now, idleSince: new Date(now.getTime() - IDLE_MS) };
}

/** The absolute end of a session that starts now. */
export function sessionEnd(now: Date, isAdmin: boolean): Date {
  return new Date(now.getTime() + (isAdmin ? ADMIN_MS : LISTENER_MS));
}

/** True when seen-at is old enough to be written again, or lies in the future because a clock was set back. */
export function isSeenAtDue(now: Date, lastSeenAt: Date): boolean {
  return Math.abs(now.getTime() - lastSeenAt.getTime()) >= SEEN_EVERY_MS;
}
