import { pollWaitMs } from '#shared/domain/studio/poll-wait.ts';
import { resendWaitMs } from '#shared/domain/studio/resend-wait.ts';
import { expect, test } from 'vitest';

test('waiting between polls adds at most a twentieth to a render, and two seconds at most', () => {
  expect([0, 999, 2_000, 20_000, 3_600_000].map(pollWaitMs)).toEqual([50, 50, 100, 1_000, 2_000]);
});

test('a request that was not taken is sent again soon at first, then every ten minutes, and never before the vendor allows it', () => {
  expect([0, 60_000, 120_000, 3_600_000, 80_000_000].map((ageMs) => resendWaitMs(ageMs))).toEqual([15_000, 15_000, 30_000, 600_000, 600_000]);
  expect([1_000, 34_210_500].map((retryAfterMs) => resendWaitMs(0, retryAfterMs))).toEqual([15_000, 34_210_500]);
});
