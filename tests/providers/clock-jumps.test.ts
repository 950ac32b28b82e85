import { createSharedBreakers } from '#server/limits/shared-breakers.ts';
import { createRequestBudget } from '#server/limits/request-budget.ts';
import { AppError } from '#shared/errors.ts';
import { describe, expect, test } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openTestDatabase } from '../support/database.ts';
import { createFakeTime, START } from '#tests/support/time/fake-time.ts';
import { LOOK_MS, startHouses } from '#tests/support/processes/two-houses.ts';

const HOUR_MS = 3_600_000;
const signal = new AbortController().signal;
const COUNTED = { SPOTIFY_REQUESTS_PER_30S: '3000' };

/** How long a question is told to wait; 0 when it may be asked. */
async function told(work: Promise<unknown>): Promise<number> {
  const refused = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refused === undefined) return 0;
  expect(refused).toBeInstanceOf(AppError);
  return refused instanceof AppError ? (refused.retryAfterMs ?? Number.NaN) : Number.NaN;
}

describe.each([
  ['counted', COUNTED],
  ['not counted', {}],
])('a clock that is set back five hours during a stop of one hour, with requests that are %s', (_name, variables: Record<string, string>) => {
  test('leaves every process waiting for that hour and no longer, also one that starts later', async () => {
    await using houses = await startHouses({ variables });
    houses.clock.advance(5 * HOUR_MS);
    const [one, other] = [houses.another(), houses.another()];
    await houses.read(one);
    await houses.read(other);
    houses.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 3_600 });
    await told(houses.read(one));
    const asked = houses.albumRequests();
    houses.clock.advance(-5 * HOUR_MS);
    const later = houses.another();
    for (const house of [other, one, later]) {
      const waitMs = await told(houses.read(house));
      expect(waitMs).toBeGreaterThan(HOUR_MS - 60_000);
      expect(waitMs).toBeLessThanOrEqual(HOUR_MS);
    }
    houses.clock.advance(HOUR_MS - 61_000);
    for (const house of [other, one, later]) expect(await told(houses.read(house))).toBeGreaterThan(0);
    expect(houses.albumRequests()).toBe(asked);
    houses.clock.advance(62_000);
    for (const house of [other, one, later]) expect(await told(houses.read(house))).toBe(0);
  });
});

test('a clock that jumps ahead during a stop costs the vendor one request, not one from every process', async () => {
  await using houses = await startHouses({ variables: COUNTED });
  const processes = [houses.another(), houses.another(), houses.another()];
  for (const house of processes) await houses.read(house);
  const [one, ...others] = processes;
  if (!one) throw new Error('There is no process.');
  houses.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 7_200 });
  await told(houses.read(one));
  const asked = houses.albumRequests();
  // The vendor’s clock goes on as it did: it still wants us to wait.
  houses.clock.advance(26 * HOUR_MS);
  houses.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 7_100, times: Number.POSITIVE_INFINITY });
  expect(await told(houses.read(one))).toBe(7_100_000);
  for (const house of [...others, one, ...others]) expect(await told(houses.read(house))).toBeGreaterThan(7_000_000);
  expect(houses.albumRequests()).toBe(asked + 1);
  // Put right again: the word of the wrong time lasts as long as it said, counted from now.
  houses.clock.advance(-26 * HOUR_MS);
  for (const house of processes) {
    const waitMs = await told(houses.read(house));
    expect(waitMs).toBeGreaterThan(7_000_000);
    expect(waitMs).toBeLessThanOrEqual(7_100_000);
  }
  expect(houses.albumRequests()).toBe(asked + 1);
  houses.spotify.clearFaults();
  houses.clock.advance(7_200_000);
  for (const house of processes) expect(await told(houses.read(house))).toBe(0);
});

test('requests that wait for their turn while the clock is set back get another turn at once, within the pace', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const budget = createRequestBudget(database.db, { key: 'spotify', requests: 30, windowMs: 30_000 }, time);
  await budget.take(signal);
  const sentMs: number[] = [];
  const waiting = Array.from({ length: 12 }, async () => {
    await budget.take(signal);
    sentMs.push(time.now().getTime());
  });
  let isSetBack = false;
  const setter = (async () => {
    await time.wait(2_500);
    isSetBack = true;
    time.set(-3 * HOUR_MS);
  })();
  await time.run([...waiting, setter]);
  expect(isSetBack).toBe(true);
  expect(sentMs).toHaveLength(12);
  const afterwards = sentMs.filter((at) => at < START).toSorted((a, b) => a - b);
  expect(afterwards.length).toBeGreaterThan(5);
  const [first = 0] = afterwards;
  expect(first).toBeLessThan(START - 3 * HOUR_MS + 5_000);
  for (const [index, at] of afterwards.entries()) if (index > 0) expect(at - (afterwards[index - 1] ?? 0)).toBeGreaterThan(900);
});

describe('a breaker', () => {
  const OPEN_MS = 600_000;

  test('opened before the clock is set back is tried again after its own time, by one request in the house', async () => {
    await using database = await openTestDatabase();
    const clock = createTestClock();
    clock.advance(5 * HOUR_MS);
    const [one, other] = [
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
    ];
    await one.opened(OPEN_MS, 'It has trouble.', 5);
    expect((await other.ask()).kind).toBe('open');
    clock.advance(-5 * HOUR_MS);
    for (const memory of [other, one, createSharedBreakers(database.db, clock.now).breaker('spotify')]) {
      const gate = await memory.ask();
      expect(gate.kind).toBe('open');
      const leftMs = gate.kind === 'open' ? gate.until.getTime() - clock.now().getTime() : 0;
      expect(leftMs).toBeGreaterThan(OPEN_MS - 60_000);
      expect(leftMs).toBeLessThanOrEqual(OPEN_MS);
    }
    clock.advance(OPEN_MS + LOOK_MS);
    expect([(await one.ask()).kind, (await other.ask()).kind].toSorted()).toEqual(['open', 'probe']);
  });

  test('whose probe died is probed again after a clock was set back, within the minute that a probe has', async () => {
    await using database = await openTestDatabase();
    const clock = createTestClock();
    clock.advance(5 * HOUR_MS);
    const [one, other] = [
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
    ];
    await one.opened(1_000, 'It has trouble.', 5);
    clock.advance(2_000);
    expect((await one.ask()).kind).toBe('probe');
    clock.advance(-5 * HOUR_MS);
    expect((await other.ask()).kind).toBe('open');
    clock.advance(61_000);
    expect((await other.ask()).kind).toBe('probe');
  });

  test('of two machines whose clocks disagree by hours is not probed time and again', async () => {
    await using database = await openTestDatabase();
    const clock = createTestClock();
    const ahead = () => new Date(clock.now().getTime() + 3 * HOUR_MS);
    const [wrong, right] = [
      createSharedBreakers(database.db, ahead).breaker('spotify'),
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
    ];
    let probes = 0;
    for (let second = 0; second < 1_200; second += 10) {
      for (const memory of [wrong, right]) {
        const gate = await memory.ask();
        if (gate.kind === 'open') continue;
        if (gate.kind === 'probe') probes += 1;
        await memory.opened(OPEN_MS, 'It has trouble.', 1);
      }
      clock.advance(10_000);
    }
    // Twenty minutes at ten minutes each, and one that the process which had not looked yet brought forward.
    expect(probes).toBeLessThanOrEqual(3);
  });
});
