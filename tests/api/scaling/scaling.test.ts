import { accounts, curationPolicies, managerPlans, networkSettings, playlistAccountMap, playlists } from '#drizzle/schema/index.ts';
import { assignReplicas } from '#server/use-cases/sync/plan/assign-replicas.ts';
import { scalePlaylists } from '#server/use-cases/scaling/scale-playlists.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { asc, eq, sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';

const DAY = '2026-11-21';

/** Three playlists with a list of the day on one account, scaled for a catalog of 160 recordings: with K = 10 and R = 4 it fills four lists. */
async function openNetwork({ scaling = {} }: { scaling?: Partial<NetworkSettings['scaling']> } = {}) {
  const app = await startTestApp({ at: `${DAY}T02:00:00Z` });
  await connectAs(app.deps, 'segue-north');
  const tracks = await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, 160));
  for (const index of [1, 2, 3]) {
    const playlistId = await seedPlaylist(app.deps.db, index);
    await publish(app.deps.db, { playlistId, day: DAY, tracks: tracks.slice(0, 10) });
  }
  const body = { size: 10, rest: { days: 4, scope: 'network' } };
  await app.deps.db.update(curationPolicies).set({ body: sql`${curationPolicies.body} || ${JSON.stringify(body)}::jsonb` });
  const save = (more: Partial<NetworkSettings['scaling']>) =>
    app.admin.playlistAdmin.scaling.saveSettings({
      ...DEFAULT_NETWORK_SETTINGS,
      scaling: { ...DEFAULT_NETWORK_SETTINGS.scaling, tracksPerPlaylist: 10, restDays: 4, ...scaling, ...more },
    });
  await save({});
  return {
    ...app,
    save,
    replicas: () => app.deps.db.select().from(playlistAccountMap),
    active: async () =>
      (await app.deps.db.select().from(playlists).where(eq(playlists.status, 'active')).orderBy(asc(playlists.globalIndex))).map(
        (row) => row.globalIndex,
      ),
  };
}

