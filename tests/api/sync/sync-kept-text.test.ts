import { describe, expect, test } from 'vitest';
import { DAY_THREE, DAY_TWO, openSyncedNetwork, planOf } from '#tests/support/network/sync-network.ts';
import type { Network } from '#tests/support/network/sync-network.ts';

const TEMPLATE = 'Segue {ThemeTag} {GlobalIndex} {YYYY-MM-DD}';

async function editOnSpotify(network: Network, edit: Parameters<Network['spotify']['editPlaylist']>[1]) {
  network.spotify.editPlaylist((await network.replica()).spotifyPlaylistId ?? '', edit);
}

describe('a description that Spotify shows but its API rejects', () => {
  test.for<readonly [what: string, description: string]>([
    ['two lines', 'Line one\nLine two'],
    ['Windows lines and tabs', 'Line one\r\n\tLine two'],
    ['five thousand characters', 'x'.repeat(5_000)],
    ['an emoji at its limit', `${'x'.repeat(299)}😀 and more`],
    ['markup', '<b>Mine</b> & "yours"\n'],
  ])('is kept as it is and never stops a later change of the name: %s', async ([, description]) => {
    await using network = await openSyncedNetwork({ template: TEMPLATE });
    await editOnSpotify(network, { name: 'Mine', description });
    await network.publishDay(DAY_TWO, network.list(60, 50));
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 1 });
    expect(network.spotify.playlists()[0]).toMatchObject({ name: 'Mine', description });
    await network.admin.playlistAdmin.sync.discardManualEdit({ replicaId: (await network.replica()).id, what: 'name' });
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 1 });
    expect(network.spotify.playlists()[0]).toMatchObject({ name: 'Segue Theme 1 1 2026-11-02', description });
    await network.publishDay(DAY_THREE, network.list(0, 50));
    expect(await network.sync(DAY_THREE)).toMatchObject({ applied: 1 });
    expect(network.spotify.playlists()[0]).toMatchObject({ name: 'Segue Theme 1 1 2026-11-03', description });
    expect(await network.sync(DAY_THREE)).toMatchObject({ unchanged: 1 });
  });
});

test('a plan stays valid when Spotify shows the same details in another form', async () => {
  await using network = await openSyncedNetwork({ template: TEMPLATE });
  const { description = '' } = network.spotify.playlists()[0] ?? {};
  await network.publishDay(DAY_TWO, network.list(60, 50));
  const plan = await planOf(network, DAY_TWO);
  await editOnSpotify(network, { description: ` ${description.replaceAll(' ', '  ')}\n` });
  await network.admin.playlistAdmin.sync.applyOne(plan);
  expect(network.shown()).toEqual([network.urisOf(network.list(60, 50))]);
  expect(network.spotify.playlists()[0]?.name).toBe('Segue Theme 1 1 2026-11-02');
});

test('an edit of the details between plan and apply still makes the plan outdated', async () => {
  await using network = await openSyncedNetwork({ template: TEMPLATE });
  await network.publishDay(DAY_TWO, network.list(60, 50));
  const plan = await planOf(network, DAY_TWO);
  await editOnSpotify(network, { description: 'Written by a person' });
  await expect(network.admin.playlistAdmin.sync.applyOne(plan)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
});
