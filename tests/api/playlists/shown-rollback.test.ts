import { addDays } from '#shared/domain/calendar.ts';
import { AppError } from '#shared/errors.ts';
import { day } from '#shared/ids.ts';
import { describe, expect, test } from 'vitest';
import { openTwoShownDays, readPublic, rollBackToDayOne, tracksOf, WINDOW } from '#tests/support/network/shown-network.ts';
import { DAY_ONE, DAY_TWO } from '#tests/support/network/sync-network.ts';
import type { Network } from '#tests/support/network/sync-network.ts';

/** No page says that day one is shown again. */
async function expectOwnList(network: Network) {
  const seen = await readPublic(network, DAY_TWO);
  const own = network.urisOf(network.list(60, 50));
  expect(tracksOf(seen)).toEqual({ page: own, certificate: own, history: own });
  expect(seen.card).toMatchObject({ day: DAY_TWO, listDay: DAY_TWO, freshness: 'today', onSpotify: 'shown', repeats: 0 });
  expect(seen.wall).toMatchObject({ repeats: 0, shownAgain: [] });
  for (const page of [seen.page, seen.now]) expect(page).toMatchObject({ shows: null, shown: { day: DAY_TWO, listDay: DAY_TWO, rollback: null } });
  expect(seen.certificate).toMatchObject({ listDay: DAY_TWO, violations: 0, rollback: null });
  expect(seen.file).toMatchObject({ listDay: DAY_TWO, rolledBack: null, repeats: [], shown: { status: 'shown', listDay: DAY_TWO } });
  expect(seen.history).toMatchObject({ shown: { day: DAY_TWO, shows: null, onSpotify: 'own' } });
  return seen;
}

