import { describe, expect, test } from 'vitest';
import { listManualAdditions } from '#server/repos/sync/manual-edits.ts';
import { day } from '#shared/ids.ts';
import { DAY_ONE, DAY_THREE, DAY_TWO, openSyncedNetwork, planOf } from '#tests/support/network/sync-network.ts';
import type { Network } from '#tests/support/network/sync-network.ts';

async function editOnSpotify(network: Network, edit: Parameters<Network['spotify']['editPlaylist']>[1]) {
  network.spotify.editPlaylist((await network.replica()).spotifyPlaylistId ?? '', edit);
}

/** A track that the sandbox has and our catalog lacks. */
function unknownTrack({ sandbox }: Network): string {
  const album = sandbox.catalog.album(sandbox.catalog.albumIdAt(150) ?? '');
  return `spotify:track:${album?.tracks[0]?.id ?? ''}`;
}

describe('a track that was added on Spotify', () => {
  test('stays in the list of the day and is pinned from the next list on', async () => {
    await using network = await openSyncedNetwork();
    const [added] = network.urisOf(network.list(120, 1));
    await editOnSpotify(network, { uris: [...network.urisOf(network.list(0, 3)), added ?? '', ...network.urisOf(network.list(3, 47))] });
    await network.publishDay(DAY_TWO, network.list(60, 50));
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 1 });
    const shown = [...network.urisOf(network.list(60, 3)), added, ...network.urisOf(network.list(63, 47))];
    expect(network.shown()).toEqual([shown]);
    expect(await network.marks()).toMatchObject([
      { kind: 'pin', source: 'hand', recordingId: network.tracks[120]?.recordingId, position: 4, sinceDay: DAY_THREE, untilDay: null },
    ]);
    expect(await listManualAdditions(network.deps.db, network.playlist, DAY_TWO)).toMatchObject([{ uri: added }]);
    // Synced again the same day it stays; from the next list on the pin decides.
    expect(await network.sync(DAY_TWO)).toMatchObject({ unchanged: 1 });
    await network.publishDay(DAY_THREE, network.list(0, 50));
    await network.sync(DAY_THREE);
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
    expect(await listManualAdditions(network.deps.db, network.playlist, DAY_THREE)).toEqual([]);
  });

  test('is kept and named until it is removed, when the catalog does not know it', async () => {
    await using network = await openSyncedNetwork();
    const unknown = unknownTrack(network);
    await editOnSpotify(network, { uris: [...network.urisOf(network.list(0, 50)), unknown] });
    const { plans } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_ONE) });
    expect(plans[0]).toMatchObject({ editedOnSpotify: true, manualEdits: [{ kind: 'added', handling: 'kept' }], adds: 0, removes: 0 });
    await network.admin.playlistAdmin.sync.applyOne(await planOf(network, DAY_ONE));
    expect(network.writes()).toEqual([]);
    for (const [on, from] of [[DAY_TWO, 60] as const, [DAY_THREE, 0] as const]) {
      await network.publishDay(on, network.list(from, 50));
      await network.sync(on);
      expect(network.shown()).toEqual([[...network.urisOf(network.list(from, 50)), unknown]]);
      expect(await listManualAdditions(network.deps.db, network.playlist, day.parse(on))).toMatchObject([{ uri: unknown }]);
    }
    expect(await network.marks()).toEqual([]);
    await editOnSpotify(network, { uris: network.urisOf(network.list(0, 50)) });
    expect(await network.sync(DAY_THREE)).toMatchObject({ applied: 1 });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
  });
});

