import { accounts, syncPlans } from '#drizzle/schema/index.ts';
import type { Actor } from '#server/actor.ts';
import type { Fault } from '#server/sandbox/spotify/control/faults.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { day, syncPlanId, userId } from '#shared/ids.ts';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { publish, publishUnfilled, seedPlaylist } from '#tests/support/network/published-network.ts';
import { DAY_ONE, DAY_TWO, openNetwork, openSyncedNetwork, planOf, SETTLE_MS } from '#tests/support/network/sync-network.ts';

/** Longer than the sandbox delays showing a new playlist, shorter than the wait for a create. */
const LIST_LAG_MS = 30_000;
const LISTENER: Actor = { kind: 'user', userId: userId.parse(randomUUID()), isAdmin: false };
const OTHER_ADMIN: Actor = { kind: 'user', userId: userId.parse(randomUUID()), isAdmin: true };

describe('the requests that a sync sends to Spotify', () => {
  test('an unchanged list is one read and no write', async () => {
    await using network = await openSyncedNetwork();
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 0, unchanged: 1 });
    expect(network.writes()).toEqual([]);
    expect(network.reads()).toBe(1);
  });

  test.each([
    { changed: 5, keptFrom: 0, kept: 45 },
    { changed: 50, keptFrom: 0, kept: 0 },
  ])('$changed changed tracks are one write, read before and after', async ({ changed, keptFrom, kept }) => {
    await using network = await openSyncedNetwork();
    const wanted = [...network.list(100, changed), ...network.list(keptFrom, kept)];
    await network.publishDay(DAY_TWO, wanted);
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 1 });
    expect(network.writes()).toEqual(['PUT /playlists/:id/items']);
    expect(network.reads()).toBe(2);
    expect(network.shown()).toEqual([network.urisOf(wanted)]);
  });

  test('a name with the date is one more write', async () => {
    await using network = await openSyncedNetwork({ template: 'Segue {ThemeTag} {YYYY-MM-DD}' });
    await network.publishDay(DAY_TWO, network.list(60, 50));
    await network.sync(DAY_TWO);
    expect(network.writes()).toEqual(['PUT /playlists/:id/items', 'PUT /playlists/:id']);
    expect(network.reads()).toBe(2);
    expect(network.spotify.playlists()[0]?.name).toBe('Segue Theme 1 2026-11-02');
  });

  test('a playlist that could not be filled keeps the list of the day before', async () => {
    await using network = await openSyncedNetwork();
    await publishUnfilled(network.deps.db, { playlistId: network.playlist, day: DAY_TWO });
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 0, unchanged: 0, failed: [] });
    expect(network.writes()).toEqual([]);
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
  });

  test('a track that Spotify no longer shows is not written again with every sync', async () => {
    await using network = await openSyncedNetwork();
    const { spotifyPlaylistId } = await network.replica();
    const [gone, ...rest] = network.urisOf(network.list(0, 50));
    expect(gone).toBeDefined();
    network.spotify.editPlaylist(spotifyPlaylistId ?? '', { uris: [null, ...rest] });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 0, unchanged: 1 });
    expect(network.writes()).toEqual([]);
  });
});

