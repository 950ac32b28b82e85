import { refetchUnlessFailed } from '#web/lib/refetch-interval.ts';
import { expect, test } from 'vitest';

const again = refetchUnlessFailed(5_000);

test('displayed data is reloaded, and data that failed to load waits for the "Try again" button', () => {
  expect(again({ state: { status: 'success', data: [] } })).toBe(5_000);
  expect(again({ state: { status: 'error', data: [] } })).toBe(5_000);
  expect(again({ state: { status: 'pending', data: undefined } })).toBe(5_000);
  expect(again({ state: { status: 'error', data: undefined } })).toBe(false);
});
