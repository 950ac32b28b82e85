import type { Deps } from '#server/deps.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** As long as the common photo libraries keep what was deleted. */
export const RESTORABLE_DAYS = 30;

/** What was deleted after this instant can be restored. */
export function restorableAfter({ now }: Pick<Deps, 'now'>): Date {
  return new Date(now().getTime() - RESTORABLE_DAYS * DAY_MS);
}

/** Until when something that was deleted at an instant can be restored. */
export function restorableUntil(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + RESTORABLE_DAYS * DAY_MS);
}
