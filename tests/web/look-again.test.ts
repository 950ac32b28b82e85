import { lookAgainEvery } from '#web/lib/look-again.ts';
import { expect, test } from 'vitest';

const again = lookAgainEvery(5_000);

test('what is shown is looked at again, and what could not be had is left to whoever presses "Try again"', () => {
  expect(again({ state: { status: 'success', data: [] } })).toBe(5_000);
  expect(again({ state: { status: 'error', data: [] } })).toBe(5_000);
  expect(again({ state: { status: 'pending', data: undefined } })).toBe(5_000);
  expect(again({ state: { status: 'error', data: undefined } })).toBe(false);
});
