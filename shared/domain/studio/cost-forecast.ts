/** What a month will cost, and the rule behind it. Money is in millionths of a US dollar. */
export interface CostForecast {
  readonly usdMicros: number;
  readonly lowUsdMicros: number;
  readonly highUsdMicros: number;
  /** What a day cost on average: of the last 7 whole days, and of the last 30. */
  readonly weekPaceUsdMicros: number;
  readonly monthPaceUsdMicros: number;
  /** Whole days on record, at most 30; with fewer, the averages are over these. */
  readonly recordedDays: number;
}

const WEEK = 7;
export const FORECAST_DAYS = 30;

/**
 * The cost so far, and the days that are left at the average cost of the last 7 whole days and of the last 30: these two are the range, and the forecast is
 * its middle. `before` is the cost of each whole day before today, the latest first. Null without a whole day on record, because one would be a guess.
 */
export function forecastCost(month: {
  readonly spentUsdMicros: number;
  /** Days until the month ends, today's rest as a fraction. */
  readonly daysLeft: number;
  readonly before: readonly number[];
}): CostForecast | null {
  const recorded = month.before.slice(0, FORECAST_DAYS);
  if (recorded.length === 0) return null;
  const [week, all] = [average(recorded.slice(0, WEEK)), average(recorded)];
  const atPace = (pace: number) => Math.round(month.spentUsdMicros + pace * Math.max(0, month.daysLeft));
  const [low, high] = [atPace(Math.min(week, all)), atPace(Math.max(week, all))];
  return {
    usdMicros: Math.round((low + high) / 2),
    lowUsdMicros: low,
    highUsdMicros: high,
    weekPaceUsdMicros: Math.round(week),
    monthPaceUsdMicros: Math.round(all),
    recordedDays: recorded.length,
  };
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
