import { listRateLimitEvents } from '#server/repos/operations/rate-limit-events.ts';
import { listRequestUse } from '#server/repos/limits/request-use.ts';
import { AppError } from '#shared/errors.ts';
import { describe, expect, test } from 'vitest';
import { LOOK_MS, startHouses } from '#tests/support/processes/two-houses.ts';

const COUNTED = { SPOTIFY_REQUESTS_PER_30S: '3000' };
const refusal = (work: Promise<unknown>) => work.then(() => expect.fail('It was let through.')).catch((error: unknown) => error);

describe('one 429', () => {
  test.each([
    ['seconds', '3600', 3_600_000],
    ['a fraction of a day', '80000', 80_000_000],
    ['an HTTP-date', 'date', 1_800_000],
    ['NaN', 'NaN', 30_000],
    ['nonsense', 'in a while', 30_000],
    ['nothing', undefined, 30_000],
    ['an absurd number', '9'.repeat(40), 7 * 86_400_000],
  ] as const)('with %s stops every process until the time it means, also one that starts later', async (_name, said, waitMs) => {
    await using houses = await startHouses({ variables: COUNTED });
    const [one, other] = [houses.another(), houses.another()];
    await houses.read(one);
    await houses.read(other);
    const date = new Date(Math.ceil(houses.clock.now().getTime() / 1000) * 1000 + 1_800_000).toUTCString();
    houses.spotify.failNext({ path: '/albums/*', status: 429, ...(said === undefined ? {} : { retryAfter: said === 'date' ? date : said }) });
    const askedAt = houses.clock.now().getTime();
    await expect(houses.read(one)).rejects.toMatchObject({ code: 'rate_limited' });
    const asked = houses.albumRequests();
    const restarted = houses.another();
    if (waitMs > 60_000) {
      for (const house of [one, other, restarted]) {
        const told = await refusal(houses.read(house));
        expect(told).toBeInstanceOf(AppError);
        expect(told).toMatchObject({ code: 'rate_limited' });
        const leftMs = told instanceof AppError ? (told.retryAfterMs ?? 0) : 0;
        // Of the wait, no more is over than has passed since the question.
        expect(leftMs).toBeGreaterThanOrEqual(waitMs - (houses.clock.now().getTime() - askedAt));
        expect(leftMs).toBeLessThanOrEqual(waitMs + 1_000);
      }
      houses.clock.advance(waitMs - 70_000);
      await refusal(houses.read(other));
    } else {
      const [event] = await listRateLimitEvents(one.db, new Date(0), 10);
      expect((event?.until.getTime() ?? 0) - (event?.at.getTime() ?? 0)).toBe(waitMs);
    }
    expect(houses.albumRequests()).toBe(asked);
    houses.clock.advance(72_000);
    for (const house of [one, other, restarted]) await houses.read(house);
    expect(houses.albumRequests()).toBe(asked + 3);
  });

  test('stops a process whose requests nobody counts within half a second', async () => {
    await using houses = await startHouses();
    const [one, other] = [houses.another(), houses.another()];
    await houses.read(other);
    houses.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 600 });
    await expect(houses.read(one)).rejects.toMatchObject({ code: 'rate_limited' });
    houses.clock.advance(LOOK_MS);
    const asked = houses.albumRequests();
    await expect(houses.read(other)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(houses.albumRequests()).toBe(asked);
  });

  test('is remembered with the time it named, and every request with the hour it was sent in', async () => {
    await using houses = await startHouses({ variables: COUNTED });
    const house = houses.another();
    for (let n = 0; n < 3; n += 1) await houses.read(house);
    houses.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 7_200 });
    await refusal(houses.read(house));
    const { db, now } = house;
    const events = await listRateLimitEvents(db, new Date(0), 10);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ bucket: 'spotify:segue', accountId: null, why: 'Spotify answered 429' });
    expect((events[0]?.until.getTime() ?? 0) - (events[0]?.at.getTime() ?? 0)).toBe(7_200_000);
    await house.close();
    const later = houses.another();
    const used = await listRequestUse(later.db, new Date(now().getTime() - 2 * 3_600_000));
    // Four for albums and one for the app's token.
    expect(used.filter(({ bucket }) => bucket === 'spotify:segue').reduce((sum, { requests }) => sum + requests, 0)).toBe(5);
  });
});

test('a used-up quota shuts only its kind of requests, for every process, until one request finds it open again', async () => {
  await using houses = await startHouses();
  const [one, other] = [houses.another(), houses.another()];
  houses.spotify.setQuota('albums', 1);
  await houses.read(one);
  await expect(houses.read(one)).rejects.toMatchObject({ code: 'quota_exceeded' });
  const asked = houses.albumRequests();
  houses.clock.advance(LOOK_MS);
  const restarted = houses.another();
  for (const house of [one, other, restarted]) {
    const told = await refusal(houses.read(house));
    expect(told).toMatchObject({ code: 'quota_exceeded', context: { wasSent: false } });
  }
  expect(houses.albumRequests()).toBe(asked);
  expect((await listRateLimitEvents(one.db, new Date(0), 10)).map(({ bucket }) => bucket)).toEqual(['spotify:segue:albums']);
  houses.clock.advance(61_400_000);
  await houses.read(restarted);
  expect(houses.albumRequests()).toBe(asked + 1);
  houses.clock.advance(LOOK_MS);
  await houses.read(other);
});
