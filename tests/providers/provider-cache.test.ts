import { createMusicbrainz } from '#server/providers/musicbrainz/create-musicbrainz.ts';
import { createReccobeats } from '#server/providers/reccobeats/create-reccobeats.ts';
import type { FeatureReading } from '#server/providers/ports.ts';
import { createProviderCache, listCacheUse } from '#server/repos/operations/provider-cache.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openTestDatabase } from '../support/database.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';

const DAY_MS = 86_400_000;
const signal = new AbortController().signal;
const INFINITY = Number.POSITIVE_INFINITY;

/** Sources return readings in any order. */
function byTrack(readings: readonly FeatureReading[] | undefined) {
  return new Map(readings?.map((reading) => [reading.trackId, reading]));
}

async function start() {
  const database = await openTestDatabase();
  const clock = createTestClock('2026-11-21T06:00:00Z');
  const sandbox = await startSandbox({ catalog: { albums: 200, seed: 7 } });
  const cache = createProviderCache(database.db, clock.now);
  const common = { budget: createUnlimitedBudget(), now: clock.now, cache, resilience: { firstDelayMs: 1, attemptsMax: 2 } };
  const tracks = Array.from({ length: 40 }, (_, n) => sandbox.catalog.album(sandbox.catalog.albumIdAt(n) ?? '')?.tracks[0]);
  return {
    db: database.db,
    clock,
    sandbox,
    cache,
    genres: createMusicbrainz({ ...common, url: sandbox.musicbrainz.url, contact: 'tests@segue.example' }),
    features: createReccobeats({ ...common, url: sandbox.reccobeats.url }),
    isrcs: [...new Set(tracks.map((track) => track?.isrc ?? ''))],
    ids: tracks.map((track) => spotifyTrackId.parse(track?.id)),
    use: async () =>
      Object.fromEntries((await listCacheUse(database.db, '2026-01-01')).map(({ provider, hits, misses }) => [provider, { hits, misses }])),
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

test('a fresh cached answer is not requested again, including “unknown”', async () => {
  await using app = await start();
  const first = [];
  for (const isrc of app.isrcs) first.push(await app.genres.readGenres(isrc, signal));
  expect(first).toContain(undefined);
  const read = await app.features.readFeatures(app.ids, signal);
  expect(read?.length).toBeLessThan(app.ids.length);
  const requestsBefore = [app.sandbox.musicbrainz.requests().length, app.sandbox.reccobeats.requests().length];
  const again = [];
  for (const isrc of app.isrcs) again.push(await app.genres.readGenres(isrc, signal));
  expect(again).toEqual(first);
  const readAgain = await app.features.readFeatures(app.ids, signal);
  expect(byTrack(readAgain)).toEqual(byTrack(read));
  expect([app.sandbox.musicbrainz.requests().length, app.sandbox.reccobeats.requests().length]).toEqual(requestsBefore);
  expect(await app.use()).toEqual({ musicbrainz: { hits: app.isrcs.length, misses: app.isrcs.length }, reccobeats: { hits: 40, misses: 40 } });
});

test('only entries missing from the cache are requested', async () => {
  await using app = await start();
  await app.features.readFeatures(app.ids.slice(0, 15), signal);
  await app.features.readFeatures(app.ids, signal);
  const [, second = ''] = app.sandbox.reccobeats.requests();
  expect(new URL(second, 'http://vendor').searchParams.get('ids')?.split(',')).toEqual(app.ids.slice(15));
});

test('a stale entry is requested again; it is still used while the vendor is down', async () => {
  await using app = await start();
  const isrc = app.isrcs.find((one) => app.sandbox.catalog.recording(one)?.genres.length) ?? '';
  const known = await app.genres.readGenres(isrc, signal);
  app.clock.advance(31 * DAY_MS);
  app.sandbox.musicbrainz.failNext({ cut: true, times: INFINITY });
  expect(await app.genres.readGenres(isrc, signal)).toEqual(known);
  await expect(app.genres.readGenres('GBAYE0601498', signal)).rejects.toMatchObject({ code: 'provider_unavailable' });
  app.sandbox.musicbrainz.clearFaults();
  app.sandbox.musicbrainz.failNext({ status: 200, body: { recordings: [{ genres: [{ name: 'New', count: 1 }] }] } });
  expect(await app.genres.readGenres(isrc, signal)).toEqual(['new']);
});

test('expired entries are deleted when new ones are stored', async () => {
  await using app = await start();
  await app.cache.store('musicbrainz', [{ key: 'old', body: { genres: [] }, goodForMs: DAY_MS }]);
  app.clock.advance(20 * DAY_MS);
  expect((await app.cache.find('musicbrainz', ['old'])).get('old')).toMatchObject({ isFresh: false });
  app.clock.advance(20 * DAY_MS);
  await app.cache.store('musicbrainz', [{ key: 'new', body: { genres: [] }, goodForMs: DAY_MS }]);
  const stored = await app.db.execute<{ key: string }>(sql`select key from provider_cache`);
  expect(stored.rows).toEqual([{ key: 'new' }]);
});