describe('scaling the network', () => {
  test('a plan is stored with its numbers and reasons, changes nothing, and is applied by its hash', async () => {
    await using network = await openNetwork();
    const plan = await network.admin.playlistAdmin.scaling.plan();
    expect(plan.body.stats).toMatchObject({ recordings: 160, ceiling: 4, playlists: 3, wanted: 4 });
    expect(await network.active()).toEqual([1, 2, 3]);
    expect(await network.replicas()).toEqual([]);
    const receipt = await network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash });
    expect(receipt).toMatchObject({ playlistsAdded: [4], replicasPlaced: 3, playlistsRetired: 0, replicasRetired: 0 });
    expect(await network.active()).toEqual([1, 2, 3, 4]);
    expect((await network.replicas()).map((replica) => replica.status)).toEqual(['pending', 'pending', 'pending']);
    expect((await network.admin.playlistAdmin.scaling.view()).current).toMatchObject({ id: plan.id, status: 'applied' });
  });

  test('an account whose slots are all used gets no new playlist, and the page says why', async () => {
    await using network = await openNetwork();
    const plan = await network.admin.playlistAdmin.scaling.plan();
    await network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash });
    const shown = async () => (await network.admin.playlistAdmin.scaling.view()).accounts;
    expect(await shown()).toMatchObject([{ replicas: 3, freeSlots: 197, acceptsNewPlaylists: true, reason: null }]);
    await network.deps.db.update(accounts).set({ maxPlaylists: 3 });
    expect(await shown()).toMatchObject([{ replicas: 3, freeSlots: 0, acceptsNewPlaylists: false, reason: 'all its slots are used' }]);
  });

  test('only recordings that an active policy admits and does not ban count, each once however many policies admit it', async () => {
    await using network = await openNetwork();
    const { db } = network.deps;
    const [first, second, third] = await db.select({ id: curationPolicies.id }).from(curationPolicies).orderBy(asc(curationPolicies.id));
    const ids = (await db.execute<{ id: number }>(sql`select id from recordings order by id`)).rows.map((row) => row.id);
    const put = (id: string | undefined, body: object) =>
      db
        .update(curationPolicies)
        .set({ body: sql`${curationPolicies.body} || ${JSON.stringify(body)}::jsonb` })
        .where(eq(curationPolicies.id, id as never));
    const shortest = { field: 'duration_ms', op: 'lte', value: 100_000 };
    await put(first?.id, {
      pool: { not: shortest },
      bans: { recordings: ids.slice(0, 10).map((recordingId) => ({ recordingId })), artists: [], albums: [] },
    });
    await put(second?.id, { pool: shortest });
    await put(third?.id, { pool: shortest });
    const { body } = await network.admin.playlistAdmin.scaling.plan();
    expect(body.stats).toMatchObject({ catalog: 160, recordings: 150 });
    expect(body.policies.map((policy) => policy.pool).toSorted((a, b) => a - b)).toEqual([0, 0, 150]);
    expect(body.reasons[0]).toMatch(/^150 of the 160 recordings in the catalog count/);
  });

  test('the recordings are counted again when the catalog has grown, and not before', async () => {
    await using network = await openNetwork();
    const one = await network.admin.playlistAdmin.scaling.plan();
    expect((await network.admin.playlistAdmin.scaling.plan()).body.countKey).toBe(one.body.countKey);
    await seedTracks(network.deps.db, catalogTrackIds(network.sandbox.catalog, 240).slice(160));
    await vi.waitFor(
      async () => expect((await network.admin.playlistAdmin.scaling.plan()).body.stats).toMatchObject({ recordings: 240, ceiling: 6 }),
      60_000,
    );
  });

  test('a new playlist has its own name that can be changed while the plan waits; anyone who saw the old name gets a conflict', async () => {
    await using network = await openNetwork();
    const plan = await network.admin.playlistAdmin.scaling.plan();
    const at = plan.body.actions.findIndex((action) => action.kind === 'add_playlist');
    expect(plan.body.actions[at]).toMatchObject({ themeTag: 'Theme 1 2' });
    const rename = (themeTag: string, hash = plan.hash) =>
      network.admin.playlistAdmin.scaling.renameAddition({ planId: plan.id, hash, index: at, themeTag });
    await expect(rename('theme  2')).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'There is already a playlist named “theme  2”.' });
    await expect(
      network.admin.playlistAdmin.scaling.renameAddition({ planId: plan.id, hash: plan.hash, index: at + 1, themeTag: 'New' }),
    ).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const { hash } = await rename('Night drive');
    await expect(rename('Another')).rejects.toMatchObject({ message: 'The plan has changed since you opened it.' });
    await expect(network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash })).rejects.toMatchObject({ code: 'CONFLICT' });
    await network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash });
    const added = await network.deps.db.select().from(playlists).where(eq(playlists.globalIndex, 4));
    expect(added.map((row) => row.themeTag)).toEqual(['Night drive']);
    await expect(rename('Too late', hash)).rejects.toMatchObject({ message: 'This plan was already applied.' });
  });

  test('a name that was taken in the meantime is not used twice', async () => {
    await using network = await openNetwork();
    const plan = await network.admin.playlistAdmin.scaling.plan();
    const at = plan.body.actions.findIndex((action) => action.kind === 'add_playlist');
    const { hash } = await network.admin.playlistAdmin.scaling.renameAddition({
      planId: plan.id,
      hash: plan.hash,
      index: at,
      themeTag: 'Night drive',
    });
    await network.deps.db.update(playlists).set({ themeTag: 'night drive' }).where(eq(playlists.globalIndex, 2));
    await expect(network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash })).rejects.toMatchObject({
      message: 'There is now a playlist named “Night drive”.',
    });
    expect(await network.active()).toEqual([1, 2, 3]);
  });

  test.each([
    ['an account expired', sql`update accounts set status = 'needs_reauth', status_changed_at = now() - interval '400 days'`],
    ['a playlist was removed', sql`update playlists set status = 'retired' where global_index = 3`],
    ['a playlist was added manually', sql`update playlists set status = 'active' where global_index = 4`],
  ])('a plan made before %s is refused and changes nothing', async (_, change) => {
    await using network = await openNetwork();
    await network.deps.db
      .update(playlists)
      .set({ status: 'paused' })
      .where(eq(playlists.id, await seedPlaylist(network.deps.db, 4)));
    const plan = await network.admin.playlistAdmin.scaling.plan();
    expect(plan.body.actions).toHaveLength(4);
    await network.deps.db.execute(change);
    const before = await network.active();
    await expect(network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'The network has changed since this plan was made.',
    });
    expect([await network.active(), await network.replicas()]).toEqual([before, []]);
  });

  test('a plan whose figures changed but not its actions is applied', async () => {
    await using network = await openNetwork();
    const plan = await network.admin.playlistAdmin.scaling.plan();
    await network.deps.db.execute(
      sql`update recordings set merged_into = (select max(id) from recordings) where id = (select min(id) from recordings)`,
    );
    expect(await network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash })).toMatchObject({ playlistsAdded: [4] });
  });

  test('of two people who apply the same plan one succeeds and the other gets a conflict', async () => {
    await using network = await openNetwork();
    const plan = await network.admin.playlistAdmin.scaling.plan();
    const both = await Promise.allSettled([1, 2].map(() => network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash })));
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'CONFLICT', message: 'This plan was already applied.' });
    expect(await network.active()).toEqual([1, 2, 3, 4]);
  });

  test('a plan that is out of date is refused and changes nothing', async () => {
    await using network = await openNetwork();
    const plan = await network.admin.playlistAdmin.scaling.plan();
    await network.save({ maxTotalPlaylists: 3 });
    await expect(network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash })).rejects.toMatchObject({
      message: 'The network has changed since this plan was made.',
    });
    await expect(network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(network.admin.playlistAdmin.scaling.applyPlan({ planId: randomUUID(), hash: plan.hash })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await network.active()).toEqual([1, 2, 3]);
  });

  test('the scheduled run makes the plan and leaves it to a person, until the operator allows it to act within a blast radius', async () => {
    await using network = await openNetwork();
    expect((await scalePlaylists(network.deps)).outcome).toContain('waits for approval');
    await network.save({ automatic: true, blastRadius: 0.1 });
    expect((await scalePlaylists(network.deps)).outcome).toContain('above the auto-apply limit');
    expect(await network.active()).toEqual([1, 2, 3]);
    await network.save({ automatic: true, blastRadius: 1 });
    expect((await scalePlaylists(network.deps)).outcome).toContain('Applied automatically, within the auto-apply limit');
    expect(await network.active()).toEqual([1, 2, 3, 4]);
    const stored = await network.deps.db.select({ status: managerPlans.status }).from(managerPlans).orderBy(asc(managerPlans.plannedAt));
    expect(stored.map((row) => row.status)).toEqual(['superseded', 'superseded', 'applied']);
  });

  test('a new playlist is curated, a new replica is synced, and the scheduled run leaves both to their hour before the day is curated', async () => {
    await using network = await openNetwork();
    const { db } = network.deps;
    const queued = async () => {
      const jobs = await db.execute<{ task: string }>(sql`select task_identifier as task from graphile_worker.jobs order by 1`);
      await db.execute(sql`delete from graphile_worker._private_jobs`);
      return jobs.rows.map((row) => row.task);
    };
    await network.save({ automatic: true, blastRadius: 1, maxTotalPlaylists: 3 });
    network.clock.set(`2026-11-22T02:00:00Z`);
    await scalePlaylists(network.deps);
    expect(await network.replicas()).toHaveLength(3);
    expect(await queued()).toEqual([]);
    await db.delete(playlistAccountMap);
    network.clock.set(`${DAY}T12:00:00Z`);
    await scalePlaylists(network.deps);
    expect(await queued()).toEqual(['sync-playlists']);
    await network.save({});
    const plan = await network.admin.playlistAdmin.scaling.plan();
    await network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash });
    expect(await queued()).toEqual(['curate-playlists']);
  });

  test('an account that joins takes over only the playlists that rank it higher, and the old replicas are removed once the new ones are live', async () => {
    await using network = await openNetwork({ scaling: { maxTotalPlaylists: 3 } });
    const apply = async () => {
      const plan = await network.admin.playlistAdmin.scaling.plan();
      return plan.body.actions.length > 0 ? network.admin.playlistAdmin.scaling.applyPlan({ planId: plan.id, hash: plan.hash }) : undefined;
    };
    const markLive = () =>
      network.deps.db.update(playlistAccountMap).set({ status: 'live', syncedDay: DAY }).where(eq(playlistAccountMap.status, 'pending'));
    await apply();
    await markLive();
    await connectAs(network.deps, 'segue-south');
    const moved = await apply();
    expect(moved?.replicasRetired ?? 0).toBe(0);
    await markLive();
    const closed = await apply();
    expect(closed?.replicasRetired ?? 0).toBe(moved?.replicasPlaced ?? 0);
    const active = (await network.replicas()).filter((replica) => replica.status !== 'retired');
    expect(active).toHaveLength(3);
    expect((await network.admin.playlistAdmin.scaling.plan()).body.actions).toEqual([]);
  });

  test('a playlist is placed only where a plan would place it: not on an account whose authorization expires soon', async () => {
    await using network = await openNetwork();
    await connectAs(network.deps, 'segue-south');
    const [soon] = await network.deps.db.select({ id: accounts.id }).from(accounts);
    await network.deps.db
      .update(accounts)
      .set({ authorizedAt: new Date('2026-05-24T00:00:00Z') })
      .where(eq(accounts.id, soon!.id));
    expect(await assignReplicas(network.deps)).toEqual({ assigned: 3, withoutAccount: [] });
    expect((await network.replicas()).filter((replica) => replica.accountId === soon!.id)).toEqual([]);
  });

  test('contradictory settings are refused with the field, and nothing is saved', async () => {
    await using network = await openNetwork();
    await expect(network.save({ floorTotalPlaylists: 9, maxTotalPlaylists: 5 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const [stored] = await network.deps.db.select().from(networkSettings);
    expect(stored?.body.scaling.floorTotalPlaylists).toBe(0);
  });
});
