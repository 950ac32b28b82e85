import { forecastCost } from '#shared/domain/studio/cost-forecast.ts';
import { expect, test } from 'vitest';

const DOLLAR = 1_000_000;
const days = (...costs: readonly number[]) => costs.map((cost) => cost * DOLLAR);

test.each([
  ['the same cost every day is a forecast without a range', days(2, 2, 2), 10, 20, [50, 50, 50]],
  ['a dearer week is the upper end, the month the lower', [...days(...Array(7).fill(4)), ...days(...Array(23).fill(1))], 5, 10, [22, 45, 33.5]],
  ['a cheaper week is the lower end', [...days(...Array(7).fill(0)), ...days(...Array(7).fill(2))], 14, 1, [14, 15, 14.5]],
  ['days before the last thirty do not count', [...days(...Array(30).fill(1)), ...days(100)], 0, 2, [2, 2, 2]],
  ['with one day on record it is that day', days(3), 1, 2.5, [8.5, 8.5, 8.5]],
  ['a month that is over costs what it cost', days(3), 7, 0, [7, 7, 7]],
])('%s', (_name, before, spent, daysLeft, [low, high, middle]) => {
  expect(forecastCost({ spentUsdMicros: spent * DOLLAR, daysLeft, before })).toMatchObject({
    lowUsdMicros: low! * DOLLAR,
    highUsdMicros: high! * DOLLAR,
    usdMicros: middle! * DOLLAR,
    recordedDays: Math.min(30, before.length),
  });
});

test('without a whole day on record there is no forecast, because one would be a guess', () => {
  expect(forecastCost({ spentUsdMicros: 5 * DOLLAR, daysLeft: 3, before: [] })).toBeNull();
});
