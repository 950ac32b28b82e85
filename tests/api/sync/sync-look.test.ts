import { day } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { DAY_ONE, DAY_TWO, openTwoAccountNetwork } from '#tests/support/network/sync-network.ts';

/** The playlists of each account, on Spotify since day one, with other lists on day two. */
async function openChangedNetwork() {
  const network = await openTwoAccountNetwork(6);
  await network.sync(DAY_ONE);
  await network.putAll(DAY_TWO, 40);
  network.clock.set(`${DAY_TWO}T05:00:00Z`);
  await network.admin.playlistAdmin.accounts.list();
  network.spotify.clearRequests();
  return network;
}

const looks = ({ spotify }: Awaited<ReturnType<typeof openChangedNetwork>>) => spotify.requests({ path: /^\/playlists\/[^/]+$/ }).length;

test('a token that Spotify refuses while playlists are looked at together is exchanged once, and every playlist is planned', async () => {
  await using network = await openChangedNetwork();
  const replicas = network.spotify.playlists().length;
  await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
  const usual = looks(network);
  network.spotify.clearRequests();
  const body = { error: { status: 401, message: 'The access token expired' } };
  network.spotify.failNext({ service: 'api', method: 'GET', path: /^\/playlists\/[^/]+$/, status: 401, body, skip: 2 });
  const { planned, problems } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
  expect([planned, problems]).toEqual([replicas, []]);
  expect(network.spotify.requests({ path: '/api/token' })).toHaveLength(1);
  expect(usual).toBe(replicas);
  // One account is looked at again, and nothing twice after that.
  expect(looks(network)).toBeLessThan(2 * replicas);
});

test('an answer that fails for one playlist leaves no other without a plan, and names that one', async () => {
  await using network = await openChangedNetwork();
  const [first] = network.spotify.playlists();
  network.spotify.failNext({ service: 'api', method: 'GET', path: `/playlists/${first?.id ?? ''}`, status: 400, times: 10 });
  const { planned, problems } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
  expect([planned, problems.length]).toEqual([network.spotify.playlists().length - 1, 1]);
});
