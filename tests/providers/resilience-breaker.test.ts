import { createResilience } from '#server/providers/resilience.ts';
import { createSharedBreakers } from '#server/limits/shared-breakers.ts';
import { listBreakers } from '#server/repos/limits/vendor-breakers.ts';
import type { Db } from '#server/repos/database.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openTestDatabase } from '../support/database.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';
import { STATE_REFRESH_MS, startInstances } from '#tests/support/processes/instances.ts';

const signal = new AbortController().signal;
const OPEN_MS = 600_000;

/** A vendor that fails while it is `down`, and counts requests. */
function createVendor() {
  const vendor = {
    down: true,
    requests: 0,
    attempt: async (): Promise<string> => {
      vendor.requests += 1;
      if (vendor.down) throw new AppError('provider_unavailable', { message: 'It has trouble.', context: { kind: 'Transient', status: 502 } });
      return 'up';
    },
  };
  return vendor;
}

/** The resilience policy of one vendor in a separate process: only the database is shared. */
function startProcess(db: Db, now: () => Date, { vendor = 'spotify', budget = createUnlimitedBudget() } = {}) {
  const memory = createSharedBreakers(db, now).breaker(vendor);
  const policy = createResilience({
    vendor,
    now,
    breakerState: memory,
    budget,
    firstDelayMs: 1,
    breaker: { failures: 5, openMs: OPEN_MS },
    random: () => 0,
  });
  return { ask: (attempt: () => Promise<string>, idempotent = true) => policy.run({ idempotent, signal, attempt }) };
}

/** A promise that the test resolves. */
function deferred<T>() {
  const waiting: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => waiting.push(resolve));
  return { promise, resolve: (value: T) => waiting.forEach((wake) => wake(value)) };
}

const breakerOpen = { code: 'rate_limited', context: { kind: 'CircuitOpen' } };

async function openBreaker(process: ReturnType<typeof startProcess>, vendor: ReturnType<typeof createVendor>) {
  for (let call = 0; call < 5; call += 1) await expect(process.ask(vendor.attempt)).rejects.toMatchObject({ context: { kind: 'Transient' } });
}

test('five failed calls in a row cost at most twenty requests, then no process sends any, not even one that starts later', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [one, other] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const vendor = createVendor();
  await openBreaker(one, vendor);
  expect(vendor.requests).toBeLessThanOrEqual(20);
  const requestsBefore = vendor.requests;
  const restarted = startProcess(database.db, clock.now);
  for (const process of [one, other, restarted]) await expect(process.ask(vendor.attempt)).rejects.toMatchObject(breakerOpen);
  clock.advance(OPEN_MS - 5_000);
  for (const process of [one, other, restarted]) await expect(process.ask(vendor.attempt)).rejects.toMatchObject(breakerOpen);
  expect(vendor.requests).toBe(requestsBefore);
  expect(await listBreakers(database.db)).toMatchObject([{ vendor: 'spotify', state: 'open', failures: 5, why: 'It has trouble (status 502).' }]);
});

test('when the open time ends, one request across all processes probes the vendor; the others wait for its result', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const processes = [startProcess(database.db, clock.now), startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const [one] = processes;
  const vendor = createVendor();
  if (one) await openBreaker(one, vendor);
  clock.advance(OPEN_MS + 1_000);
  const before = vendor.requests;
  const together = await Promise.allSettled([...processes, ...processes].map((process) => process.ask(vendor.attempt)));
  expect(vendor.requests).toBe(before + 1);
  expect(together.filter(({ status }) => status === 'fulfilled')).toHaveLength(0);
  // The probe failed: the breaker stays open for the same time again.
  clock.advance(OPEN_MS - 5_000);
  for (const process of processes) await expect(process.ask(vendor.attempt)).rejects.toMatchObject(breakerOpen);
  clock.advance(10_000);
  // A process without failures of its own does not retry the probe either.
  await expect(processes[1]?.ask(vendor.attempt)).rejects.toMatchObject({ context: { kind: 'Transient' } });
  expect(vendor.requests).toBe(before + 2);
  clock.advance(OPEN_MS + 1_000);
  vendor.down = false;
  expect(await processes[2]?.ask(vendor.attempt)).toBe('up');
  clock.advance(STATE_REFRESH_MS);
  for (const process of processes) expect(await process.ask(vendor.attempt)).toBe('up');
  expect(await listBreakers(database.db)).toMatchObject([{ state: 'closed', failures: 0, why: null }]);
});

test('a probe whose process dies does not keep the breaker open forever', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [one, other] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const vendor = createVendor();
  await openBreaker(one, vendor);
  clock.advance(OPEN_MS + 1_000);
  void one.ask(() => new Promise(() => {}));
  await expect.poll(async () => (await listBreakers(database.db))[0]?.state).toBe('half_open');
  clock.advance(STATE_REFRESH_MS);
  vendor.down = false;
  await expect(other.ask(vendor.attempt)).rejects.toMatchObject(breakerOpen);
  clock.advance(61_000);
  expect(await other.ask(vendor.attempt)).toBe('up');
});

