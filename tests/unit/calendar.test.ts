import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import { expect, test } from 'vitest';

test.each(['2026-02-31', '2026-02-30', '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-11-00', '2026-11-32'])(
  '%s does not exist and has no number',
  (day) => {
    expect(dayNumber(day)).toBeNaN();
  },
);

test.each(['2026-02-28', '2024-02-29', '2000-02-29', '2026-04-30', '2026-12-31', '0000-02-29'])('%s exists and is read as it is written', (day) => {
  expect(addDays(day, 0)).toBe(day);
});
