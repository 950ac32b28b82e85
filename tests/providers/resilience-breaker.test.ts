import { createResilience } from '#server/providers/resilience.ts';
import { createSharedBreakers } from '#server/limits/shared-breakers.ts';
import { listBreakers } from '#server/repos/limits/vendor-breakers.ts';
import type { Db } from '#server/repos/database.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openTestDatabase } from '../support/database.ts';
import { openBudget } from '#tests/support/spotify/spotify-app.ts';
import { LOOK_MS, startHouses } from '#tests/support/processes/two-houses.ts';

const signal = new AbortController().signal;
const OPEN_MS = 600_000;

/** A vendor that fails while it is `down`, and counts who asks. */
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

/** The policy of one vendor in a process of its own: nothing is shared with another but the database. */
function startProcess(db: Db, now: () => Date, { vendor = 'spotify', budget = openBudget() } = {}) {
  const memory = createSharedBreakers(db, now).breaker(vendor);
  const policy = createResilience({
    vendor,
    now,
    memory,
    budget,
    firstDelayMs: 1,
    breaker: { failures: 5, openMs: OPEN_MS },
    random: () => 0,
  });
  return { ask: (attempt: () => Promise<string>, idempotent = true) => policy.run({ idempotent, signal, attempt }) };
}

/** A promise that the test keeps when it likes. */
function later<T>() {
  const waiting: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => waiting.push(resolve));
  return { promise, resolve: (value: T) => waiting.forEach((wake) => wake(value)) };
}

const leftAlone = { code: 'rate_limited', context: { kind: 'CircuitOpen' } };

async function breakIt(process: ReturnType<typeof startProcess>, vendor: ReturnType<typeof createVendor>) {
  for (let call = 0; call < 5; call += 1) await expect(process.ask(vendor.attempt)).rejects.toMatchObject({ context: { kind: 'Transient' } });
}

test('five failed calls in a row cost a vendor at most twenty requests, then no process asks any more, not even one that starts later', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [one, other] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const vendor = createVendor();
  await breakIt(one, vendor);
  expect(vendor.requests).toBeLessThanOrEqual(20);
  const asked = vendor.requests;
  const restarted = startProcess(database.db, clock.now);
  for (const process of [one, other, restarted]) await expect(process.ask(vendor.attempt)).rejects.toMatchObject(leftAlone);
  clock.advance(OPEN_MS - 5_000);
  for (const process of [one, other, restarted]) await expect(process.ask(vendor.attempt)).rejects.toMatchObject(leftAlone);
  expect(vendor.requests).toBe(asked);
  expect(await listBreakers(database.db)).toMatchObject([{ vendor: 'spotify', state: 'open', failures: 5, why: 'It has trouble (status 502).' }]);
});

test('when the time has come one request in the whole house tries; the others wait for what it learns', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const processes = [startProcess(database.db, clock.now), startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const [one] = processes;
  const vendor = createVendor();
  if (one) await breakIt(one, vendor);
  clock.advance(OPEN_MS + 1_000);
  const before = vendor.requests;
  const together = await Promise.allSettled([...processes, ...processes].map((process) => process.ask(vendor.attempt)));
  expect(vendor.requests).toBe(before + 1);
  expect(together.filter(({ status }) => status === 'fulfilled')).toHaveLength(0);
  // The probe failed: as long again.
  clock.advance(OPEN_MS - 5_000);
  for (const process of processes) await expect(process.ask(vendor.attempt)).rejects.toMatchObject(leftAlone);
  clock.advance(10_000);
  // Nor does one that has seen no failure of its own repeat it.
  await expect(processes[1]?.ask(vendor.attempt)).rejects.toMatchObject({ context: { kind: 'Transient' } });
  expect(vendor.requests).toBe(before + 2);
  clock.advance(OPEN_MS + 1_000);
  vendor.down = false;
  expect(await processes[2]?.ask(vendor.attempt)).toBe('up');
  clock.advance(LOOK_MS);
  for (const process of processes) expect(await process.ask(vendor.attempt)).toBe('up');
  expect(await listBreakers(database.db)).toMatchObject([{ state: 'closed', failures: 0, why: null }]);
});

test('a probe whose process dies does not keep the vendor shut for ever', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [one, other] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const vendor = createVendor();
  await breakIt(one, vendor);
  clock.advance(OPEN_MS + 1_000);
  void one.ask(() => new Promise(() => {}));
  await expect.poll(async () => (await listBreakers(database.db))[0]?.state).toBe('half_open');
  clock.advance(LOOK_MS);
  vendor.down = false;
  await expect(other.ask(vendor.attempt)).rejects.toMatchObject(leftAlone);
  clock.advance(61_000);
  expect(await other.ask(vendor.attempt)).toBe('up');
});

