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
import { openBudget } from '#tests/support/spotify/spotify-app.ts';

const DAY_MS = 86_400_000;
const signal = new AbortController().signal;
const INFINITY = Number.POSITIVE_INFINITY;

/** Sources answer in any order. */
function byTrack(readings: readonly FeatureReading[] | undefined) {
  return new Map(readings?.map((reading) => [reading.trackId, reading]));
}

async function start() {
  const database = await openTestDatabase();
  const clock = createTestClock('2026-11-21T06:00:00Z');
  const sandbox = await startSandbox({ catalogue: { albums: 200, seed: 7 } });
  const cache = createProviderCache(database.db, clock.now);
  const treat = { budget: openBudget(), now: clock.now, cache, resilience: { firstDelayMs: 1, attemptsMax: 2 } };
  const tracks = Array.from({ length: 40 }, (_, n) => sandbox.catalogue.album(sandbox.catalogue.albumIdAt(n) ?? '')?.tracks[0]);
  return {
    db: database.db,
    clock,
    sandbox,
    cache,
    genres: createMusicbrainz({ ...treat, url: sandbox.musicbrainz.url, contact: 'tests@segue.example' }),
    features: createReccobeats({ ...treat, url: sandbox.reccobeats.url }),
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

test('what a vendor said is not asked for again while it is fresh, also that it does not know', async () => {
  await using house = await start();
  const first = [];
  for (const isrc of house.isrcs) first.push(await house.genres.readGenres(isrc, signal));
  expect(first).toContain(undefined);
  const read = await house.features.readFeatures(house.ids, signal);
  expect(read?.length).toBeLessThan(house.ids.length);
  const asked = [house.sandbox.musicbrainz.requests().length, house.sandbox.reccobeats.requests().length];
  const again = [];
  for (const isrc of house.isrcs) again.push(await house.genres.readGenres(isrc, signal));
  expect(again).toEqual(first);
  const readAgain = await house.features.readFeatures(house.ids, signal);
  expect(byTrack(readAgain)).toEqual(byTrack(read));
  expect([house.sandbox.musicbrainz.requests().length, house.sandbox.reccobeats.requests().length]).toEqual(asked);
  expect(await house.use()).toEqual({ musicbrainz: { hits: house.isrcs.length, misses: house.isrcs.length }, reccobeats: { hits: 40, misses: 40 } });
});

test('only what is not kept is asked for', async () => {
  await using house = await start();
  await house.features.readFeatures(house.ids.slice(0, 15), signal);
  await house.features.readFeatures(house.ids, signal);
  const [, second = ''] = house.sandbox.reccobeats.requests();
  expect(new URL(second, 'http://vendor').searchParams.get('ids')?.split(',')).toEqual(house.ids.slice(15));
});

test('what is too old is asked for again; while the vendor is down it is good enough, and after it is not', async () => {
  await using house = await start();
  const isrc = house.isrcs.find((one) => house.sandbox.catalogue.recording(one)?.genres.length) ?? '';
  const known = await house.genres.readGenres(isrc, signal);
  house.clock.advance(31 * DAY_MS);
  house.sandbox.musicbrainz.failNext({ cut: true, times: INFINITY });
  expect(await house.genres.readGenres(isrc, signal)).toEqual(known);
  await expect(house.genres.readGenres('GBAYE0601498', signal)).rejects.toMatchObject({ code: 'provider_unavailable' });
  house.sandbox.musicbrainz.clearFaults();
  house.sandbox.musicbrainz.failNext({ status: 200, body: { recordings: [{ genres: [{ name: 'New', count: 1 }] }] } });
  expect(await house.genres.readGenres(isrc, signal)).toEqual(['new']);
});

test('what nobody may use any more is swept away as new answers come', async () => {
  await using house = await start();
  await house.cache.keep('musicbrainz', [{ key: 'old', body: { genres: [] }, goodForMs: DAY_MS }]);
  house.clock.advance(20 * DAY_MS);
  expect((await house.cache.find('musicbrainz', ['old'])).get('old')).toMatchObject({ isFresh: false });
  house.clock.advance(20 * DAY_MS);
  await house.cache.keep('musicbrainz', [{ key: 'new', body: { genres: [] }, goodForMs: DAY_MS }]);
  const kept = await house.db.execute<{ key: string }>(sql`select key from provider_cache`);
  expect(kept.rows).toEqual([{ key: 'new' }]);
});
