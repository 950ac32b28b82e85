import { dayNumber } from '#shared/domain/calendar.ts';

/** The first day of a release date given as year, month or day, as `YYYY-MM-DD`; null when it is unknown or invalid. */
export function firstDayOf(releaseDate: string | null): string | null {
  const parts = releaseDate?.match(/^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/);
  if (!parts) return null;
  const [, year = '', month = '01', day = '01'] = parts;
  const text = `${year}-${month}-${day}`;
  return year === '0000' || Number.isNaN(dayNumber(text)) ? null : text;
}
