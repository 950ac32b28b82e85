import { plural } from '#web/lib/words.ts';

interface Window {
  readonly restDays: number;
  readonly daysOnRecord: number;
}

/** The days for which a proof may speak: the repeat window, or the days on record while they are fewer. Null without a repeat window. */
export function provedSpan({ restDays, daysOnRecord }: Window): string | null {
  if (restDays === 0) return null;
  // The window looks back over the days before the list's own.
  return daysOnRecord > restDays ? `within ${plural(restDays, 'day')}` : `in ${plural(daysOnRecord, 'day')} on record`;
}

/** "no repeats within 30 days", or "no repeats in 7 days on record". */
export function windowClaim(window: Window): string {
  const span = provedSpan(window);
  if (span === null) return 'no repeat window';
  return window.daysOnRecord === 0 ? 'no days on record yet' : `no repeats ${span}`;
}
