import { DAY_MS } from '#shared/domain/calendar.ts';

/** Midnight UTC before an instant. */
export function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}
