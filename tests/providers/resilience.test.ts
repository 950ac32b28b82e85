import { retryAfterMs } from '#server/providers/http.ts';
import { createResilience } from '#server/providers/resilience.ts';
import { AppError } from '#shared/errors.ts';
import { expect, test, vi } from 'vitest';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';

const transient = (retryAfter?: number) =>
  new AppError('provider_unavailable', { message: 'down', retryAfterMs: retryAfter, context: { kind: 'Transient', sent: true } });
const signal = new AbortController().signal;

/** An attempt that always fails, with a call count. */
function failing(makeError: () => AppError) {
  const counter = { calls: 0, attempt: (): Promise<never> => ((counter.calls += 1), Promise.reject(makeError())) };
  return counter;
}

const limited = (ms: number) => failing(() => new AppError('rate_limited', { message: 'slow', retryAfterMs: ms, context: { kind: 'RateLimited' } }));

function start(options: Partial<Parameters<typeof createResilience>[0]> = {}) {
  const budget = createUnlimitedBudget();
  return { budget, policy: createResilience({ vendor: 'Vendor', budget, now: () => new Date(), firstDelayMs: 1, ...options }) };
}

test('a read is tried at most six times, each try counted in the budget', async () => {
  const { policy, budget } = start();
  const vendor = failing(() => transient());
  await expect(policy.run({ idempotent: true, signal, attempt: vendor.attempt })).rejects.toMatchObject({ code: 'provider_unavailable' });
  expect(vendor.calls).toBe(6);
  expect(budget.taken).toBe(6);
});

test('a write that is not idempotent is tried once, and its unknown outcome is reported as ambiguous', async () => {
  const { policy } = start();
  const vendor = failing(() => transient());
  await expect(policy.run({ idempotent: false, signal, attempt: vendor.attempt })).rejects.toMatchObject({ context: { ambiguous: true } });
  expect(vendor.calls).toBe(1);
});

test('after five failed calls in a row no request is sent for 30 s, then one probes', async () => {
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

test('refusals are neither retried nor open the breaker', async () => {
  const { policy } = start();
  const vendor = failing(() => new AppError('forbidden', { message: 'no', context: { kind: 'EndpointUnavailable' } }));
  for (let i = 0; i < 7; i++)
    await expect(policy.run({ idempotent: true, signal, attempt: vendor.attempt })).rejects.toMatchObject({ code: 'forbidden' });
  expect(vendor.calls).toBe(7);
});

test('a rate-limited call is tried three times when waits are short, once when the wait is long', async () => {
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

const AT = 'Sat, 21 Nov 2026 12:00:00 GMT';

test.each([
  ['30', 30_000],
  ['1.5', 1_500],
  ['0', 1_000],
  ['0.001', 1_000],
  ['86400', 86_400_000],
  ['9'.repeat(400), 7 * 86_400_000],
  ['Sat, 21 Nov 2026 12:01:00 GMT', 60_000],
  ['Saturday, 21-Nov-26 12:01:00 GMT', 60_000],
  ['Sat Nov 21 12:01:00 2026', 60_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 1_000],
  ['Thu, 31 Dec 2099 23:59:59 GMT', 7 * 86_400_000],
  ['Sat, 99 Nov 2026 12:01:00 GMT', undefined],
  ['2026-11-21T12:01:00Z', undefined],
  ['soon 12', undefined],
  ['in 5 minutes', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['30, 60', undefined],
  ['Infinity', undefined],
  ['NaN', undefined],
  ['soon', undefined],
  ['-5', undefined],
  [' ', undefined],
  ['', undefined],
] as const)('Retry-After %j means %s milliseconds', (header, expected) => {
  expect(retryAfterMs({ 'retry-after': header }, new Date(AT))).toBe(expected);
});

test.each([
  ['three hours ahead', '2026-11-21T15:00:00Z'],
  ['three hours behind', '2026-11-21T09:00:00Z'],
  ['correct', '2026-11-21T12:00:00Z'],
])('a Retry-After date is compared with the vendor’s clock when ours is %s', (_name, ours) => {
  expect(retryAfterMs({ 'retry-after': 'Sat, 21 Nov 2026 12:10:00 GMT', date: AT }, new Date(ours))).toBe(600_000);
  expect(retryAfterMs({ 'retry-after': '600', date: AT }, new Date(ours))).toBe(600_000);
  expect(retryAfterMs({ 'retry-after': 'Sat, 21 Nov 2026 12:10:00 GMT', date: 'garbage' }, new Date(AT))).toBe(600_000);
});
