import { describe, expect, test } from 'vitest';
import { DAY_ONE, DAY_TWO, openNetwork } from '#tests/support/network/sync-network.ts';

const REFUSALS = [400, 405, 409, 414, 422];
/** Answers that are neither a confirmation nor a refusal: somebody between us and Spotify may have sent them. */
const UNCLEAR = [304, 502];

describe('a write that Spotify refused', () => {
  test.each(REFUSALS)('with %i is a create that never happened: nothing waits for it, and it is sent again at once', async (status) => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 50));
    network.spotify.failNext({ method: 'POST', path: /playlists$/, status });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 0, failed: [{ playlistIndex: 1, message: expect.stringContaining('rejected') }] });
    expect(network.writes()).toEqual(['POST /me/playlists']);
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1, failed: [] });
    expect(network.spotify.playlists()).toHaveLength(1);
  });

  test.each(REFUSALS)('with %i is an edit that is not sent a second time', async (status) => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 50));
    await network.sync(DAY_ONE);
    network.clock.advance(86_400_000);
    await network.publishDay(DAY_TWO, network.list(60, 50));
    network.spotify.clearRequests();
    network.spotify.failNext({ method: 'PUT', path: /items$/, status });
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 0, failed: [{ message: expect.stringContaining('rejected') }] });
    expect(network.writes()).toHaveLength(1);
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
  });
});

test.each(UNCLEAR)('a create answered with %i may have happened: Segue searches for it before it sends another', async (status) => {
  await using network = await openNetwork();
  await network.publishDay(DAY_ONE, network.list(0, 50));
  network.spotify.failNext({ method: 'POST', path: /playlists$/, status, actFirst: true });
  await expect(network.sync(DAY_ONE)).rejects.toMatchObject({ code: 'rate_limited' });
  expect(network.spotify.playlists()).toHaveLength(1);
});