test('a probe that waited longer for its turn than a request lasts is not sent once another has tried, and does not end what that one has', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const turn = later<void>();
  const waits = later<void>();
  const slow = startProcess(database.db, clock.now, {
    budget: {
      ...openBudget(),
      take: async () => {
        waits.resolve();
        await turn.promise;
      },
    },
  });
  const [other, third] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const vendor = createVendor();
  await breakIt(other, vendor);
  clock.advance(OPEN_MS + 1_000);
  const before = vendor.requests;
  const waited = slow.ask(vendor.attempt);
  await waits.promise;
  clock.advance(61_000);
  const answer = later<string>();
  const asked = later<void>();
  const probing = other.ask(() => {
    asked.resolve();
    return answer.promise;
  });
  await asked.promise;
  turn.resolve();
  await expect(waited).rejects.toMatchObject({ ...leftAlone, retryAfterMs: expect.any(Number) as number });
  // Its end took nothing from the one that is under way.
  clock.advance(LOOK_MS);
  await expect(third.ask(vendor.attempt)).rejects.toMatchObject(leftAlone);
  expect(vendor.requests).toBe(before);
  answer.resolve('up');
  expect(await probing).toBe('up');
  clock.advance(LOOK_MS);
  vendor.down = false;
  expect(await third.ask(vendor.attempt)).toBe('up');
});

test('a probe whose turn comes late and whom nobody replaced is sent, and is alone for as long as a request lasts', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const turn = later<void>();
  const waits = later<void>();
  const take = async () => {
    waits.resolve();
    await turn.promise;
  };
  const slow = startProcess(database.db, clock.now, { budget: { ...openBudget(), take } });
  const other = startProcess(database.db, clock.now);
  const vendor = createVendor();
  await breakIt(other, vendor);
  clock.advance(OPEN_MS + 1_000);
  const answer = later<string>();
  const asked = later<void>();
  const waited = slow.ask(() => {
    asked.resolve();
    return answer.promise;
  });
  await waits.promise;
  clock.advance(90_000);
  turn.resolve();
  await asked.promise;
  clock.advance(30_000);
  await expect(other.ask(vendor.attempt)).rejects.toMatchObject(leftAlone);
  answer.resolve('up');
  expect(await waited).toBe('up');
});

test('work that was stopped from outside says nothing about the vendor', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const memory = createSharedBreakers(database.db, clock.now).breaker('spotify');
  const policy = createResilience({ vendor: 'Spotify', now: clock.now, memory, budget: openBudget() });
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

test('a vendor that is down does not touch another one', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [spotify, musicbrainz] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now, { vendor: 'musicbrainz' })];
  await breakIt(spotify, createVendor());
  await expect(spotify.ask(async () => 'up')).rejects.toMatchObject(leftAlone);
  expect(await musicbrainz.ask(async () => 'up')).toBe('up');
});

test('what one process wrote of ReccoBeats and MusicBrainz holds for another one', async () => {
  await using houses = await startHouses();
  const [one, other] = [houses.another(), houses.another()];
  const book = createSharedBreakers(one.db, one.now);
  for (const vendor of ['reccobeats', 'musicbrainz']) await book.breaker(vendor).opened(OPEN_MS, 'It was silent.', 5);
  const trackId = spotifyTrackId.parse(houses.sandbox.catalogue.album(houses.sandbox.catalogue.albumIdAt(0) ?? '')?.tracks[0]?.id);
  await expect(other.featureSources.at(-1)?.readFeatures([trackId], signal)).rejects.toMatchObject(leftAlone);
  await expect(other.genreSources[0]?.readGenres('GBAYE0601498', signal)).rejects.toMatchObject(leftAlone);
  expect([...houses.sandbox.reccobeats.requests(), ...houses.sandbox.musicbrainz.requests()]).toEqual([]);
});

test('two whole processes share the breaker of Spotify’s accounts service, and go on reading albums meanwhile', async () => {
  await using houses = await startHouses();
  const [one, other] = [houses.another(), houses.another()];
  await houses.read(one);
  await houses.read(other);
  houses.spotify.failNext({ service: 'accounts', path: '/api/token', status: 502, times: Number.POSITIVE_INFINITY });
  const refresh = (deps: typeof one) => deps.spotifyAccounts.refresh('any', signal);
  for (let call = 0; call < 5; call += 1) await expect(refresh(one)).rejects.toMatchObject({ code: 'provider_unavailable' });
  const asked = houses.spotify.requests({ path: '/api/token' }).length;
  houses.clock.advance(LOOK_MS);
  await expect(refresh(other)).rejects.toMatchObject({ ...leftAlone, retryAfterMs: expect.any(Number) as number });
  expect(houses.spotify.requests({ path: '/api/token' })).toHaveLength(asked);
  await houses.read(one);
  await houses.read(other);
});
