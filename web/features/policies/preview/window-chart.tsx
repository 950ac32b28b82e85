import { dayName } from '#web/lib/dates.ts';
import { percent, plural } from '#web/lib/words.ts';
import { LineChart } from '#web/ui/charts/line-chart.tsx';
import type { DraftResults } from './use-draft-results.ts';

type Day = NonNullable<DraftResults['window']['data']>['days'][number];

/** How near each of the coming lists is to the means and spreads of the policy: a level line is what the window should be. */
export function WindowChart({ days }: { readonly days: readonly Day[] }) {
  if (days.every(({ level }) => level === null)) return null;
  return (
    <LineChart
      title={`Level, day 1 to ${days.length}`}
      summary={summaryOf(days)}
      axisName="Day"
      series={['Closeness']}
      filled
      floor={0}
      format={(level) => level.toFixed(2)}
      points={days.map(({ day, level }, at) => ({ name: `Day ${at + 1}, ${dayName(day)}`, values: [level] }))}
    />
  );
}

function summaryOf(days: readonly Day[]): string {
  const [first, last] = [days[0], days.at(-1)];
  const unfilled = days.filter(({ level }) => level === null).length;
  if (unfilled > 0) return `Closeness of each list to the means and spreads; 1 is exact. No list on ${plural(unfilled, 'day')}.`;
  if (!first?.level || !last?.level) return 'Closeness of each list to the means and spreads; 1 is exact.';
  return `Closeness to the means and spreads: ${first.level.toFixed(2)} on day 1, ${last.level.toFixed(2)} on day ${days.length} (${percent(last.level / first.level)} of day 1). ${plural(last.fromFirst, 'track')} of day 1 ${last.fromFirst === 1 ? 'is' : 'are'} back.`;
}
