import { DAY_MS } from '#shared/domain/calendar.ts';

const inUtc = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
const dayMonth = inUtc({ day: 'numeric', month: 'long' });
const dayMonthShort = inUtc({ day: 'numeric', month: 'short' });
const full = inUtc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const clock = inUtc({ hour: '2-digit', minute: '2-digit' });

/** `2026-11-21` → "21 November". All days and times in Segue are UTC; displayed times say so. */
export const dayName = (day: string) => dayMonth.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
export const dayNameShort = (day: string) => dayMonthShort.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
export const dayNameFull = (day: string) => full.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));

/** Replaces ISO dates in server text by day names: "lists for 2026-11-21" → "lists for 21 November". */
export const withDayNames = (text: string) =>
  text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/gu, (day) => (Number.isNaN(Date.parse(day)) ? day : dayName(day)));

/** An instant → "05:02". */
export const clockTime = (instant: string) => clock.format(new Date(instant));

/** "today, 05:02 UTC" or "20 November, 05:02 UTC". */
export function dayAndTime(instant: string, today: string): string {
  return `${instant.slice(0, 10) === today ? 'today' : dayName(instant)}, ${clockTime(instant)} UTC`;
}

/** Whole days from one date to a later one. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / DAY_MS);

/** 264000 ms → "4:24". */
export function trackLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "2 h 58 min". */
export function playingTime(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An estimated duration: "about 40 seconds", "about 6 minutes". */
export function approximateDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `about ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `about ${Math.round(seconds / 60)} minutes`;
}