describe('a plan', () => {
  test('shows what will change, line by line, and is applied with receipts', async () => {
    await using network = await openSyncedNetwork();
    // One moves to the front, one is removed, one is added.
    const wanted = [...network.list(48, 1), ...network.list(0, 48), ...network.list(90, 1)];
    await network.publishDay(DAY_TWO, wanted);
    const { planned, unchanged, problems, plans } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    expect({ planned, unchanged, problems }).toEqual({ planned: 1, unchanged: 0, problems: [] });
    expect(plans).toMatchObject([{ status: 'planned', adds: 1, removes: 1, moves: 1, keeps: 48, creates: false, editedOnSpotify: false }]);
    expect(network.writes()).toEqual([]);
    const ids = await planOf(network, DAY_TWO);
    const detail = await network.admin.playlistAdmin.sync.detail({ planId: ids.planId });
    const changes = detail.diff.filter((line) => line.kind !== 'keep');
    const uri = (index: number) => network.urisOf(network.list(index, 1))[0];
    expect(changes).toHaveLength(3);
    expect(changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'move', uri: uri(48), from: 49, to: 1 }),
        expect.objectContaining({ kind: 'remove', uri: uri(49), position: 50 }),
        expect.objectContaining({ kind: 'add', uri: uri(90), position: 50 }),
      ]),
    );
    expect(detail.diff.find((line) => line.kind === 'add')?.track).toMatchObject({ artists: ['Ida Sound'], why: expect.any(String) });

    expect(await network.admin.playlistAdmin.sync.applyOne(ids)).toMatchObject({ status: 'applied', cost: { reads: 2, writes: 1 } });
    expect(network.shown()).toEqual([network.urisOf(wanted)]);
    const { operations } = await network.admin.playlistAdmin.sync.detail({ planId: ids.planId });
    expect(operations).toMatchObject([{ kind: 'replace', state: 'applied', receipt: { itemCount: 50, how: 'sent' } }]);
    await expect(network.admin.playlistAdmin.sync.applyOne(ids)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'This plan was already applied.',
    });
  });

  test('is not applied under another hash', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    const { planId } = await planOf(network, DAY_TWO);
    await expect(network.admin.playlistAdmin.sync.applyOne({ planId, hash: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(network.writes()).toEqual([]);
    expect((await network.admin.playlistAdmin.sync.plans({ day: day.parse(DAY_TWO) }))[0]?.status).toBe('planned');
  });

  test.each([
    { what: 'the tracks', edit: { uris: [] } },
    { what: 'the name', edit: { name: 'Mine now' } },
  ])('is out of date once $what changed on Spotify, and writes nothing', async ({ edit }) => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    const plan = await planOf(network, DAY_TWO);
    network.spotify.editPlaylist((await network.replica()).spotifyPlaylistId ?? '', edit);
    await expect(network.admin.playlistAdmin.sync.applyOne(plan)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('was edited on Spotify'),
    });
    expect(network.writes()).toEqual([]);
    expect((await network.admin.playlistAdmin.sync.detail({ planId: plan.planId })).status).toBe('stale');
    // The next plan says so, and is applied.
    const next = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    expect(next.plans[0]).toMatchObject({ status: 'planned', editedOnSpotify: true });
    await network.admin.playlistAdmin.sync.applyOne(await planOf(network, DAY_TWO));
    expect(network.shown()).toEqual([network.urisOf(network.list(60, 50))]);
  });

  test('that two people apply at the same moment is applied once', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    const plan = await planOf(network, DAY_TWO);
    const both = await Promise.allSettled([
      network.admin.playlistAdmin.sync.applyOne(plan),
      network.as(OTHER_ADMIN).playlistAdmin.sync.applyOne(plan),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'CONFLICT' });
    expect(network.writes()).toEqual(['PUT /playlists/:id/items']);
  });

  test('made again from the same input is the same plan, and made from different input replaces it', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    const plan = await planOf(network, DAY_TWO);
    expect(await planOf(network, DAY_TWO)).toEqual(plan);
    network.spotify.editPlaylist((await network.replica()).spotifyPlaylistId ?? '', { uris: [] });
    const newer = await planOf(network, DAY_TWO);
    expect(newer.planId).not.toBe(plan.planId);
    await expect(network.admin.playlistAdmin.sync.applyOne(plan)).rejects.toMatchObject({ message: 'A newer plan replaced this one.' });
  });

  test('that is unknown is not found', async () => {
    await using network = await openNetwork();
    const planId = syncPlanId.parse(randomUUID());
    await expect(network.admin.playlistAdmin.sync.detail({ planId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(network.admin.playlistAdmin.sync.applyOne({ planId, hash: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('that fails does not stop the others from being applied', async () => {
    await using network = await openNetwork();
    const second = await seedPlaylist(network.deps.db, 2);
    await network.publishDay(DAY_ONE, network.list(0, 50));
    await publish(network.deps.db, { playlistId: second, day: DAY_ONE, tracks: network.list(50, 50) });
    const { plans } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_ONE) });
    expect(plans.map((plan) => [plan.playlistIndex, plan.creates])).toEqual([
      [1, true],
      [2, true],
    ]);
    const calls = plans.map((plan) => ({ planId: syncPlanId.parse(plan.id), hash: plan.playlistIndex === 1 ? 'a'.repeat(64) : plan.hash }));
    const outcome = await network.admin.playlistAdmin.sync.applyAll({ plans: calls });
    expect(outcome).toMatchObject({ applied: 1, failed: [{ planId: calls[0]?.planId, message: 'This plan is not the one you were shown.' }] });
    expect(network.shown()).toEqual([network.urisOf(network.list(50, 50))]);
  });

  test.each([
    { who: 'an anonymous visitor', actor: { kind: 'anonymous' } as Actor, code: 'UNAUTHORIZED' },
    { who: 'a listener', actor: LISTENER, code: 'FORBIDDEN' },
  ])('is not accessible to $who', async ({ actor, code }) => {
    await using network = await openNetwork();
    network.spotify.clearRequests();
    const { sync } = network.as(actor).playlistAdmin;
    const plan = { planId: syncPlanId.parse(randomUUID()), hash: 'a'.repeat(64) };
    const calls = [sync.plan({}), sync.plans({}), sync.detail({ planId: plan.planId }), sync.applyOne(plan), sync.applyAll({ plans: [plan] })];
    for (const answer of await Promise.allSettled(calls)) expect(answer).toMatchObject({ status: 'rejected', reason: { code } });
    expect(network.reads()).toBe(0);
  });
});

const CREATE = { method: 'POST', path: /playlists$/ } as const;

describe('a create whose response does not arrive', () => {
  const lostResponses: { how: string; fault: Fault; timeoutMs?: number; made: number }[] = [
    { how: 'was executed before a 502', fault: { status: 502, actFirst: true }, made: 1 },
    { how: 'was executed before the connection was cut', fault: { cut: true, actFirst: true }, made: 1 },
    { how: 'was executed and its response cut in the middle', fault: { cut: 'body', actFirst: true }, made: 1 },
    { how: 'was executed but answered too late', fault: { delayMs: 60_000, actFirst: true }, timeoutMs: 2_000, made: 1 },
    { how: 'was executed and confirmed with an unreadable response', fault: { distort: 'null_body' }, made: 1 },
    { how: 'never arrived', fault: { status: 502 }, made: 0 },
  ];

  test.each(lostResponses)('results in exactly one playlist when it $how', async ({ fault, timeoutMs, made }) => {
    await using network = await openNetwork();
    const deps = network.withHost({});
    // Only the create has a short timeout: on a busy machine other responses could be late, too.
    if (timeoutMs !== undefined)
      deps.playlistHost = { ...deps.playlistHost, createPlaylist: network.withHost({ timeoutMs }).playlistHost.createPlaylist };
    await network.publishDay(DAY_ONE, network.list(0, 50));
    network.spotify.failNext({ ...CREATE, ...fault });
    const settling = { code: 'rate_limited', retryAfterMs: expect.any(Number) };
    await expect(network.sync(DAY_ONE, deps)).rejects.toMatchObject(settling);
    expect(network.spotify.playlists()).toHaveLength(made);
    // A create that may still appear blocks every other create, from any caller.
    network.clock.advance(SETTLE_MS / 2);
    await expect(network.sync(DAY_ONE, deps)).rejects.toMatchObject(settling);
    const { problems } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_ONE) });
    expect(problems).toMatchObject([{ playlistIndex: 1, message: expect.stringContaining('did not confirm') }]);
    expect(network.writes()).toEqual(['POST /me/playlists']);

    network.clock.advance(SETTLE_MS);
    expect(await network.sync(DAY_ONE, deps)).toMatchObject({ applied: 1, failed: [] });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
    expect((await network.operations()).filter(({ state }) => state === 'intended' || state === 'planned')).toEqual([]);
  });

  test('is recognized although Spotify lists the playlist late', async () => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 50));
    network.spotify.setSwitches({ listLagMs: LIST_LAG_MS });
    network.spotify.failNext({ ...CREATE, status: 502, actFirst: true });
    await expect(network.sync(DAY_ONE)).rejects.toMatchObject({ code: 'rate_limited' });
    for (let waited = 0; waited < SETTLE_MS; waited += SETTLE_MS / 4) {
      await expect(network.sync(DAY_ONE)).rejects.toMatchObject({ code: 'rate_limited' });
      network.clock.advance(SETTLE_MS / 4);
    }
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
  });

  test('is recognized by its name when Spotify does not return descriptions', async () => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 50));
    network.spotify.failNext({ ...CREATE, status: 502, actFirst: true });
    await expect(network.sync(DAY_ONE)).rejects.toMatchObject({ code: 'rate_limited' });
    const [made] = network.spotify.playlists();
    network.spotify.editPlaylist(made?.id ?? '', { description: '' });
    network.clock.advance(SETTLE_MS);
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect((await network.replica()).spotifyPlaylistId).toBe(made?.id);
    expect(network.spotify.playlists()).toHaveLength(1);
  });

  test('does not adopt a playlist of the same name that existed before', async () => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 50));
    const own = network.spotify.addPlaylist('segue-north', { name: 'Segue Theme 1 001' });
    network.spotify.failNext({ ...CREATE, status: 502 });
    await expect(network.sync(DAY_ONE)).rejects.toMatchObject({ code: 'rate_limited' });
    network.clock.advance(SETTLE_MS);
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.spotify.playlist(own)?.uris).toEqual([]);
    expect(network.spotify.playlists()).toHaveLength(2);
  });

  test('is not waited for when it was certainly not sent', async () => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 50));
    // No server listens there: the connection is refused before anything is sent.
    const { playlistHost } = network.withHost({ apiUrl: 'http://127.0.0.1:1' });
    const deps = { ...network.deps, playlistHost: { ...network.deps.playlistHost, createPlaylist: playlistHost.createPlaylist } };
    await expect(network.sync(DAY_ONE, deps)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.spotify.playlists()).toHaveLength(1);
  });

  test('is not sent forever: after five in a day it waits for tomorrow', async () => {
    await using network = await openNetwork();
    const deps = network.withHost({});
    await network.publishDay(DAY_ONE, network.list(0, 50));
    network.spotify.failNext({ ...CREATE, status: 502, times: Number.POSITIVE_INFINITY });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(network.sync(DAY_ONE, deps)).rejects.toMatchObject({ code: 'rate_limited' });
      network.clock.advance(SETTLE_MS);
    }
    expect(await network.sync(DAY_ONE, deps)).toMatchObject({ failed: [{ message: expect.stringContaining('5 attempts') }] });
    expect(network.writes()).toHaveLength(5);
  });
});

