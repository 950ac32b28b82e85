import { describe, expect, test } from 'vitest';
import { playlistAccountMap } from '#drizzle/schema/index.ts';
import type { Actor } from '#server/actor.ts';
import { writeNetworkSettings } from '#server/repos/network-settings.ts';
import { networkSettingsBody } from '#shared/contracts/settings.ts';
import { day, userId } from '#shared/ids.ts';
import { listSyncAlerts } from '#server/use-cases/sync/view/list-sync-alerts.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { DAY_ONE, DAY_TWO, openTwoAccountNetwork } from '#tests/support/network/sync-network.ts';
import type { Network } from '#tests/support/network/sync-network.ts';

const OTHER_ADMIN: Actor = { kind: 'user', userId: userId.parse(randomUUID()), isAdmin: true };
const PLAYLISTS = 5;

/** Five playlists over two accounts, with the lists of day one on Spotify unless stated. */
async function openNetworkOfFive({ isSynced = true } = {}) {
  const network = await openTwoAccountNetwork(PLAYLISTS);
  if (isSynced) await network.sync(DAY_ONE);
  network.spotify.clearRequests();
  return network;
}

const limit = (network: Network, sync: object) =>
  writeNetworkSettings(network.deps.db, networkSettingsBody.parse({ sync }), { at: network.clock.now(), by: 'test' });

describe('a dry run of the whole network', () => {
  test('says what changes for each playlist and account, what it costs, and writes nothing', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    const { dryRun, planned } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    expect(planned).toBe(PLAYLISTS);
    expect(network.writes()).toEqual([]);
    expect(dryRun).toMatchObject({
      status: 'within',
      body: { basis: 'looked', replicas: 5, changed: 5, unchanged: 0, creates: 0, cost: { reads: 10, writes: 5 }, exceeds: [], seconds: null },
    });
    expect(dryRun?.body.accounts.reduce((sum, { replicas }) => sum + replicas, 0)).toBe(5);
    expect(dryRun?.body.lines[0]).toMatchObject({ adds: expect.any(Number), plan: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(await network.admin.playlistAdmin.sync.dryRun({ day: day.parse(DAY_TWO) })).toEqual(dryRun);
  });

  test('is approved by its hash, once, and applied by the queue', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    const { dryRun } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    const ids = { dryRunId: dryRun?.id ?? '', hash: dryRun?.hash ?? '' };
    await expect(network.admin.playlistAdmin.sync.approve({ ...ids, hash: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'CONFLICT' });
    const both = await Promise.allSettled([network.admin.playlistAdmin.sync.approve(ids), network.as(OTHER_ADMIN).playlistAdmin.sync.approve(ids)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('already approved'),
    });
    await network.runJobs();
    expect(network.writes()).toHaveLength(5);
    const plans = await network.admin.playlistAdmin.sync.plans({ day: day.parse(DAY_TWO) });
    expect(plans.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'applied'));
  });

  test('that is approved counts as in progress until it is written, also when no worker runs or its task is paused', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    const { dryRun } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    const inProgress = (on = DAY_TWO) => network.admin.playlistAdmin.sync.inProgress({ day: day.parse(on) });
    expect(await inProgress()).toBeNull();
    await network.admin.playlistAdmin.sync.approve({ dryRunId: dryRun?.id ?? '', hash: dryRun?.hash ?? '' });
    expect(await inProgress()).toEqual({ state: 'no_worker', at: null, isApproved: true, run: null });
    expect(await inProgress(DAY_ONE)).toBeNull();
    await network.admin.operations.jobs.pause({ task: 'sync-playlists', why: 'Holidays' });
    expect(await inProgress()).toMatchObject({ state: 'paused', isApproved: true });
    await network.admin.operations.jobs.resume({ task: 'sync-playlists' });
    await network.deps.db.execute(sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'somebody'`);
    expect(await inProgress()).toMatchObject({ state: 'working' });
    await network.deps.db.execute(
      sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = now() + interval '1 hour'`,
    );
    expect(await inProgress()).toMatchObject({ state: 'later', at: expect.stringMatching(/Z$/) });
    await network.deps.db.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
    await network.runJobs();
    expect(await inProgress()).toBeNull();
  });

  test('skips a playlist that was edited on Spotify after it was planned', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    const { dryRun } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    const [edited] = network.spotify.playlists();
    network.spotify.editPlaylist(edited?.id ?? '', { name: 'Mine now' });
    await network.admin.playlistAdmin.sync.approve({ dryRunId: dryRun?.id ?? '', hash: dryRun?.hash ?? '' });
    await network.runJobs();
    expect(network.writes()).toHaveLength(4);
    expect(network.spotify.playlist(edited?.id ?? '')).toMatchObject({ name: 'Mine now', uris: edited?.uris });
    const plans = await network.admin.playlistAdmin.sync.plans({ day: day.parse(DAY_TWO) });
    expect(plans.map(({ status }) => status).toSorted()).toEqual(['applied', 'applied', 'applied', 'applied', 'stale']);
  });

  test('is superseded by a newer one', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    const { dryRun } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    await expect(network.admin.playlistAdmin.sync.approve({ dryRunId: dryRun?.id ?? '', hash: dryRun?.hash ?? '' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('newer'),
    });
  });
});

