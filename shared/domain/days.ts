import type { Day } from '../ids.ts';

/** The UTC day of an instant. The timetable, the ledger and every batch tag count in these. */
export function dayOf(instant: { toISOString(): string }): Day {
  return instant.toISOString().slice(0, 10) as Day;
}