describe('an edit whose response does not arrive', () => {
  test('is not sent again when Spotify shows it', async () => {
    await using network = await openSyncedNetwork();
    await network.publishDay(DAY_TWO, network.list(60, 50));
    network.spotify.failNext({ method: 'PUT', status: 502, actFirst: true, times: 2 });
    expect(await network.sync(DAY_TWO, network.withHost({}))).toMatchObject({ applied: 1 });
    expect(network.writes()).toHaveLength(2);
    expect(network.shown()).toEqual([network.urisOf(network.list(60, 50))]);
    expect((await network.operations()).map(({ receipt }) => receipt?.how)).toContain('already_so');
  });

  test('adds nothing twice', async () => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 150));
    network.spotify.failNext({ method: 'POST', path: /items$/, status: 502, actFirst: true });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.writes()).toEqual(['POST /me/playlists', 'PUT /playlists/:id/items', 'POST /playlists/:id/items']);
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 150))]);
  });

  test('that added nothing is corrected by the next sync', async () => {
    await using network = await openNetwork();
    await network.publishDay(DAY_ONE, network.list(0, 150));
    network.spotify.failNext({ method: 'POST', path: /items$/, status: 502 });
    await expect(network.sync(DAY_ONE)).rejects.toMatchObject({ code: 'provider_unavailable' });
    const [plan] = await network.deps.db.select().from(syncPlans);
    expect(plan).toMatchObject({ status: 'failed', statusReason: expect.any(String) });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1 });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 150))]);
  });
});