describe('a rollback', () => {
  test('that is only planned is shown nowhere', async () => {
    await using network = await openTwoShownDays();
    await rollBackToDayOne(network, 'none');
    const { history } = await expectOwnList(network);
    expect(history.rollback).toEqual({ state: 'planned', listDay: DAY_ONE });
    await network.admin.playlistAdmin.playlists.endRollback({ index: 1 });
    expect((await expectOwnList(network)).history.rollback).toBeNull();
  });

  test('that was applied makes wall, page, certificate and history about the list that is shown, with its repeats counted', async () => {
    await using network = await openTwoShownDays();
    const before = await readPublic(network, DAY_ONE);
    await rollBackToDayOne(network, 'all');
    const seen = await readPublic(network, DAY_TWO);
    const again = network.urisOf(network.list(0, 50));
    expect(network.shown()).toEqual([again]);
    expect(tracksOf(seen)).toEqual({ page: again, certificate: again, history: again });
    expect(seen.card).toMatchObject({ day: DAY_TWO, listDay: DAY_ONE, freshness: 'today', repeats: 50 });
    expect(seen.wall).toMatchObject({ repeats: 50, shownAgain: [{ index: 1, day: DAY_TWO, repeats: 50 }], daysOnRecord: 2 });
    const rollback = { by: 'admin_key', reason: 'The new ones were wrong.' };
    for (const page of [seen.page, seen.now])
      expect(page).toMatchObject({
        shows: DAY_ONE,
        shown: { day: DAY_TWO, listDay: DAY_ONE, isPresented: true, rollback },
        certificate: { violations: 50 },
      });
    expect(seen.page.entries[0]?.repeat).toEqual({ lastShownOn: DAY_ONE, restsUntil: addDays(DAY_ONE, WINDOW) });
    expect(seen.certificate).toMatchObject({ day: DAY_TWO, listDay: DAY_ONE, violations: 50, rollback, digest: before.certificate.digest });
    expect(seen.file).toMatchObject({ day: DAY_TWO, listDay: DAY_ONE, rolledBack: { showsDay: DAY_ONE, ...rollback }, digest: before.file.digest });
    expect(seen.file.repeats).toHaveLength(50);
    expect(seen.history).toMatchObject({ rollback: { state: 'shown' }, shown: { shows: DAY_ONE, onSpotify: 'again' } });
    // The list that was made for the day can still be read, and says that it is not shown.
    const made = await network.as({ kind: 'anonymous' }).playlists.playlist({ index: 1, day: DAY_TWO, list: 'made' });
    expect(made.entries.map(({ trackId }) => `spotify:track:${trackId}`)).toEqual(network.urisOf(network.list(60, 50)));
    expect(made).toMatchObject({ shows: null, shown: { isPresented: false, listDay: DAY_ONE }, certificate: { listDay: DAY_TWO, violations: 0 } });
    // Day one itself is as it was.
    expect((await readPublic(network, DAY_ONE)).page).toMatchObject({ shows: null, shown: { day: DAY_ONE, rollback: null } });
  });

  test('that was ended is shown until that is applied, and the repeats of the day stay counted', async () => {
    await using network = await openTwoShownDays();
    await rollBackToDayOne(network, 'all');
    await network.admin.playlistAdmin.playlists.endRollback({ index: 1 });
    const ending = await readPublic(network, DAY_TWO);
    expect(ending.page).toMatchObject({ shows: DAY_ONE, shown: { rollback: { by: 'admin_key', reason: null } } });
    expect(ending.history.rollback).toEqual({ state: 'ending', listDay: DAY_ONE });
    await network.sync(DAY_TWO);
    const ended = await readPublic(network, DAY_TWO);
    expect(ended.page).toMatchObject({ shows: null, shown: { day: DAY_TWO, listDay: DAY_TWO }, certificate: { violations: 0 } });
    expect(ended.card).toMatchObject({ listDay: DAY_TWO, repeats: 0 });
    expect(ended.wall).toMatchObject({ repeats: 50, shownAgain: [{ day: DAY_TWO, repeats: 50 }] });
  });

  test('of a day that is over stays on record: the next day shows its own list, and the day before keeps its repeats', async () => {
    await using network = await openTwoShownDays();
    await rollBackToDayOne(network, 'all');
    const next = addDays(DAY_TWO, 1);
    network.clock.set(`${next}T05:00:00Z`);
    await network.publishDay(next, network.list(110, 50));
    // Not synced yet: the list that was shown again is still there.
    const waiting = await network.as({ kind: 'anonymous' }).playlists.playlist({ index: 1 });
    expect(waiting).toMatchObject({ shows: DAY_ONE, card: { day: DAY_TWO, freshness: 'earlier' }, shown: { waitingDay: next, listDay: DAY_ONE } });
    await network.sync(next);
    expect(await readPublic(network, DAY_TWO)).toMatchObject({
      page: { shows: DAY_ONE },
      file: { listDay: DAY_ONE },
      certificate: { violations: 50 },
    });
    expect(await readPublic(network, next)).toMatchObject({
      card: { day: next, repeats: 0 },
      wall: { repeats: 50 },
      file: { listDay: next, repeats: [] },
      history: { days: [{ onSpotify: 'own' }, { onSpotify: 'again', shows: DAY_ONE }, { onSpotify: 'own' }] },
    });
  });

  test('that failed before any write is shown nowhere; one that failed half way is not confirmed until it is read again', async () => {
    await using network = await openTwoShownDays();
    network.spotify.failNext({ method: 'PUT', path: /items$/, status: 400, times: 10 });
    await expect(rollBackToDayOne(network, 'all')).rejects.toMatchObject({ message: expect.any(String) });
    const failed = await readPublic(network, DAY_TWO);
    expect(failed.page).toMatchObject({ shows: null, shown: { listDay: DAY_TWO, rollback: null, unconfirmedSince: expect.any(String) } });
    expect(failed.card.unconfirmedSince).toEqual(expect.any(String));
    expect(failed.file.shown).toMatchObject({ listDay: DAY_TWO, unconfirmedSince: expect.any(String) });
    // Reading again settles it: nothing had been written.
    await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    expect((await readPublic(network, DAY_TWO)).page.shown).toMatchObject({ listDay: DAY_TWO, unconfirmedSince: null });
    expect((await readPublic(network, DAY_TWO)).wall).toMatchObject({ repeats: 0 });
  });

  test('whose write arrived although every answer was lost is not claimed before a read finds it, and counts from then on', async () => {
    await using network = await openTwoShownDays();
    network.spotify.failNext({ method: 'PUT', path: /items$/, status: 502, actFirst: true });
    const readPlaylist: Network['deps']['playlistHost']['readPlaylist'] = async (...call) => {
      const isWritten = network.shown()[0]?.[0] === network.urisOf(network.list(0, 1))[0];
      if (isWritten) throw new AppError('provider_unavailable', { message: 'Spotify is not available.' });
      return network.deps.playlistHost.readPlaylist(...call);
    };
    await rollBackToDayOne(network, 'none');
    const deps = { ...network.deps, playlistHost: { ...network.deps.playlistHost, readPlaylist } };
    await expect(network.sync(DAY_TWO, deps)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
    expect((await readPublic(network, DAY_TWO)).page).toMatchObject({
      shows: null,
      shown: { listDay: DAY_TWO, unconfirmedSince: expect.any(String) },
    });
    expect(await network.sync(DAY_TWO)).toMatchObject({ unchanged: 1 });
    const found = await readPublic(network, DAY_TWO);
    expect(found.page).toMatchObject({ shows: DAY_ONE, shown: { listDay: DAY_ONE, unconfirmedSince: null, rollback: { by: 'admin_key' } } });
    expect(found.wall).toMatchObject({ repeats: 50 });
    expect(found.file.repeats).toHaveLength(50);
    expect(await network.sync(DAY_TWO)).toMatchObject({ unchanged: 1 });
    expect((await readPublic(network, DAY_TWO)).wall).toMatchObject({ repeats: 50 });
  });

  test('that reached one of several accounts names the others; the page is about what most of them show', async () => {
    for (const [people, applied, shows] of [
      [['segue-north', 'segue-south'], ['Segue South'], DAY_ONE],
      [['segue-north', 'segue-south', 'segue-east'], ['Segue South'], null],
      [['segue-north', 'segue-south', 'segue-east'], ['Segue South', 'Segue North'], DAY_ONE],
    ] as const) {
      await using network = await openTwoShownDays({ people });
      await rollBackToDayOne(network, applied);
      const { page, file, wall } = await readPublic(network, DAY_TWO);
      expect(page.shows).toBe(shows);
      const listOf = Object.fromEntries(page.shown.copies.map(({ account, listDay }) => [account, listDay]));
      expect(listOf).toEqual(
        Object.fromEntries(page.shown.copies.map(({ account }) => [account, applied.some((one) => one === account) ? DAY_ONE : DAY_TWO])),
      );
      expect(page.shown.copies.map(({ isSame, listDay }) => isSame === (listDay === (shows ?? DAY_TWO)))).toEqual(people.map(() => true));
      const same = shows === null ? people.length - applied.length : applied.length;
      expect(file.shown).toMatchObject({ accounts: same, otherAccounts: people.length - same });
      expect(wall.repeats).toBe(50);
    }
  });
});
