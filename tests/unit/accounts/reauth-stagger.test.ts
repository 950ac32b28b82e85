import { reauthDate } from '#server/use-cases/accounts/reauth-date.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { staggerReauthorizations } from '#shared/domain/accounts/reauth-stagger.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const TODAY = '2026-11-21';
const endAfter = (day: string) =>
  reauthDate(new Date(`${day}T00:00:00Z`))
    .toISOString()
    .slice(0, 10);
const advise = (...ends: readonly string[]) =>
  staggerReauthorizations(
    ends.map((endsOn, at) => ({ id: `account-${at}`, endsOn })),
    TODAY,
    endAfter,
  );

describe('advice on reconnecting early', () => {
  test('is not given when authorizations expire a week apart', () => {
    expect(advise('2026-12-01', '2026-12-08', '2027-03-01')).toEqual([]);
  });

  test('leaves the first account of a cluster its day, and moves the others to weeks of their own', () => {
    expect(advise('2027-01-10', '2027-01-10', '2027-01-12')).toEqual([
      { id: 'account-1', endsOn: '2027-01-10', reconnectOn: TODAY, wouldExpireOn: '2027-05-21' },
      { id: 'account-2', endsOn: '2027-01-12', reconnectOn: '2026-11-28', wouldExpireOn: '2027-05-28' },
    ]);
  });

  test('for accounts that were all connected today starts in a week, because today would change nothing', () => {
    const ends = endAfter(TODAY);
    expect(advise(ends, ends, ends).map(({ reconnectOn }) => reconnectOn)).toEqual(['2026-11-28', '2026-12-04']);
  });

  test('is omitted when the last day is too near to move anything', () => {
    expect(advise('2026-11-22', '2026-11-22')).toEqual([]);
  });

  test('when followed leaves a week between any two expiry dates, in time and never later than before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 181 }), { minLength: 1, maxLength: 8 }), (offsets) => {
        const endings = offsets.map((days, at) => ({ id: `account-${at}`, endsOn: addDays(TODAY, days) }));
        const advice = staggerReauthorizations(endings, TODAY, endAfter);
        for (const { reconnectOn, endsOn } of advice) {
          expect(reconnectOn >= TODAY).toBe(true);
          expect(dayNumber(reconnectOn)).toBeLessThanOrEqual(dayNumber(endsOn) - 3);
        }
        const after = endings
          .map(({ id, endsOn }) => dayNumber(advice.find((one) => one.id === id)?.wouldExpireOn ?? endsOn))
          .toSorted((a, b) => a - b);
        for (const [at, day] of after.entries()) if (at > 0) expect(day - (after[at - 1] ?? 0)).toBeGreaterThanOrEqual(7);
      }),
    );
  });
});
