import { accounts, playlistAccountMap, playlists, syncPlans } from '#drizzle/schema/index.ts';
import type { Actor } from '#server/actor.ts';
import { applyDryRun } from '#server/use-cases/sync/dry-run/apply-dry-run.ts';
import { planSync } from '#server/use-cases/sync/plan/plan-sync.ts';
import { day, syncPlanId, userId } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DAY_ONE, DAY_THREE, DAY_TWO, openTwoAccountNetwork } from '#tests/support/network/sync-network.ts';

const OTHER_ADMIN: Actor = { kind: 'user', userId: userId.parse(randomUUID()), isAdmin: true };
const PLAYLISTS = 4;

/** Four playlists over two accounts, on Spotify as of day one, with day two planned. The clock is at day two. */
async function openPlannedDay() {
  const network = await openTwoAccountNetwork(PLAYLISTS);
  await network.sync(DAY_ONE);
  network.clock.advance(86_400_000);
  await network.putAll(DAY_TWO, 20);
  const { dryRun } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
  network.spotify.clearRequests();
  const named = { dryRunId: dryRun?.id ?? '', hash: dryRun?.hash ?? '' };
  const replicas = await network.deps.db
    .select({
      id: playlistAccountMap.id,
      accountId: playlistAccountMap.accountId,
      index: playlists.globalIndex,
      at: playlistAccountMap.spotifyPlaylistId,
    })
    .from(playlistAccountMap)
    .innerJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .orderBy(playlists.globalIndex);
  const one = replicas[0];
  if (!one) throw new Error('There is no replica.');
  const apply = (signal = new AbortController().signal) => applyDryRun(network.deps, { dryRunId: named.dryRunId, signal });
  const reasons = async () =>
    new Map(
      (await network.deps.db.select().from(syncPlans).where(eq(syncPlans.batchTag, DAY_TWO))).map((plan) => [
        plan.replicaId,
        `${plan.status}: ${plan.statusReason ?? ''}`,
      ]),
    );
  return { ...network, named, replicas, one, apply, reasons };
}

describe('an approved day, when something changed before it was applied', () => {
  test('skips the playlists of an account that was disabled, says so, and writes the others', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    await network.deps.db.update(accounts).set({ status: 'disabled' }).where(eq(accounts.id, network.one.accountId));
    const there = network.replicas.filter(({ accountId }) => accountId === network.one.accountId).length;
    expect(await network.apply()).toMatchObject({ applied: PLAYLISTS - there, skipped: there, outcome: expect.stringMatching(/switched off/) });
    expect(network.writes()).toHaveLength(PLAYLISTS - there);
  });

  test('skips the playlists of an account whose authorization was revoked, says so, and writes the others', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    const [account] = await network.deps.db.select().from(accounts).where(eq(accounts.id, network.one.accountId));
    network.spotify.revoke(account?.spotifyUserId ?? '');
    // An access token issued for an hour is valid for that hour.
    network.clock.advance(2 * 3_600_000);
    const there = network.replicas.filter(({ accountId }) => accountId === network.one.accountId).length;
    expect(await network.apply()).toMatchObject({
      applied: PLAYLISTS - there,
      skipped: there,
      failed: [],
      outcome: expect.stringMatching(/skipped/),
    });
    expect(network.spotify.playlist(network.one.at ?? '')?.uris).toEqual(network.urisOf(network.list(0, 20)));
  });

  test('skips a playlist that a scaling plan moved off its account, and never writes to it', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    await network.deps.db.update(playlistAccountMap).set({ status: 'retired' }).where(eq(playlistAccountMap.id, network.one.id));
    expect(await network.apply()).toMatchObject({ applied: 3, skipped: 1, outcome: expect.stringContaining('Playlist #1 is no longer hosted on') });
    expect((await network.reasons()).get(network.one.id)).toMatch(/^stale: Playlist #1 is no longer hosted on/);
    expect(network.spotify.playlist(network.one.at ?? '')?.uris).toEqual(network.urisOf(network.list(0, 20)));
  });

  test('reports a playlist whose replica no longer exists here', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    await network.deps.db.execute(
      sql`delete from sync_operations where plan_id in (select id from sync_plans where replica_id = ${network.one.id}::uuid)`,
    );
    await network.deps.db.execute(sql`delete from sync_plans where replica_id = ${network.one.id}::uuid`);
    await network.deps.db.delete(playlistAccountMap).where(eq(playlistAccountMap.id, network.one.id));
    expect(await network.apply()).toMatchObject({ applied: 3, skipped: 1, outcome: expect.stringContaining('#1: it is no longer hosted on') });
  });

  test('does not touch the list of a later day', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    network.clock.advance(86_400_000);
    await network.putAll(DAY_THREE, 40);
    const says = `already has a newer list, for ${DAY_THREE}. The list of ${DAY_TWO} is not written over it`;
    expect(await network.apply()).toMatchObject({ applied: 0, skipped: 4, outcome: expect.stringContaining(says) });
    expect(network.writes()).toEqual([]);
  });

  test('skips a playlist that was rolled back in the meantime: its newer plan waits separately', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    const input = { index: 1, showsDay: day.parse(DAY_ONE) };
    const { hash } = await network.admin.playlistAdmin.playlists.previewRollback(input);
    await network.admin.playlistAdmin.playlists.rollBack({ ...input, hash });
    expect(await network.apply()).toMatchObject({ applied: 3, skipped: 1, outcome: expect.stringContaining('#1') });
    expect(network.spotify.playlist(network.one.at ?? '')?.uris).toEqual(network.urisOf(network.list(0, 20)));
  });

  test('reports a playlist that Spotify no longer shows as gone, and creates no second one', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    network.spotify.deletePlaylist(network.one.at ?? '');
    network.spotify.failNext({ method: 'GET', path: `/playlists/${network.one.at}`, status: 404, times: Number.POSITIVE_INFINITY });
    const outcome = expect.stringContaining('#1: The playlist is no longer on Spotify');
    expect(await network.apply()).toMatchObject({ applied: 3, skipped: 1, outcome });
    expect(await network.apply()).toMatchObject({ applied: 0, unchanged: 3, skipped: 1, outcome });
    expect(network.spotify.playlists()).toHaveLength(PLAYLISTS);
  });

  test('is not changed by a new version of its policy: what was shown is what is applied', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    await network.deps.db.execute(sql`update curation_policies set body = jsonb_set(body, '{size}', '10')`);
    expect(await network.apply()).toMatchObject({ applied: 4 });
    expect(network.spotify.playlist(network.one.at ?? '')?.uris).toEqual(network.urisOf(network.list(20, 20)));
  });
});