describe('a day above the blast radius', () => {
  test('is planned, waits, and is applied when a person approves it', async () => {
    await using network = await openNetworkOfFive({ isSynced: false });
    await limit(network, { createsADay: 2 });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 0, waiting: 5, outcome: expect.stringContaining('needs approval') });
    expect(network.writes()).toEqual([]);
    expect(await listSyncAlerts(network.deps)).toMatchObject([{ key: `sync:waiting:${DAY_ONE}`, level: 'critical' }]);
    const plans = await network.admin.playlistAdmin.sync.plans({ day: day.parse(DAY_ONE) });
    expect(plans.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'waiting'));
    // The scheduled run again: it still waits, and nothing is read again.
    network.spotify.clearRequests();
    expect(await network.sync(DAY_ONE)).toMatchObject({ waiting: 5 });
    expect(network.reads()).toBe(0);

    const waiting = await network.admin.playlistAdmin.sync.dryRun({ day: day.parse(DAY_ONE) });
    expect(waiting).toMatchObject({ status: 'waiting', body: { creates: 5, exceeds: [expect.stringContaining('5 playlists would be created')] } });
    await network.admin.playlistAdmin.sync.approve({ dryRunId: waiting?.id ?? '', hash: waiting?.hash ?? '' });
    await network.runJobs();
    expect(network.spotify.playlists()).toHaveLength(5);
    expect(await listSyncAlerts(network.deps)).toEqual([]);
    expect(await network.sync(DAY_ONE)).toMatchObject({ unchanged: 5, waiting: 0 });
  });

  test('that a person plans waits as well, as a whole and in every part; within raised limits it needs no approval', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    await limit(network, { changedTracksShare: 0.1 });
    const { dryRun, plans } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    expect(dryRun).toMatchObject({ status: 'waiting' });
    expect(plans.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'waiting'));
    await limit(network, { changedTracksShare: 1 });
    const again = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    expect(again.dryRun).toMatchObject({ status: 'within' });
    expect(again.plans.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'planned'));
  });

  test('is applied at the next sync when the limits were raised in the meantime, and nothing is shown as waiting', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    await limit(network, { changedTracksShare: 0.1 });
    expect(await network.sync(DAY_TWO)).toMatchObject({ waiting: 5 });
    await limit(network, { changedTracksShare: 1 });
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 5, waiting: 0 });
    expect(await listSyncAlerts(network.deps)).toEqual([]);
  });

  test('because of manual edits is applied at the next sync when the limits were raised in the meantime', async () => {
    await using network = await openNetworkOfFive();
    await network.putAll(DAY_TWO, 20);
    for (const { id } of network.spotify.playlists().slice(0, 3)) network.spotify.editPlaylist(id, { name: `Mine ${id}` });
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 2, waiting: 3 });
    await limit(network, { handEditedShare: 0.8 });
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 3, waiting: 0 });
    expect(await listSyncAlerts(network.deps)).toEqual([]);
  });

  test('continues automatically with the rest of an approved day', async () => {
    await using network = await openNetworkOfFive({ isSynced: false });
    await limit(network, { createsADay: 2 });
    await network.sync(DAY_ONE);
    const waiting = await network.admin.playlistAdmin.sync.dryRun({ day: day.parse(DAY_ONE) });
    await network.admin.playlistAdmin.sync.approve({ dryRunId: waiting?.id ?? '', hash: waiting?.hash ?? '' });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 5 });
  });

  test('because of new tracks is calculated from the receipts, without asking Spotify', async () => {
    await using network = await openNetworkOfFive();
    await limit(network, { changedTracksShare: 0.5 });
    await network.putAll(DAY_TWO, 60);
    expect(await network.sync(DAY_TWO)).toMatchObject({ waiting: 5, outcome: expect.stringContaining('of all tracks would be new') });
    expect(network.writes()).toEqual([]);
  });

  test('because many playlists were edited on Spotify leaves just those to a person', async () => {
    await using network = await openNetworkOfFive();
    for (const playlist of network.spotify.playlists().slice(0, 3)) network.spotify.editPlaylist(playlist.id, { uris: playlist.uris.slice(1) });
    await network.putAll(DAY_TWO, 20);
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 2, waiting: 3 });
    expect(network.writes()).toHaveLength(2);
    const waiting = await network.admin.playlistAdmin.sync.dryRun({ day: day.parse(DAY_TWO) });
    expect(waiting).toMatchObject({
      status: 'waiting',
      body: { handEdited: 3, exceeds: [expect.stringContaining('3 of 5 playlists (60%) were edited on Spotify')] },
    });
    await network.admin.playlistAdmin.sync.approve({ dryRunId: waiting?.id ?? '', hash: waiting?.hash ?? '' });
    await network.runJobs();
    expect(network.writes()).toHaveLength(5);
  });
});

describe('the accounts that host playlists', () => {
  test('are as many per playlist as the replication factor says, and no more than there are', async () => {
    await using network = await openNetworkOfFive();
    const replicas = () => network.deps.db.select().from(playlistAccountMap);
    expect(await replicas()).toHaveLength(5);
    const before = (await replicas()).map(({ id }) => id);
    await writeNetworkSettings(network.deps.db, networkSettingsBody.parse({ scaling: { replicationFactor: 3 } }), {
      at: network.clock.now(),
      by: 'test',
    });
    expect(await network.sync(DAY_ONE)).toMatchObject({ applied: 5, unchanged: 5 });
    expect(await replicas()).toHaveLength(10);
    expect((await replicas()).map(({ id }) => id)).toEqual(expect.arrayContaining(before));
    expect(network.spotify.playlists()).toHaveLength(10);
  });
});
