import { createSharedBreakers } from '#server/limits/shared-breakers.ts';
import { createRequestBudget } from '#server/limits/request-budget.ts';
import { AppError } from '#shared/errors.ts';
import { describe, expect, test } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openTestDatabase } from '../support/database.ts';
import { createFakeTime, START } from '#tests/support/time/fake-time.ts';
import { STATE_REFRESH_MS, startInstances } from '#tests/support/processes/instances.ts';

const HOUR_MS = 3_600_000;
const signal = new AbortController().signal;
const COUNTED = { SPOTIFY_REQUESTS_PER_30S: '3000' };

/** Milliseconds that a refused request must wait; 0 when it was sent. */
async function waitMsOf(work: Promise<unknown>): Promise<number> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return 0;
  expect(error).toBeInstanceOf(AppError);
  return error instanceof AppError ? (error.retryAfterMs ?? Number.NaN) : Number.NaN;
}

describe.each([
  ['counted', COUNTED],
  ['not counted', {}],
])('a clock set back five hours during a rate limit of one hour, with requests that are %s', (_name, variables: Record<string, string>) => {
  test('makes every process wait for that hour and no longer, even one that starts later', async () => {
    await using instances = await startInstances({ variables });
    instances.clock.advance(5 * HOUR_MS);
    const [one, other] = [instances.another(), instances.another()];
    await instances.read(one);
    await instances.read(other);
    instances.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 3_600 });
    await waitMsOf(instances.read(one));
    const requestsBefore = instances.albumRequests();
    instances.clock.advance(-5 * HOUR_MS);
    const later = instances.another();
    for (const instance of [other, one, later]) {
      const waitMs = await waitMsOf(instances.read(instance));
      expect(waitMs).toBeGreaterThan(HOUR_MS - 60_000);
      expect(waitMs).toBeLessThanOrEqual(HOUR_MS);
    }
    instances.clock.advance(HOUR_MS - 61_000);
    for (const instance of [other, one, later]) expect(await waitMsOf(instances.read(instance))).toBeGreaterThan(0);
    expect(instances.albumRequests()).toBe(requestsBefore);
    instances.clock.advance(62_000);
    for (const instance of [other, one, later]) expect(await waitMsOf(instances.read(instance))).toBe(0);
  });
});

test('a clock that jumps ahead during a rate limit costs the vendor one request, not one per process', async () => {
  await using instances = await startInstances({ variables: COUNTED });
  const processes = [instances.another(), instances.another(), instances.another()];
  for (const instance of processes) await instances.read(instance);
  const [one, ...others] = processes;
  if (!one) throw new Error('There is no process.');
  instances.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 7_200 });
  await waitMsOf(instances.read(one));
  const requestsBefore = instances.albumRequests();
  // The vendor’s clock did not jump: it still limits us.
  instances.clock.advance(26 * HOUR_MS);
  instances.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 7_100, times: Number.POSITIVE_INFINITY });
  expect(await waitMsOf(instances.read(one))).toBe(7_100_000);
  for (const instance of [...others, one, ...others]) expect(await waitMsOf(instances.read(instance))).toBeGreaterThan(7_000_000);
  expect(instances.albumRequests()).toBe(requestsBefore + 1);
  // The clock is corrected: the limit received at the wrong time lasts its full length, counted from now.
  instances.clock.advance(-26 * HOUR_MS);
  for (const instance of processes) {
    const waitMs = await waitMsOf(instances.read(instance));
    expect(waitMs).toBeGreaterThan(7_000_000);
    expect(waitMs).toBeLessThanOrEqual(7_100_000);
  }
  expect(instances.albumRequests()).toBe(requestsBefore + 1);
  instances.spotify.clearFaults();
  instances.clock.advance(7_200_000);
  for (const instance of processes) expect(await waitMsOf(instances.read(instance))).toBe(0);
});

test('requests waiting for a send time while the clock is set back get a new one at once, within the limit', async () => {
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
  const sentAfterwards = sentMs.filter((at) => at < START).toSorted((a, b) => a - b);
  expect(sentAfterwards.length).toBeGreaterThan(5);
  const [first = 0] = sentAfterwards;
  expect(first).toBeLessThan(START - 3 * HOUR_MS + 5_000);
  for (const [index, at] of sentAfterwards.entries()) if (index > 0) expect(at - (sentAfterwards[index - 1] ?? 0)).toBeGreaterThan(900);
});

describe('a breaker', () => {
  const OPEN_MS = 600_000;

  test('that opened before the clock is set back is probed after its own open time, by one request across all processes', async () => {
    await using database = await openTestDatabase();
    const clock = createTestClock();
    clock.advance(5 * HOUR_MS);
    const [one, other] = [
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
    ];
    await one.open(OPEN_MS, 'The vendor is down.', 5);
    expect((await other.admit()).kind).toBe('open');
    clock.advance(-5 * HOUR_MS);
    for (const memory of [other, one, createSharedBreakers(database.db, clock.now).breaker('spotify')]) {
      const gate = await memory.admit();
      expect(gate.kind).toBe('open');
      const leftMs = gate.kind === 'open' ? gate.until.getTime() - clock.now().getTime() : 0;
      expect(leftMs).toBeGreaterThan(OPEN_MS - 60_000);
      expect(leftMs).toBeLessThanOrEqual(OPEN_MS);
    }
    clock.advance(OPEN_MS + STATE_REFRESH_MS);
    expect([(await one.admit()).kind, (await other.admit()).kind].toSorted()).toEqual(['open', 'probe']);
  });

  test('whose probe died is probed again after the clock is set back, within the one-minute probe timeout', async () => {
    await using database = await openTestDatabase();
    const clock = createTestClock();
    clock.advance(5 * HOUR_MS);
    const [one, other] = [
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
      createSharedBreakers(database.db, clock.now).breaker('spotify'),
    ];
    await one.open(1_000, 'The vendor is down.', 5);
    clock.advance(2_000);
    expect((await one.admit()).kind).toBe('probe');
    clock.advance(-5 * HOUR_MS);
    expect((await other.admit()).kind).toBe('open');
    clock.advance(61_000);
    expect((await other.admit()).kind).toBe('probe');
  });

  test('shared by two machines whose clocks differ by hours is not probed repeatedly', async () => {
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
        const gate = await memory.admit();
        if (gate.kind === 'open') continue;
        if (gate.kind === 'probe') probes += 1;
        await memory.open(OPEN_MS, 'The vendor is down.', 1);
      }
      clock.advance(10_000);
    }
    // Twenty minutes with one probe every ten, and one early probe by the process that had not read the state yet.
    expect(probes).toBeLessThanOrEqual(3);
  });
});
