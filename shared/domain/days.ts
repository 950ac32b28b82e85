import type { Day } from '../ids.ts';

/** The UTC day of an instant. The schedule, the ledger and every batch tag use UTC days. */
export function dayOf(instant: { toISOString(): string }): Day {
  return instant.toISOString().slice(0, 10) as Day;
}
