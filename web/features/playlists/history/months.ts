import type { HistoryDay } from '#shared/contracts/playlists/history.ts';

export interface Month {
  /** `2026-11`. */
  readonly month: string;
  readonly name: string;
  readonly cells: readonly { readonly day: string; readonly entry: HistoryDay | undefined }[];
}

const monthName = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** Every month with at least one day, newest first, with a cell for each day of the month. Days without a list have no entry. */
export function groupByMonth(days: readonly HistoryDay[]): Month[] {
  const entries = new Map(days.map((entry) => [entry.day, entry]));
  const months = [...new Set(days.map(({ day }) => day.slice(0, 7)))].toSorted().toReversed();
  return months.map((month) => {
    const [year = 0, number = 1] = month.split('-').map(Number);
    const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
    const cells = Array.from({ length }, (_, i) => {
      const day = `${month}-${String(i + 1).padStart(2, '0')}`;
      return { day, entry: entries.get(day) };
    });
    return { month, name: monthName.format(new Date(`${month}-01T00:00:00Z`)), cells };
  });
}