describe('a single failure', () => {
  test('such as a revoked account is reported, and the playlists of the others continue', async () => {
    await using network = await openNetwork({ people: ['segue-north', 'segue-south'] });
    await network.deps.db.update(accounts).set({ maxPlaylists: 1 });
    const second = await seedPlaylist(network.deps.db, 2);
    await network.publishDay(DAY_ONE, network.list(0, 50));
    await publish(network.deps.db, { playlistId: second, day: DAY_ONE, tracks: network.list(50, 50) });
    network.spotify.revoke('segue-north');
    network.clock.advance(2 * 3_600_000);
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 1, skipped: 1, failed: [] });
    expect(network.spotify.playlists('segue-south')).toHaveLength(1);
    const states = await network.deps.db
      .select({ person: accounts.spotifyUserId, status: accounts.status })
      .from(accounts)
      .orderBy(accounts.spotifyUserId);
    expect(states).toEqual([
      { person: 'segue-north', status: 'needs_reauth' },
      { person: 'segue-south', status: 'active' },
    ]);
  });

  test('such as a playlist without a slot is reported, and the others continue', async () => {
    await using network = await openNetwork();
    await network.deps.db.update(accounts).set({ maxPlaylists: 1 });
    const second = await seedPlaylist(network.deps.db, 2);
    await network.publishDay(DAY_ONE, network.list(0, 50));
    await publish(network.deps.db, { playlistId: second, day: DAY_ONE, tracks: network.list(50, 50) });
    const outcome = await network.sync(DAY_ONE);
    expect(outcome).toMatchObject({ applied: 1 });
    expect(outcome.outcome).toContain('1 not hosted on any account (first #2)');
    const { problems } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_ONE) });
    expect(problems).toMatchObject([{ playlistIndex: 2, remedy: 'Connect another account, or raise an account’s playlist limit.' }]);
  });

  test('such as “not found” for a playlist that the account still lists does not create a second one', async () => {
    await using network = await openSyncedNetwork();
    network.clock.advance(SETTLE_MS);
    network.spotify.failNext({ method: 'GET', path: '/playlists/*', status: 404 });
    await expect(network.sync(DAY_ONE)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(network.writes()).toEqual([]);
    expect(await network.sync(DAY_ONE)).toMatchObject({ unchanged: 1 });
  });

  test('such as a deleted playlist is reported, and created again only when a person plans it', async () => {
    await using network = await openSyncedNetwork();
    network.clock.advance(SETTLE_MS);
    const { spotifyPlaylistId: deleted, accountId } = await network.replica();
    const library = `${network.sandbox.env['SPOTIFY_API_URL']}/v1/me/library?uris=spotify:playlist:${deleted}`;
    await withAccessToken(network.deps, accountId, (token) => fetch(library, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }));
    network.spotify.failNext({ method: 'GET', path: `/playlists/${deleted}`, status: 404, times: Number.POSITIVE_INFINITY });
    network.spotify.clearRequests();
    const lost = { applied: 0, failed: [{ playlistIndex: 1, message: expect.stringContaining('was deleted from') }] };
    expect(await network.sync(DAY_ONE)).toMatchObject(lost);
    expect(await network.sync(DAY_ONE)).toMatchObject(lost);
    expect(network.writes()).toEqual([]);

    const plan = await planOf(network, DAY_ONE);
    expect(await network.admin.playlistAdmin.sync.applyOne(plan)).toMatchObject({ status: 'applied', creates: true });
    const replica = await network.replica();
    expect(replica).toMatchObject({ status: 'live', syncedDay: DAY_ONE });
    expect(replica.spotifyPlaylistId).not.toBe(deleted);
    expect(network.spotify.playlist(replica.spotifyPlaylistId ?? '')?.uris).toEqual(network.urisOf(network.list(0, 50)));
    expect(await network.sync(DAY_ONE)).toMatchObject({ unchanged: 1 });
  });
});
