import { accounts } from '#drizzle/schema/index.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { day } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openTwoShownDays, readPublic, tracksOf } from '#tests/support/network/shown-network.ts';
import { DAY_ONE, DAY_TWO, openNetwork } from '#tests/support/network/sync-network.ts';
import type { Network } from '#tests/support/network/sync-network.ts';

async function editOnSpotify(network: Network, uris: readonly string[]) {
  network.spotify.editPlaylist((await network.replica()).spotifyPlaylistId ?? '', { uris: [...uris] });
}

const planOnly = (network: Network) => network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
const title = (uri: string | undefined) => `Song ${uri?.slice(-4)}`;

describe('an edit on Spotify', () => {
  test('is shown once Segue has read it, as added and removed tracks that the certificate names and does not cover', async () => {
    await using network = await openTwoShownDays();
    const own = network.urisOf(network.list(60, 50));
    const [added] = network.urisOf(network.list(120, 1));
    const [gone] = own;
    const edited = [...own.slice(1, 3), added ?? '', ...own.slice(3)];
    await editOnSpotify(network, edited);
    expect((await readPublic(network, DAY_TWO)).page.shown).toMatchObject({ added: [], removed: [] });
    await planOnly(network);
    const named = {
      added: [{ position: 3, uri: added, title: title(added), artists: ['Ida Sound'] }],
      removed: [{ position: 1, uri: gone, title: title(gone), artists: ['Ida Sound'] }],
      isReordered: false,
    };
    const found = await readPublic(network, DAY_TWO);
    expect(found.page.shown).toMatchObject({ ...named, since: found.page.shown.readAt });
    expect(found.page.entries.map(({ position, trackId }) => [position, `spotify:track:${trackId}`])).toEqual(
      edited.flatMap((uri, at) => (uri === added ? [] : [[at + 1, uri]])),
    );
    expect(found.card).toMatchObject({ editedTracks: 2, size: 50 });
    expect(found.certificate.shown).toMatchObject(named);
    expect(found.file.shown).toMatchObject(named);
    // What is proved is still the list as it was made.
    expect(tracksOf(found).certificate).toEqual(own);
    // Merging the edit changes nothing about what is shown.
    await network.sync(DAY_TWO);
    const merged = await readPublic(network, DAY_TWO);
    expect(merged.page.shown).toMatchObject({ ...named, since: found.page.shown.since });
    expect(merged.file.shown).toMatchObject(named);
    expect(merged.history.shown?.edits).toEqual({ added: named.added, removed: named.removed });
    expect(merged.history.shown?.accounts).toMatchObject([{ listDay: DAY_TWO, tracks: 50, added: 1, removed: 1 }]);
  });

  test('that replaces all tracks, or only their order, is shown until the next sync restores the list', async () => {
    await using network = await openTwoShownDays();
    const own = network.urisOf(network.list(60, 50));
    const others = network.urisOf(network.list(110, 40));
    await editOnSpotify(network, others);
    await planOnly(network);
    const replaced = await readPublic(network, DAY_TWO);
    expect(replaced.page.entries).toEqual([]);
    expect(replaced.page.shown.added.map(({ uri }) => uri)).toEqual(others);
    expect(replaced.page.shown.removed.map(({ uri }) => uri)).toEqual(own);
    expect(replaced.card).toMatchObject({ editedTracks: 90, size: 40 });
    await editOnSpotify(network, own.toReversed());
    await planOnly(network);
    const reordered = await readPublic(network, DAY_TWO);
    expect(reordered.page.shown).toMatchObject({ added: [], removed: [], isReordered: true });
    expect(reordered.page.entries.map(({ trackId }) => `spotify:track:${trackId}`)).toEqual(own.toReversed());
    expect(reordered.file.shown).toMatchObject({ isReordered: true });
    await network.sync(DAY_TWO);
    expect((await readPublic(network, DAY_TWO)).page.shown).toMatchObject({ added: [], removed: [], isReordered: false, listDay: DAY_TWO });
  });

  test('of a track twice, of a track that the catalog lacks, and of everything at once is told from what Segue made', async () => {
    await using network = await openTwoShownDays();
    const own = network.urisOf(network.list(60, 50));
    const album = network.sandbox.catalog.album(network.sandbox.catalog.albumIdAt(150) ?? '');
    const unknown = `spotify:track:${album?.tracks[0]?.id ?? ''}`;
    await editOnSpotify(network, [...own, own[0] ?? '', unknown]);
    await planOnly(network);
    const { page } = await readPublic(network, DAY_TWO);
    expect(page.shown.added).toEqual([
      { position: 51, uri: own[0], title: title(own[0]), artists: ['Ida Sound'] },
      { position: 52, uri: unknown, title: null, artists: [] },
    ]);
    await editOnSpotify(network, []);
    await planOnly(network);
    expect((await readPublic(network, DAY_TWO)).page).toMatchObject({ entries: [], shown: { added: [], isPresented: true } });
  });
});

