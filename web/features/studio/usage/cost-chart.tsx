import type { UsageFigures } from '#shared/contracts/studio/usage-figures.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { dayName } from '#web/lib/dates.ts';
import { ForecastChart } from '#web/ui/charts/forecast-chart.tsx';
import { dollars } from '../money.ts';
import { forecastRule } from './usage-words.ts';

/** The cost of the month up to each day, and the range that is expected of the days that are left. */
export function CostChart({ figures }: { readonly figures: UsageFigures }) {
  const { days, forecast, usdMicros: spent, month } = figures;
  const left = forecast ? daysLeft(month, days.length) : [];
  const at = (end: number, nth: number) => spent + (end - spent) * ((nth + 1) / Math.max(1, left.length));
  const past = days.map(({ day }, nth) => ({ name: dayName(day), values: [costUpTo(days.slice(0, nth + 1)), null] }));
  const expected = left.map((day, nth) => ({ name: dayName(day), values: [null, forecast ? at(forecast.usdMicros, nth) : null] }));
  return (
    <ForecastChart
      title="Cost up to each day"
      axisName="Day"
      series={['Cost so far', 'Forecast']}
      summary={forecast ? forecastRule(figures) : `${dollars(spent)} in all.`}
      points={[...past, ...expected]}
      ranges={[
        ...past.map(() => null),
        ...left.map((_, nth) => (forecast ? { low: at(forecast.lowUsdMicros, nth), high: at(forecast.highUsdMicros, nth) } : null)),
      ]}
      format={dollars}
    />
  );
}

const costUpTo = (days: UsageFigures['days']) => days.reduce((sum, { usdMicros }) => sum + usdMicros, 0);

/** The days of the month after the first `begun`. */
function daysLeft(month: string, begun: number): readonly string[] {
  const days: string[] = [];
  for (let day = addDays(month, begun); day.startsWith(month.slice(0, 7)); day = addDays(day, 1)) days.push(day);
  return days;
}