describe('an approved day', () => {
  test('that is canceled half-way continues where it stopped, and writes nothing twice', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    const ending = new AbortController();
    const stopAfterOne = {
      ...network.deps,
      faultPoint: (point: string) => {
        if (point === 'sync.after_receipt') ending.abort(new Error('cancelled'));
      },
    };
    await expect(applyDryRun(stopAfterOne, { dryRunId: network.named.dryRunId, signal: ending.signal })).rejects.toThrow('cancelled');
    const before = network.writes().length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(PLAYLISTS);
    const left = await network.apply();
    expect(left.applied + left.unchanged).toBe(PLAYLISTS);
    expect(network.writes()).toHaveLength(PLAYLISTS);
  });

  test('that is applied again finds everything done; approved again, it says who approved it', async () => {
    await using network = await openPlannedDay();
    await network.admin.playlistAdmin.sync.approve(network.named);
    expect(await network.apply()).toMatchObject({ applied: 4 });
    expect(await network.apply()).toMatchObject({ applied: 0, unchanged: 4, skipped: 0, failed: [] });
    expect(network.writes()).toHaveLength(PLAYLISTS);
    await expect(network.as(OTHER_ADMIN).playlistAdmin.sync.approve(network.named)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('already approved'),
    });
  });

  test('with a plan that somebody applies manually at the same moment writes it once', async () => {
    await using network = await openPlannedDay();
    const dryRun = await network.admin.playlistAdmin.sync.approve(network.named);
    const plan = dryRun.body.lines.find(({ playlistIndex }) => playlistIndex === 1)?.plan;
    const [byHand, whole] = await Promise.allSettled([
      network.as(OTHER_ADMIN).playlistAdmin.sync.applyOne({ planId: syncPlanId.parse(plan?.id), hash: plan?.hash ?? '' }),
      network.apply(),
    ]);
    if (byHand.status === 'rejected') expect(byHand.reason).toMatchObject({ code: 'CONFLICT' });
    // The second one was told to try again, and finds it done.
    if (whole.status === 'rejected') expect(whole.reason).toMatchObject({ code: 'provider_unavailable' });
    const last = await network.apply();
    expect(last.failed).toEqual([]);
    expect(network.writes()).toHaveLength(PLAYLISTS);
    for (const { at } of network.replicas) expect(network.spotify.playlist(at ?? '')?.uris).toHaveLength(20);
  });
});

test('a plan for a past day is refused once a later list exists, by the scheduled run and manually', async () => {
  await using network = await openPlannedDay();
  const [line] = (await network.admin.playlistAdmin.sync.dryRun({ day: day.parse(DAY_TWO) }))?.body.lines ?? [];
  network.clock.advance(86_400_000);
  await network.putAll(DAY_THREE, 40);
  await network.sync(DAY_THREE);
  network.spotify.clearRequests();
  expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 0, skipped: 4, outcome: expect.stringContaining(DAY_THREE) });
  const { planned, problems } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
  expect({ planned, told: problems.length }).toEqual({ planned: 0, told: 4 });
  expect(problems[0]).toMatchObject({ remedy: expect.stringContaining('history') });
  await expect(
    network.admin.playlistAdmin.sync.applyOne({ planId: syncPlanId.parse(line?.plan?.id), hash: line?.plan?.hash ?? '' }),
  ).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(network.writes()).toEqual([]);
  // A clock that ran ahead for a while does not block today's list.
  network.clock.advance(-86_400_000);
  expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 4 });
});

test('a playlist that cannot be planned because of an unexpected error is reported, and the others are planned', async () => {
  await using network = await openPlannedDay();
  const deps = {
    ...network.deps,
    playlistHost: {
      ...network.deps.playlistHost,
      readPlaylist: async (...input: Parameters<typeof network.deps.playlistHost.readPlaylist>) => {
        if (input[1] === network.one.at) throw new TypeError('poison');
        return network.deps.playlistHost.readPlaylist(...input);
      },
    },
    log: { ...network.deps.log, warn() {}, error() {} },
  };
  const view = await planSync(deps, OTHER_ADMIN, { day: day.parse(DAY_TWO) });
  expect(view.planned).toBe(3);
  expect(view.problems).toEqual([expect.objectContaining({ playlistIndex: 1, message: expect.stringContaining('unexpected error') })]);
});
