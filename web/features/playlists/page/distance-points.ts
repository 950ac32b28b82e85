import type { OverDaysView } from '#shared/contracts/playlists/history.ts';
import type { ChartPoint } from '#web/ui/charts/chart-data.ts';

/** More bars than this are too thin to read; then several days share one. */
const BARS_MAX = 45;

/** The histogram's bars from the first day on, and the bar before which nothing may return; null where the rules ask for no rest. */
export function distancePoints({ returns, restDays }: Pick<OverDaysView, 'returns' | 'restDays'>): {
  readonly points: readonly ChartPoint[];
  readonly ruleBefore: number | null;
} {
  if (returns.length === 0) return { points: [], ruleBefore: null };
  const longest = Math.max(restDays, ...returns.map(({ distance }) => distance));
  const wide = Math.ceil(longest / BARS_MAX);
  const bars = Array.from({ length: Math.ceil(longest / wide) }, () => 0);
  for (const { distance, recordings } of returns) {
    const at = Math.floor((distance - 1) / wide);
    bars[at] = (bars[at] ?? 0) + recordings;
  }
  const nameOf = (at: number) => (wide === 1 ? `${at + 1}` : `${at * wide + 1}–${(at + 1) * wide}`);
  return {
    points: bars.map((recordings, at) => ({ name: `${nameOf(at)} ${wide === 1 && at === 0 ? 'day' : 'days'}`, values: [recordings] })),
    ruleBefore: restDays > 0 ? (restDays - 1) / wide : null,
  };
}
