import { endsByWeek, fullestWeek } from '#web/features/accounts/ends-by-week.ts';
import { expect, test } from 'vitest';

const account = (daysLeft: number, hasEnded = false) => ({ id: '', displayName: '', reauthOn: '', daysLeft, hasEnded, level: null });

test('authorizations are counted in the week they expire in, and an expired one is in none', () => {
  const counts = endsByWeek([account(0), account(6), account(7), account(184), account(0, true)], '2026-11-21');
  expect(counts.map(({ ends }) => ends).filter((ends) => ends > 0)).toEqual([2, 1, 1]);
  expect(counts.at(0)).toEqual({ from: '2026-11-21', ends: 2 });
  expect(fullestWeek(counts)).toEqual({ from: '2026-11-21', ends: 2 });
  expect(fullestWeek(endsByWeek([account(0, true)], '2026-11-21'))).toBeUndefined();
});
