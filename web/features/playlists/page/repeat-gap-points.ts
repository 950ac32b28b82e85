import type { PlaylistTrendsView } from '#shared/contracts/playlists/history.ts';
import type { ChartPoint } from '#web/ui/charts/chart-data.ts';

/** More bars would be too thin to read; several days then share one bar. */
const BARS_MAX = 45;

/** Histogram bars from day 1 on, and the bar position of the repeat window's end; null without a repeat window. */
export function repeatGapPoints({ repeatDistances: returns, restDays }: Pick<PlaylistTrendsView, 'repeatDistances' | 'restDays'>): {
  readonly points: readonly ChartPoint[];
  readonly ruleBefore: number | null;
} {
  if (returns.length === 0) return { points: [], ruleBefore: null };
  const longest = Math.max(restDays, ...returns.map(({ distance }) => distance));
  const daysPerBar = Math.ceil(longest / BARS_MAX);
  const bars = Array.from({ length: Math.ceil(longest / daysPerBar) }, () => 0);
  for (const { distance, recordings } of returns) {
    const at = Math.floor((distance - 1) / daysPerBar);
    bars[at] = (bars[at] ?? 0) + recordings;
  }
  const nameOf = (at: number) => (daysPerBar === 1 ? `${at + 1}` : `${at * daysPerBar + 1}–${(at + 1) * daysPerBar}`);
  return {
    points: bars.map((recordings, at) => ({ name: `${nameOf(at)} ${daysPerBar === 1 && at === 0 ? 'day' : 'days'}`, values: [recordings] })),
    ruleBefore: restDays > 0 ? (restDays - 1) / daysPerBar : null,
  };
}
