import { createReccobeats } from '#server/providers/reccobeats/create-reccobeats.ts';
import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { isKnownToReccobeats, startReccobeatsSandbox } from '#server/sandbox/reccobeats/server.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';

const catalog = createGeneratedCatalog({ albums: 200, seed: 7 });
const ids = Array.from({ length: 20 }, (_, i) => catalog.album(catalog.albumIdAt(i) ?? '')?.tracks ?? [])
  .flat()
  .slice(0, 40)
  .map(({ id }) => spotifyTrackId.parse(id));
const signal = new AbortController().signal;

async function start() {
  const sandbox = await startReccobeatsSandbox({ catalog });
  const budget = createUnlimitedBudget();
  const source = createReccobeats({ url: sandbox.url, budget, now: () => new Date(), resilience: { firstDelayMs: 1 } });
  return { sandbox, budget, source, [Symbol.asyncDispose]: () => sandbox.close() };
}

test('forty tracks cost one request; each reading belongs to its track, unknown tracks are left out', async () => {
  await using vendor = await start();
  const readings = (await vendor.source.readFeatures(ids, signal)) ?? [];
  const known = ids.filter((id) => isKnownToReccobeats(id) && catalog.features(id));
  expect(readings.map(({ trackId }) => trackId).toSorted()).toEqual(known.toSorted());
  expect(readings.length).toBeLessThan(ids.length);
  for (const { trackId, features, isrc } of readings) {
    expect(features.tempo).toBe(catalog.features(trackId)?.tempo);
    if (isrc !== null) expect(isrc).toBe(catalog.track(trackId)?.track.isrc);
  }
  expect(vendor.sandbox.requests()).toHaveLength(1);
  expect(vendor.source).toMatchObject({ provenance: 'reccobeats', batchSize: 40 });
});

test('missing features are unknown, and a reading for a track that was not requested is ignored', async () => {
  await using vendor = await start();
  const unrequested = { id: 'x', href: 'https://open.spotify.com/track/0000000000000000000000', tempo: 1 };
  const partial = { id: 'y', href: `https://open.spotify.com/track/${ids[0]}?si=1`, tempo: 120, key: null, isrc: '' };
  vendor.sandbox.failNext({ status: 200, body: { content: [unrequested, partial] } });
  expect(await vendor.source.readFeatures(ids, signal)).toEqual([{ trackId: ids[0], isrc: null, features: { tempo: 120 } }]);
});

test('rate limits, server errors and unreadable answers are distinguished', async () => {
  await using vendor = await start();
  vendor.sandbox.failNext({ status: 429, headers: { 'retry-after': '90' } });
  await expect(vendor.source.readFeatures(ids, signal)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 90_000 });
  expect(vendor.budget.blocks).toHaveLength(1);
  vendor.sandbox.failNext({ status: 500, times: 6 });
  await expect(vendor.source.readFeatures(ids, signal)).rejects.toMatchObject({ code: 'provider_unavailable' });
  vendor.sandbox.failNext({ status: 200, body: 'not json' });
  await expect(vendor.source.readFeatures(ids, signal)).rejects.toMatchObject({ code: 'provider_rejected' });
  vendor.sandbox.failNext({ cut: true });
  expect(await vendor.source.readFeatures(ids, signal)).not.toHaveLength(0);
});
