import type { EntryView } from '#shared/contracts/playlists/playlist-views.ts';
import { daysBetween } from '#web/lib/dates.ts';

/** The day that the page is about and the day whose list it shows: an earlier one after a rollback. */
export interface ShownDay {
  readonly day: string;
  readonly listDay: string;
}

/** Days between a track's last play in its repeat scope and the day. Tracks that were kept from the list before have none. */
export function daysSinceLastPlay({ reasons, repeat }: EntryView, { day, listDay }: ShownDay): number | 'pinned' | 'kept' | 'first' {
  if (repeat !== null) return daysBetween(repeat.lastShownOn, day);
  if (reasons.pinnedBy !== undefined) return 'pinned';
  // The list itself was shown on its day.
  if (listDay !== day) return daysBetween(listDay, day);
  if (reasons.staysSince !== undefined) return 'kept';
  return reasons.lastUsedOn === null ? 'first' : daysBetween(reasons.lastUsedOn, day);
}
