import { dayForKey } from '#web/features/playlists/history/day-keys.ts';
import { expect, test } from 'vitest';

// As the page has them: newest first, over the end of a month, with a day missing.
const DAYS = ['2026-11-03', '2026-11-02', '2026-11-01', '2026-10-31', '2026-10-29', '2026-10-28'];

test.each([
  ['ArrowLeft', '2026-11-01', '2026-10-31'],
  ['ArrowRight', '2026-10-31', '2026-11-01'],
  ['ArrowLeft', '2026-10-31', '2026-10-29'],
  ['ArrowLeft', '2026-10-28', '2026-10-28'],
  ['ArrowRight', '2026-11-03', '2026-11-03'],
  ['Home', '2026-11-03', '2026-10-28'],
  ['End', '2026-10-28', '2026-11-03'],
  ['ArrowUp', '2026-11-03', '2026-10-28'],
  ['Enter', '2026-11-03', undefined],
])('in the strip of days the key %s moves from %s to %s', (key, from, to) => {
  expect(dayForKey(DAYS, from, key)).toBe(to);
});
