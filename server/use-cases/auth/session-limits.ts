const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A cookie left alone this long is dead: long enough for a fortnight's holiday. */
const IDLE_MS = 14 * DAY_MS;
/** However busy, a session ends: people sign in again about once a month. */
const LISTENER_MS = 30 * DAY_MS;
/** An operator's session lasts a working day, no more. */
const ADMIN_MS = 12 * HOUR_MS;
/** Seen-at is written at most this often, so that reading pages does not write rows. */
const SEEN_EVERY_MS = 5 * 60_000;

/** What `findLiveSession` needs to tell the living from the dead. */
export function sessionLimits(now: Date): { now: Date; idleSince: Date } {
  return { now, idleSince: new Date(now.getTime() - IDLE_MS) };
}

/** The absolute end of a session that begins now. */
export function sessionEnd(now: Date, isAdmin: boolean): Date {
  return new Date(now.getTime() + (isAdmin ? ADMIN_MS : LISTENER_MS));
}

/** True when the last sighting is old enough to be written again, or was written before a clock was set back. */
export function isSightingDue(now: Date, lastSeenAt: Date): boolean {
  return Math.abs(now.getTime() - lastSeenAt.getTime()) >= SEEN_EVERY_MS;
}