describe('other edits on Spotify', () => {
  test('a removed track stays away today and is banned from this playlist', async () => {
    await using network = await openSyncedNetwork();
    await editOnSpotify(network, { uris: network.urisOf(network.list(1, 49)) });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.shown()).toEqual([network.urisOf(network.list(1, 49))]);
    expect(network.writes()).toEqual([]);
    expect(await network.marks()).toMatchObject([{ kind: 'ban', source: 'hand', recordingId: network.tracks[0]?.recordingId, sinceDay: DAY_TWO }]);
    expect(await network.sync(DAY_ONE)).toMatchObject({ unchanged: 1 });
  });

  test('a new order alone is reverted, and the plan says so', async () => {
    await using network = await openSyncedNetwork();
    await editOnSpotify(network, { uris: network.urisOf(network.list(0, 50)).toReversed() });
    const { plans } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_ONE) });
    expect(plans[0]?.manualEdits).toEqual([{ kind: 'reordered', handling: 'overwritten', message: expect.stringContaining('order') }]);
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
    expect(await network.marks()).toEqual([]);
  });

  test('a list that was emptied is filled again, and no track is banned for it', async () => {
    await using network = await openSyncedNetwork();
    await editOnSpotify(network, { uris: [] });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
    expect(await network.marks()).toEqual([]);
  });

  test('a title and a description are kept until they are released', async () => {
    await using network = await openSyncedNetwork({ template: 'Segue {ThemeTag} {GlobalIndex} {YYYY-MM-DD}' });
    await editOnSpotify(network, { name: 'Mine now', description: 'Written by a person' });
    await network.publishDay(DAY_TWO, network.list(60, 50));
    await network.sync(DAY_TWO);
    expect(network.spotify.playlists()[0]).toMatchObject({ name: 'Mine now', description: 'Written by a person' });
    await network.publishDay(DAY_THREE, network.list(0, 50));
    await network.sync(DAY_THREE);
    expect(network.spotify.playlists()[0]).toMatchObject({ name: 'Mine now', description: 'Written by a person' });
    expect(network.writes()).toEqual(['PUT /playlists/:id/items', 'PUT /playlists/:id/items']);

    await network.admin.playlistAdmin.sync.discardManualEdit({ replicaId: (await network.replica()).id, what: 'name' });
    await network.sync(DAY_THREE);
    expect(network.spotify.playlists()[0]).toMatchObject({ name: 'Segue Theme 1 1 2026-11-03', description: 'Written by a person' });
  });

  test('a playlist that was made private stays private until a person makes it public again', async () => {
    await using network = await openSyncedNetwork();
    await editOnSpotify(network, { public: false });
    await network.publishDay(DAY_TWO, network.list(60, 50));
    await network.sync(DAY_TWO);
    expect(network.spotify.playlists()[0]?.public).toBe(false);
    expect(network.shown()).toEqual([network.urisOf(network.list(60, 50))]);
    await network.admin.playlistAdmin.sync.discardManualEdit({ replicaId: (await network.replica()).id, what: 'isPublic' });
    await network.sync(DAY_TWO);
    expect(network.spotify.playlists()[0]?.public).toBe(true);
  });

  test('under "overwrite" everything but privacy is reverted, and named', async () => {
    await using network = await openSyncedNetwork();
    await network.admin.playlistAdmin.sync.setManualEditMode({ playlistIndex: 1, mode: 'overwrite' });
    await expect(network.admin.playlistAdmin.sync.setManualEditMode({ playlistIndex: 9, mode: 'merge' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await editOnSpotify(network, { uris: [...network.urisOf(network.list(120, 1)), ...network.urisOf(network.list(1, 49))], name: 'Mine now' });
    const { plans } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_ONE) });
    expect(plans[0]?.manualEdits.map(({ kind, handling }) => `${kind} ${handling}`)).toEqual([
      'added overwritten',
      'removed overwritten',
      'renamed overwritten',
    ]);
    await network.sync(DAY_ONE);
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
    expect(network.spotify.playlists()[0]?.name).toBe('Segue Theme 1 001');
    expect(await network.marks()).toEqual([]);
  });

  test('a cover is never changed', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    await network.sync(DAY_TWO);
    expect(network.spotify.requests().filter(({ route }) => route.includes('/images'))).toEqual([]);
  });
});

type Host = Network['deps']['playlistHost'];

/** An app whose item writes are raced by an edit on Spotify, just before or just after. */
function withConcurrentEdit(network: Network, edit: { before?: (id: string) => void; after?: (id: string) => void }): Network['deps'] {
  let isDone = false;
  const replaceItems: Host['replaceItems'] = async (...call) => {
    const [, id] = call;
    if (!isDone) edit.before?.(id);
    const answer = await network.deps.playlistHost.replaceItems(...call);
    if (!isDone) edit.after?.(id);
    isDone = true;
    return answer;
  };
  return { ...network.deps, playlistHost: { ...network.deps.playlistHost, replaceItems } };
}

const statusReasonOf = async (network: Network) =>
  (await network.admin.playlistAdmin.sync.plans({ day: day.parse(DAY_TWO) }))[0]?.statusReason ?? null;

describe('an edit on Spotify during a write', () => {
  test('is merged when it comes between the write and the read-back: what it removed stays away', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    const deps = withConcurrentEdit(network, { after: (id) => network.spotify.editPlaylist(id, { uris: network.urisOf(network.list(60, 49)) }) });
    await network.sync(DAY_TWO, deps);
    expect(network.shown()).toEqual([network.urisOf(network.list(60, 49))]);
    expect(await network.marks()).toMatchObject([{ kind: 'ban', recordingId: network.tracks[109]?.recordingId }]);
    expect(await network.sync(DAY_TWO)).toMatchObject({ unchanged: 1 });
  });

  test('keeps its title and its privacy when it comes between the write and the read-back', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    const deps = withConcurrentEdit(network, { after: (id) => network.spotify.editPlaylist(id, { name: 'Mine', public: false }) });
    await network.sync(DAY_TWO, deps);
    expect(network.spotify.playlists()).toMatchObject([{ name: 'Mine', public: false, uris: network.urisOf(network.list(60, 50)) }]);
    expect((await network.replica()).keptFace).toEqual({ name: 'Mine', isPublic: false });
  });

  test('is overwritten when it comes between the read and the write, and the receipt says that something was overwritten', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    const deps = withConcurrentEdit(network, { before: (id) => network.spotify.editPlaylist(id, { uris: network.urisOf(network.list(0, 49)) }) });
    await network.sync(DAY_TWO, deps);
    expect(network.shown()).toEqual([network.urisOf(network.list(60, 50))]);
    expect(await network.marks()).toEqual([]);
    expect(await statusReasonOf(network)).toMatch(
      /^Spotify counted 1 change more than expected during the write\. An edit made on Spotify in that moment .* make it again\.$/,
    );
  });

  test('is not suspected where there was none', async () => {
    await using network = await openSyncedNetwork({ template: 'Segue {ThemeTag} {YYYY-MM-DD}' });
    await network.publishDay(DAY_TWO, network.list(60, 50));
    await network.sync(DAY_TWO);
    expect(await statusReasonOf(network)).toBeNull();
  });
});
