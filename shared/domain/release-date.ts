/** The first day that a release date of 4, 7 or 10 characters can mean, as `YYYY-MM-DD`; null when it is unknown or no date at all. */
export function firstDayOf(releaseDate: string | null): string | null {
  const parts = releaseDate?.match(/^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/);
  if (!parts) return null;
  const [, year = '', month = '01', day = '01'] = parts;
  const isReal =
    Number(year) >= 1 && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
  return isReal ? `${year}-${month}-${day}` : null;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