test('a probe that waited too long for its send time is not sent after another probe started, and does not affect that one', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const turn = deferred<void>();
  const isWaiting = deferred<void>();
  const slow = startProcess(database.db, clock.now, {
    budget: {
      ...createUnlimitedBudget(),
      take: async () => {
        isWaiting.resolve();
        await turn.promise;
      },
    },
  });
  const [other, third] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const vendor = createVendor();
  await openBreaker(other, vendor);
  clock.advance(OPEN_MS + 1_000);
  const before = vendor.requests;
  const lateProbe = slow.ask(vendor.attempt);
  await isWaiting.promise;
  clock.advance(61_000);
  const answer = deferred<string>();
  const sent = deferred<void>();
  const probe = other.ask(() => {
    sent.resolve();
    return answer.promise;
  });
  await sent.promise;
  turn.resolve();
  await expect(lateProbe).rejects.toMatchObject({ ...breakerOpen, retryAfterMs: expect.any(Number) as number });
  // The end of the late probe does not affect the probe in progress.
  clock.advance(STATE_REFRESH_MS);
  await expect(third.ask(vendor.attempt)).rejects.toMatchObject(breakerOpen);
  expect(vendor.requests).toBe(before);
  answer.resolve('up');
  expect(await probe).toBe('up');
  clock.advance(STATE_REFRESH_MS);
  vendor.down = false;
  expect(await third.ask(vendor.attempt)).toBe('up');
});

test('a late probe that was not replaced is sent, and stays the only request until it times out', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const turn = deferred<void>();
  const isWaiting = deferred<void>();
  const take = async () => {
    isWaiting.resolve();
    await turn.promise;
  };
  const slow = startProcess(database.db, clock.now, { budget: { ...createUnlimitedBudget(), take } });
  const other = startProcess(database.db, clock.now);
  const vendor = createVendor();
  await openBreaker(other, vendor);
  clock.advance(OPEN_MS + 1_000);
  const answer = deferred<string>();
  const sent = deferred<void>();
  const lateProbe = slow.ask(() => {
    sent.resolve();
    return answer.promise;
  });
  await isWaiting.promise;
  clock.advance(90_000);
  turn.resolve();
  await sent.promise;
  clock.advance(30_000);
  await expect(other.ask(vendor.attempt)).rejects.toMatchObject(breakerOpen);
  answer.resolve('up');
  expect(await lateProbe).toBe('up');
});

test('a canceled call does not count as a failure of the vendor', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const memory = createSharedBreakers(database.db, clock.now).breaker('spotify');
  const policy = createResilience({ vendor: 'Spotify', now: clock.now, breakerState: memory, budget: createUnlimitedBudget() });
  for (let call = 0; call < 8; call += 1) {
    const stop = new AbortController();
    const attempt = async (): Promise<never> => {
      stop.abort(new Error('The worker is stopping.'));
      throw new AppError('provider_unavailable', { message: 'No answer.', context: { kind: 'Transient' } });
    };
    await expect(policy.run({ idempotent: true, signal: stop.signal, attempt })).rejects.toMatchObject({ context: { kind: 'Stopped' } });
  }
  expect(await listBreakers(database.db)).toEqual([]);
});

test('a vendor that is down does not affect another one', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [spotify, musicbrainz] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now, { vendor: 'musicbrainz' })];
  await openBreaker(spotify, createVendor());
  await expect(spotify.ask(async () => 'up')).rejects.toMatchObject(breakerOpen);
  expect(await musicbrainz.ask(async () => 'up')).toBe('up');
});

test('breakers of ReccoBeats and MusicBrainz are shared between processes', async () => {
  await using instances = await startInstances();
  const [one, other] = [instances.another(), instances.another()];
  const breakers = createSharedBreakers(one.db, one.now);
  for (const vendor of ['reccobeats', 'musicbrainz']) await breakers.breaker(vendor).open(OPEN_MS, 'It was silent.', 5);
  const trackId = spotifyTrackId.parse(instances.sandbox.catalog.album(instances.sandbox.catalog.albumIdAt(0) ?? '')?.tracks[0]?.id);
  await expect(other.featureSources.at(-1)?.readFeatures([trackId], signal)).rejects.toMatchObject(breakerOpen);
  await expect(other.genreSources[0]?.readGenres('GBAYE0601498', signal)).rejects.toMatchObject(breakerOpen);
  expect([...instances.sandbox.reccobeats.requests(), ...instances.sandbox.musicbrainz.requests()]).toEqual([]);
});

test('two processes share the breaker of Spotify’s accounts service and still read albums in the meantime', async () => {
  await using instances = await startInstances();
  const [one, other] = [instances.another(), instances.another()];
  await instances.read(one);
  await instances.read(other);
  instances.spotify.failNext({ service: 'accounts', path: '/api/token', status: 502, times: Number.POSITIVE_INFINITY });
  const refresh = (deps: typeof one) => deps.spotifyAccounts.refresh('any', signal);
  for (let call = 0; call < 5; call += 1) await expect(refresh(one)).rejects.toMatchObject({ code: 'provider_unavailable' });
  const requestsBefore = instances.spotify.requests({ path: '/api/token' }).length;
  instances.clock.advance(STATE_REFRESH_MS);
  await expect(refresh(other)).rejects.toMatchObject({ ...breakerOpen, retryAfterMs: expect.any(Number) as number });
  expect(instances.spotify.requests({ path: '/api/token' })).toHaveLength(requestsBefore);
  await instances.read(one);
  await instances.read(other);
});
