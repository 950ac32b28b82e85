import { addDays } from '#shared/domain/calendar.ts';

/** The first day that a release date of 4, 7 or 10 characters can mean, as `YYYY-MM-DD`; null when it is unknown or no date at all. */
export function firstDayOf(releaseDate: string | null): string | null {
  const parts = releaseDate?.match(/^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/);
  if (!parts) return null;
  const [, year = '', month = '01', day = '01'] = parts;
  const text = `${year}-${month}-${day}`;
  // A day that the calendar does not have comes back as another one.
  return year !== '0000' && addDays(text, 0) === text ? text : null;
}
