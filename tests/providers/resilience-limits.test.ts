import { listRateLimitEvents } from '#server/repos/operations/rate-limit-events.ts';
import { listRequestUse } from '#server/repos/limits/request-use.ts';
import { AppError } from '#shared/errors.ts';
import { describe, expect, test } from 'vitest';
import { STATE_REFRESH_MS, startInstances } from '#tests/support/processes/instances.ts';

const COUNTED = { SPOTIFY_REQUESTS_PER_30S: '3000' };
const refusal = (work: Promise<unknown>) => work.then(() => expect.fail('The request was not refused.')).catch((error: unknown) => error);

describe('one 429', () => {
  test.each([
    ['seconds', '3600', 3_600_000],
    ['a fraction of a day', '80000', 80_000_000],
    ['an HTTP-date', 'date', 1_800_000],
    ['NaN', 'NaN', 30_000],
    ['nonsense', 'in a while', 30_000],
    ['nothing', undefined, 30_000],
    ['an absurd number', '9'.repeat(40), 7 * 86_400_000],
  ] as const)('with %s pauses every process for the time it means, even one that starts later', async (_name, retryAfter, waitMs) => {
    await using instances = await startInstances({ variables: COUNTED });
    const [one, other] = [instances.another(), instances.another()];
    await instances.read(one);
    await instances.read(other);
    const date = new Date(Math.ceil(instances.clock.now().getTime() / 1000) * 1000 + 1_800_000).toUTCString();
    instances.spotify.failNext({
      path: '/albums/*',
      status: 429,
      ...(retryAfter === undefined ? {} : { retryAfter: retryAfter === 'date' ? date : retryAfter }),
    });
    const sentAtMs = instances.clock.now().getTime();
    await expect(instances.read(one)).rejects.toMatchObject({ code: 'rate_limited' });
    const requestsBefore = instances.albumRequests();
    const restarted = instances.another();
    if (waitMs > 60_000) {
      for (const instance of [one, other, restarted]) {
        const error = await refusal(instances.read(instance));
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({ code: 'rate_limited' });
        const leftMs = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
        // The wait has shortened by at most the time since the request.
        expect(leftMs).toBeGreaterThanOrEqual(waitMs - (instances.clock.now().getTime() - sentAtMs));
        expect(leftMs).toBeLessThanOrEqual(waitMs + 1_000);
      }
      instances.clock.advance(waitMs - 70_000);
      await refusal(instances.read(other));
    } else {
      const [event] = await listRateLimitEvents(one.db, new Date(0), 10);
      expect((event?.until.getTime() ?? 0) - (event?.at.getTime() ?? 0)).toBe(waitMs);
    }
    expect(instances.albumRequests()).toBe(requestsBefore);
    instances.clock.advance(72_000);
    for (const instance of [one, other, restarted]) await instances.read(instance);
    expect(instances.albumRequests()).toBe(requestsBefore + 3);
  });

  test('pauses a process without a request count within half a second', async () => {
    await using instances = await startInstances();
    const [one, other] = [instances.another(), instances.another()];
    await instances.read(other);
    instances.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 600 });
    await expect(instances.read(one)).rejects.toMatchObject({ code: 'rate_limited' });
    instances.clock.advance(STATE_REFRESH_MS);
    const requestsBefore = instances.albumRequests();
    await expect(instances.read(other)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(instances.albumRequests()).toBe(requestsBefore);
  });

  test('is recorded with its wait, and requests are counted per hour', async () => {
    await using instances = await startInstances({ variables: COUNTED });
    const instance = instances.another();
    for (let n = 0; n < 3; n += 1) await instances.read(instance);
    instances.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 7_200 });
    await refusal(instances.read(instance));
    const { db, now } = instance;
    const events = await listRateLimitEvents(db, new Date(0), 10);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ bucket: 'spotify:segue', accountId: null, why: 'Spotify answered 429' });
    expect((events[0]?.until.getTime() ?? 0) - (events[0]?.at.getTime() ?? 0)).toBe(7_200_000);
    await instance.close();
    const laterInstance = instances.another();
    const used = await listRequestUse(laterInstance.db, new Date(now().getTime() - 2 * 3_600_000));
    // Four for albums and one for the app's token.
    expect(used.filter(({ bucket }) => bucket === 'spotify:segue').reduce((sum, { requests }) => sum + requests, 0)).toBe(5);
  });
});

test('an exhausted quota blocks only its kind of request, in every process, until a request succeeds again', async () => {
  await using instances = await startInstances();
  const [one, other] = [instances.another(), instances.another()];
  instances.spotify.setQuota('albums', 1);
  await instances.read(one);
  await expect(instances.read(one)).rejects.toMatchObject({ code: 'quota_exceeded' });
  const requestsBefore = instances.albumRequests();
  instances.clock.advance(STATE_REFRESH_MS);
  const restarted = instances.another();
  for (const instance of [one, other, restarted]) {
    const error = await refusal(instances.read(instance));
    expect(error).toMatchObject({ code: 'quota_exceeded', context: { wasSent: false } });
  }
  expect(instances.albumRequests()).toBe(requestsBefore);
  expect((await listRateLimitEvents(one.db, new Date(0), 10)).map(({ bucket }) => bucket)).toEqual(['spotify:segue:albums']);
  instances.clock.advance(61_400_000);
  await instances.read(restarted);
  expect(instances.albumRequests()).toBe(requestsBefore + 1);
  instances.clock.advance(STATE_REFRESH_MS);
  await instances.read(other);
});