describe('a day whose list did not reach Spotify', () => {
  test('says so: the list before it is shown, and the new one can be read as the list made for the day', async () => {
    await using network = await openTwoShownDays();
    const next = addDays(DAY_TWO, 1);
    network.clock.set(`${next}T04:05:00Z`);
    await network.publishDay(next, network.list(110, 50));
    const waiting = await readPublic(network, next);
    expect(waiting.page).toMatchObject({
      card: { day: DAY_TWO, freshness: 'earlier' },
      shown: { waitingDay: next, listDay: DAY_TWO, isPresented: true },
    });
    expect(waiting.card).toMatchObject({ day: DAY_TWO, freshness: 'earlier' });
    expect(waiting.history).toMatchObject({ shown: { onSpotify: 'earlier' } });
    expect(waiting.file).toMatchObject({ listDay: next, shown: { status: 'shown', listDay: DAY_TWO, added: [], removed: [] } });
    const made = await network.as({ kind: 'anonymous' }).playlists.playlist({ index: 1, day: next, list: 'made' });
    expect(made).toMatchObject({ card: { day: next }, shown: { isPresented: false, listDay: DAY_TWO } });
    await network.sync(next);
    expect((await readPublic(network, next)).page).toMatchObject({
      card: { day: next, freshness: 'today' },
      shown: { waitingDay: null, listDay: next },
    });
  });

  test('but has the same tracks in the same order shows it', async () => {
    await using network = await openTwoShownDays();
    const next = addDays(DAY_TWO, 1);
    network.clock.set(`${next}T04:05:00Z`);
    await network.deps.db.execute(sql`update placements set rest_days = 0`);
    await network.publishDay(next, network.list(60, 50));
    expect((await readPublic(network, next)).page).toMatchObject({ card: { day: next, freshness: 'today' }, shown: { listDay: next } });
  });

  test('because the playlist has no account yet is told apart from a list that is shown', async () => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 50));
    const before = await readPublic(network, DAY_ONE);
    expect(before.page).toMatchObject({
      card: { onSpotify: 'nowhere', freshness: 'today' },
      shown: { status: 'nowhere', isPresented: false, since: null },
    });
    expect(before.page.entries).toHaveLength(50);
    expect(before.file).toMatchObject({ listDay: DAY_ONE, shown: { status: 'nowhere', accounts: 0 } });
    await network.sync(DAY_ONE);
    expect((await readPublic(network, DAY_ONE)).page).toMatchObject({ card: { onSpotify: 'shown' }, shown: { isPresented: true } });
  });
});

describe('a playlist that can no longer be read', () => {
  test('is unknown since its account was disconnected, and keeps the days before', async () => {
    await using network = await openTwoShownDays();
    network.clock.set(`${addDays(DAY_TWO, 1)}T09:00:00Z`);
    const { accountId } = await network.replica();
    const { hash } = await network.admin.playlistAdmin.accounts.previewDisconnect({ accountId });
    await network.admin.playlistAdmin.accounts.disconnect({ accountId, hash });
    const { now, card, history } = await readPublic(network, DAY_TWO);
    expect(now.shown).toMatchObject({ status: 'unknown', isPresented: false, listDay: DAY_TWO, since: expect.stringContaining(addDays(DAY_TWO, 1)) });
    expect(card).toMatchObject({ onSpotify: 'unknown', since: now.shown.since });
    expect(history.days).toMatchObject([{ onSpotify: 'own' }, { onSpotify: 'own' }]);
  });

  test('because its account needs authorization is as last read, and says when that was', async () => {
    await using network = await openTwoShownDays();
    await network.deps.db.update(accounts).set({ status: 'needs_reauth' });
    const { page } = await readPublic(network, DAY_TWO);
    expect(page.shown).toMatchObject({
      status: 'shown',
      listDay: DAY_TWO,
      copies: [{ isReadable: false, readAt: expect.stringContaining(DAY_TWO) }],
    });
  });

  test('because it was deleted on Spotify says so, with the day on which that was noticed', async () => {
    await using network = await openTwoShownDays();
    await network.deps.db.execute(sql`update playlist_account_map set status = 'lost', missing_since = ${`${DAY_TWO}T04:59:00Z`}`);
    network.clock.set(`${DAY_TWO}T23:00:00Z`);
    await network.deps.db.execute(
      sql`update sync_plans set applied_at = ${`${DAY_TWO}T04:50:00Z`}, planned_at = ${`${DAY_TWO}T04:50:00Z`} where batch_tag = ${DAY_TWO}`,
    );
    await network.deps.db.execute(sql`update playlist_account_map set synced_at = ${`${DAY_TWO}T04:50:00Z`}`);
    const { page, card, file } = await readPublic(network, DAY_TWO);
    expect(page.shown).toMatchObject({ status: 'deleted', isPresented: false, since: `${DAY_TWO}T04:59:00.000Z` });
    expect(card).toMatchObject({ onSpotify: 'deleted' });
    expect(file.shown).toMatchObject({ status: 'deleted', accounts: 0 });
  });
});
