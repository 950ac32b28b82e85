import { createMusicbrainz } from '#server/providers/musicbrainz/create-musicbrainz.ts';
import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { isKnownToMusicbrainz, startMusicbrainzSandbox } from '#server/sandbox/musicbrainz/server.ts';
import { expect, test } from 'vitest';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';

const catalog = createGeneratedCatalog({ albums: 200, seed: 7 });
const isrcs = Array.from({ length: 60 }, (_, i) => catalog.album(catalog.albumIdAt(i) ?? '')?.tracks[0]?.isrc ?? []).flat();
const signal = new AbortController().signal;

async function start() {
  const sandbox = await startMusicbrainzSandbox({ catalog });
  const budget = createUnlimitedBudget();
  const source = createMusicbrainz({ url: sandbox.url, contact: 'me@example.org', budget, now: () => new Date(), resilience: { firstDelayMs: 1 } });
  return { sandbox, budget, source, [Symbol.asyncDispose]: () => sandbox.close() };
}

test('a known ISRC has genres ordered by votes, an untagged one has none, an unknown one is undefined', async () => {
  await using vendor = await start();
  const seen = new Set<string>();
  for (const isrc of isrcs) {
    const genres = await vendor.source.readGenres(isrc, signal);
    if (!isKnownToMusicbrainz(isrc)) expect(genres).toBeUndefined();
    else if (genres && genres.length > 0) expect(genres).toEqual(catalog.recording(isrc)?.genres);
    seen.add(genres === undefined ? 'unknown' : genres.length > 0 ? 'tagged' : 'untagged');
  }
  expect(seen).toEqual(new Set(['unknown', 'tagged', 'untagged']));
  expect(vendor.budget.taken).toBe(isrcs.length);
  expect(await vendor.source.readGenres('not an isrc', signal)).toBeUndefined();
});

test('votes of all recordings of an ISRC are added up, with genres in lower case', async () => {
  await using vendor = await start();
  const recordings = [
    {
      genres: [
        { name: 'Dub', count: 2 },
        { name: 'rock', count: 3 },
      ],
    },
    { genres: [{ name: 'dub', count: 2 }] },
    { tags: null },
  ];
  vendor.sandbox.failNext({ status: 200, body: { recordings } });
  expect(await vendor.source.readGenres('GBAYE0000001', signal)).toEqual(['dub', 'rock']);
});

test('a 503 is retried after the Retry-After time; a long one is left to the queue', async () => {
  await using vendor = await start();
  vendor.sandbox.failNext({ status: 503, body: { error: 'exceeding the allowable rate limit' } });
  await vendor.source.readGenres(isrcs[0] ?? '', signal);
  expect(vendor.sandbox.requests()).toHaveLength(2);
  vendor.sandbox.failNext({ status: 503, headers: { 'retry-after': '60' } });
  await expect(vendor.source.readGenres(isrcs[0] ?? '', signal)).rejects.toMatchObject({ code: 'provider_unavailable', retryAfterMs: 60_000 });
  expect(vendor.sandbox.requests()).toHaveLength(3);
});

test('MusicBrainz refuses clients without contact data, so the adapter sends them', async () => {
  await using vendor = await start();
  expect((await fetch(`${vendor.sandbox.url}/ws/2/isrc/${isrcs[0]}`, { headers: { 'user-agent': 'node' } })).status).toBe(403);
  await expect(vendor.source.readGenres(isrcs[0] ?? '', signal)).resolves.not.toThrow();
});
