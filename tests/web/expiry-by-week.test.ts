import { expiriesByWeek, busiestWeek } from '#web/features/accounts/expiries-by-week.ts';
import { expect, test } from 'vitest';

const account = (daysLeft: number, hasExpired = false) => ({ id: '', displayName: '', reauthOn: '', daysLeft, hasExpired, level: null });

test('authorizations are counted in the week they expire in, and an expired one is in none', () => {
  const counts = expiriesByWeek([account(0), account(6), account(7), account(184), account(0, true)], '2026-11-21');
  expect(counts.map(({ expiries }) => expiries).filter((expiries) => expiries > 0)).toEqual([2, 1, 1]);
  expect(counts.at(0)).toEqual({ from: '2026-11-21', expiries: 2 });
  expect(busiestWeek(counts)).toEqual({ from: '2026-11-21', expiries: 2 });
  expect(busiestWeek(expiriesByWeek([account(0, true)], '2026-11-21'))).toBeUndefined();
});
