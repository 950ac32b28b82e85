import { describe, expect, test } from 'vitest';
import { playlistAccountMap } from '#drizzle/schema/index.ts';
import { writeNetworkSettings } from '#server/repos/network-settings.ts';
import { listSyncAlerts } from '#server/use-cases/sync/view/list-sync-alerts.ts';
import { reconcilePlaylists } from '#server/use-cases/sync/reconcile/reconcile-playlists.ts';
import { networkSettingsBody } from '#shared/contracts/settings.ts';
import { syncPlanId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import { DAY_ONE, DAY_TWO, openSyncedNetwork, SETTLE_MS } from '#tests/support/network/sync-network.ts';
import type { Network } from '#tests/support/network/sync-network.ts';

/** As many playlists as Spotify allows one account. */
const ACCOUNT_PLAYLISTS_MAX = 11_000;

const reconcile = ({ deps }: Network) => reconcilePlaylists(deps, { signal: new AbortController().signal });

/** A second playlist with the marker of the first, holding these tracks. */
async function addDuplicate(network: Network, uris: readonly string[]): Promise<string> {
  const { marker } = await network.replica();
  const id = network.spotify.addPlaylist('segue-north', { name: 'Segue Theme 1 001', description: `50 tracks. ${marker}` });
  network.spotify.editPlaylist(id, { uris });
  return id;
}

describe('reconciliation', () => {
  test('finds nothing where ledger and accounts agree, and never mentions the owner’s own playlists', async () => {
    await using network = await openSyncedNetwork();
    network.spotify.addPlaylist('segue-north', { name: 'My own songs' });
    expect(await reconcile(network)).toMatchObject({ found: 0, outcome: '1 account compared with the ledger, nothing to resolve.' });
    expect(network.writes()).toEqual([]);
    expect(await network.admin.playlistAdmin.sync.findings()).toEqual([]);
  });

  test.each([
    { what: 'empty', uris: () => [] as string[] },
    { what: 'identical', uris: (network: Network) => network.urisOf(network.list(0, 50)) },
  ])('plans to unfollow a second playlist that is $what, and does so when a person approves', async ({ uris }) => {
    await using network = await openSyncedNetwork();
    const duplicate = await addDuplicate(network, uris(network));
    expect(await reconcile(network)).toMatchObject({ found: 1, unfollowed: 0 });
    expect(network.writes()).toEqual([]);
    const [finding] = await network.admin.playlistAdmin.sync.findings();
    expect(finding).toMatchObject({ kind: 'duplicate', spotifyPlaylistId: duplicate, playlistIndex: 1, plan: { hash: expect.any(String) } });
    expect(await listSyncAlerts(network.deps)).toMatchObject([{ key: `sync:duplicate:${duplicate}`, action: { href: '/admin/sync' } }]);
    // The next day's sync proceeds as usual.
    await network.publishDay(DAY_TWO, network.list(60, 50));
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 1 });
    network.spotify.clearRequests();

    await network.admin.playlistAdmin.sync.applyOne({ planId: syncPlanId.parse(finding?.plan?.id), hash: finding?.plan?.hash ?? '' });
    expect(network.writes()).toEqual(['DELETE /me/library']);
    expect(await reconcile(network)).toMatchObject({ found: 0 });
    expect(await network.admin.playlistAdmin.sync.findings()).toEqual([]);
    expect(await network.sync(DAY_TWO)).toMatchObject({ unchanged: 1 });
  });

  test(
    'reads an account with eleven thousand playlists to its end, finds the duplicate of ours, and changes nothing',
    { timeout: 300_000 },
    async () => {
      await using network = await openSyncedNetwork();
      const duplicate = await addDuplicate(network, []);
      for (let n = 3; n <= ACCOUNT_PLAYLISTS_MAX; n += 1) network.spotify.addPlaylist('segue-north', { name: `My own songs ${n}` });
      const before = network.spotify.playlists();
      expect(before).toHaveLength(ACCOUNT_PLAYLISTS_MAX);
      network.spotify.clearRequests();
      expect(await reconcile(network)).toMatchObject({ found: 1, unfollowed: 0 });
      expect(await network.admin.playlistAdmin.sync.findings()).toMatchObject([{ kind: 'duplicate', spotifyPlaylistId: duplicate }]);
      expect(network.writes()).toEqual([]);
      // A page holds fifty; the two duplicates are read to see their contents.
      expect(network.reads()).toBe(ACCOUNT_PLAYLISTS_MAX / 50 + 2);
      expect(network.spotify.playlists()).toEqual(before);
    },
  );

  test('leaves a second playlist with tracks of its own to a person', async () => {
    await using network = await openSyncedNetwork();
    await addDuplicate(network, network.urisOf(network.list(100, 3)));
    await reconcile(network);
    expect(await network.admin.playlistAdmin.sync.findings()).toMatchObject([{ kind: 'duplicate', plan: null }]);
  });

  test('unfollows nothing that changed since it was found', async () => {
    await using network = await openSyncedNetwork();
    const duplicate = await addDuplicate(network, []);
    await reconcile(network);
    const [finding] = await network.admin.playlistAdmin.sync.findings();
    network.spotify.editPlaylist(duplicate, { uris: network.urisOf(network.list(0, 1)) });
    const ids = { planId: syncPlanId.parse(finding?.plan?.id), hash: finding?.plan?.hash ?? '' };
    await expect(network.admin.playlistAdmin.sync.applyOne(ids)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(network.writes()).toEqual([]);
  });

  test('unfollows automatically only as many a day as the settings allow', async () => {
    await using network = await openSyncedNetwork();
    await writeNetworkSettings(network.deps.db, networkSettingsBody.parse({ sync: { unfollowsADay: 1 } }), { at: network.clock.now(), by: 'test' });
    await addDuplicate(network, []);
    await addDuplicate(network, []);
    expect(await reconcile(network)).toMatchObject({ found: 2, unfollowed: 1 });
    expect(await reconcile(network)).toMatchObject({ found: 1, unfollowed: 0 });
    expect(network.writes()).toEqual(['DELETE /me/library']);
  });

  test('reports a marker that belongs to no playlist of this app', async () => {
    await using network = await openSyncedNetwork();
    network.spotify.addPlaylist('segue-north', { name: 'Old', description: 'Left over. segue:0123456789ab' });
    await reconcile(network);
    expect(await network.admin.playlistAdmin.sync.findings()).toMatchObject([{ kind: 'orphan', playlistIndex: null, plan: null }]);
  });

  test('notices a playlist that was deleted on Spotify although its address still answers; only a person restores it', async () => {
    await using network = await openSyncedNetwork();
    network.clock.advance(SETTLE_MS);
    const { spotifyPlaylistId: deleted } = await network.replica();
    network.spotify.deletePlaylist(deleted ?? '');
    expect(await reconcile(network)).toMatchObject({ found: 1 });
    expect(await network.replica()).toMatchObject({ status: 'lost' });
    expect((await network.replica()).missingSince).not.toBeNull();
    expect(await listSyncAlerts(network.deps)).toMatchObject([{ key: expect.stringContaining('sync:lost:') }]);
    expect(await network.sync(DAY_ONE)).toMatchObject({ failed: [{ message: expect.stringContaining('was deleted from') }] });
    expect(network.writes()).toEqual([]);
    await network.admin.playlistAdmin.sync.plan({});
    expect(network.spotify.playlists()).toHaveLength(1);
  });

  test('plans to unfollow what a moved replica left behind, and never writes to it', async () => {
    await using network = await openSyncedNetwork();
    await network.deps.db.update(playlistAccountMap).set({ status: 'retired' }).where(eq(playlistAccountMap.playlistId, network.playlist));
    await reconcile(network);
    const [finding] = await network.admin.playlistAdmin.sync.findings();
    expect(finding).toMatchObject({ kind: 'orphan', playlistIndex: 1, plan: { hash: expect.any(String) } });
    const oldPlaylistId = (await network.replica()).spotifyPlaylistId;
    await network.admin.playlistAdmin.sync.applyOne({ planId: syncPlanId.parse(finding?.plan?.id), hash: finding?.plan?.hash ?? '' });
    expect(network.writes()).toEqual(['DELETE /me/library']);
    // Assigned again, it is created again and not written where nobody sees it.
    network.clock.advance(SETTLE_MS);
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(await network.replica()).toMatchObject({ status: 'live' });
    expect((await network.replica()).spotifyPlaylistId).not.toBe(oldPlaylistId);
  });
});
