import type { HistoryDay } from '#shared/contracts/playlists/history.ts';

export interface Month {
  /** `2026-11`. */
  readonly month: string;
  readonly name: string;
  readonly cells: readonly { readonly day: string; readonly entry: HistoryDay | undefined }[];
}

const monthName = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** The days from the first to the last of each month that holds any, newest month first; days without a list have no entry. */
export function byMonth(days: readonly HistoryDay[]): Month[] {
  const known = new Map(days.map((entry) => [entry.day, entry]));
  const months = [...new Set(days.map(({ day }) => day.slice(0, 7)))].toSorted().toReversed();
  return months.map((month) => {
    const [year = 0, number = 1] = month.split('-').map(Number);
    const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
    const cells = Array.from({ length }, (_, i) => {
      const day = `${month}-${String(i + 1).padStart(2, '0')}`;
      return { day, entry: known.get(day) };
    });
    return { month, name: monthName.format(new Date(`${month}-01T00:00:00Z`)), cells };
  });
}
