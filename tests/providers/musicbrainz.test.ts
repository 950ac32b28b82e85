import { createMusicbrainz } from '#server/providers/musicbrainz/create-musicbrainz.ts';
import { createGeneratedCatalogue } from '#server/sandbox/catalog/generated.ts';
import { isKnownToMusicbrainz, startMusicbrainzSandbox } from '#server/sandbox/musicbrainz/server.ts';
import { expect, test } from 'vitest';
import { openBudget } from '#tests/support/spotify/spotify-app.ts';

const catalogue = createGeneratedCatalogue({ albums: 200, seed: 7 });
const isrcs = Array.from({ length: 60 }, (_, i) => catalogue.album(catalogue.albumIdAt(i) ?? '')?.tracks[0]?.isrc ?? []).flat();
const signal = new AbortController().signal;

async function start() {
  const sandbox = await startMusicbrainzSandbox({ catalogue });
  const budget = openBudget();
  const source = createMusicbrainz({ url: sandbox.url, contact: 'me@example.org', budget, now: () => new Date(), resilience: { firstDelayMs: 1 } });
  return { sandbox, budget, source, [Symbol.asyncDispose]: () => sandbox.close() };
}

test('genres come best first for a known ISRC, none for an untagged one, and undefined for one it does not know', async () => {
  await using app = await start();
  const seen = new Set<string>();
  for (const isrc of isrcs) {
    const genres = await app.source.readGenres(isrc, signal);
    if (!isKnownToMusicbrainz(isrc)) expect(genres).toBeUndefined();
    else if (genres && genres.length > 0) expect(genres).toEqual(catalogue.recording(isrc)?.genres);
    seen.add(genres === undefined ? 'unknown' : genres.length > 0 ? 'tagged' : 'untagged');
  }
  expect(seen).toEqual(new Set(['unknown', 'tagged', 'untagged']));
  expect(app.budget.taken).toBe(isrcs.length);
  expect(await app.source.readGenres('not an isrc', signal)).toBeUndefined();
});

test('votes of all recordings of an ISRC count together, in lower case', async () => {
  await using app = await start();
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
  app.sandbox.failNext({ status: 200, body: { recordings } });
  expect(await app.source.readGenres('GBAYE0000001', signal)).toEqual(['dub', 'rock']);
});

test('when it is too busy it is asked again after the pause it names, or later by the queue', async () => {
  await using app = await start();
  app.sandbox.failNext({ status: 503, body: { error: 'exceeding the allowable rate limit' } });
  await app.source.readGenres(isrcs[0] ?? '', signal);
  expect(app.sandbox.requests()).toHaveLength(2);
  app.sandbox.failNext({ status: 503, headers: { 'retry-after': '60' } });
  await expect(app.source.readGenres(isrcs[0] ?? '', signal)).rejects.toMatchObject({ code: 'provider_unavailable', retryAfterMs: 60_000 });
  expect(app.sandbox.requests()).toHaveLength(3);
});

test('a client that says nothing about itself is refused, so ours does', async () => {
  await using app = await start();
  expect((await fetch(`${app.sandbox.url}/ws/2/isrc/${isrcs[0]}`, { headers: { 'user-agent': 'node' } })).status).toBe(403);
  await expect(app.source.readGenres(isrcs[0] ?? '', signal)).resolves.not.toThrow();
});
