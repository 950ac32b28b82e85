import { retryAfterMs } from '#server/providers/http.ts';
import { createResilience } from '#server/providers/resilience.ts';
import { AppError } from '#shared/errors.ts';
import { expect, test, vi } from 'vitest';
import { openBudget } from '#tests/support/spotify-app.ts';

const transient = (retryAfter?: number) =>
  new AppError('provider_unavailable', { message: 'down', retryAfterMs: retryAfter, context: { kind: 'Transient', sent: true } });
const signal = new AbortController().signal;

/** An attempt that fails every time, and counts. */
function failing(make: () => AppError) {
  const counter = { calls: 0, attempt: (): Promise<never> => ((counter.calls += 1), Promise.reject(make())) };
  return counter;
}

const limited = (ms: number) => failing(() => new AppError('rate_limited', { message: 'slow', retryAfterMs: ms, context: { kind: 'RateLimited' } }));

function start(options: Partial<Parameters<typeof createResilience>[0]> = {}) {
  const budget = openBudget();
  return { budget, policy: createResilience({ vendor: 'Vendor', budget, now: () => new Date(), firstDelayMs: 1, ...options }) };
}

test('a read is tried six times at most, each try paid from the budget', async () => {
  const { policy, budget } = start();
  const vendor = failing(() => transient());
  await expect(policy.run({ idempotent: true, signal, attempt: vendor.attempt })).rejects.toMatchObject({ code: 'provider_unavailable' });
  expect(vendor.calls).toBe(6);
  expect(budget.taken).toBe(6);
});

test('a write that must not happen twice is tried once, and its unknown outcome is named', async () => {
  const { policy } = start();
  const vendor = failing(() => transient());
  await expect(policy.run({ idempotent: false, signal, attempt: vendor.attempt })).rejects.toMatchObject({ context: { ambiguous: true } });
  expect(vendor.calls).toBe(1);
});

test('after five failed calls in a row nobody asks for half a minute, then one tries', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const { policy } = start({ attemptsMax: 1 });
    const down = failing(() => transient());
    for (let i = 0; i < 5; i++)
      await expect(policy.run({ idempotent: true, signal, attempt: down.attempt })).rejects.toMatchObject({ context: { kind: 'Transient' } });
    await expect(policy.run({ idempotent: true, signal, attempt: down.attempt })).rejects.toMatchObject({
      context: { kind: 'CircuitOpen' },
      retryAfterMs: 30_000,
    });
    expect(down.calls).toBe(5);
    vi.setSystemTime(Date.now() + 30_001);
    expect(await policy.run({ idempotent: true, signal, attempt: async () => 'up' })).toBe('up');
  } finally {
    vi.useRealTimers();
  }
});

test('refusals are answers: they neither repeat nor open the breaker', async () => {
  const { policy } = start();
  const vendor = failing(() => new AppError('forbidden', { message: 'no', context: { kind: 'EndpointUnavailable' } }));
  for (let i = 0; i < 7; i++)
    await expect(policy.run({ idempotent: true, signal, attempt: vendor.attempt })).rejects.toMatchObject({ code: 'forbidden' });
  expect(vendor.calls).toBe(7);
});

test('a vendor that limits for ever is asked three times with short waits, and once with a long one', async () => {
  const { policy, budget } = start();
  for (const [ms, times] of [
    [1_000, 3],
    [5_001, 1],
  ] as const) {
    const vendor = limited(ms);
    await expect(policy.run({ idempotent: true, signal, attempt: vendor.attempt })).rejects.toMatchObject({ code: 'rate_limited' });
    expect(vendor.calls).toBe(times);
  }
  expect(budget.blocks).toHaveLength(4);
});

test.each([
  ['30', 30_000],
  ['0', 0],
  ['Sat, 21 Nov 2026 12:01:00 GMT', 60_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ['NaN', undefined],
  ['soon', undefined],
  ['-5', undefined],
  ['', undefined],
] as const)('Retry-After %j means %s milliseconds', (said, expected) => {
  expect(retryAfterMs({ 'retry-after': said }, new Date('2026-11-21T12:00:00Z'))).toBe(expected);
});
