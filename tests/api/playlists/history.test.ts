import { placements } from '#drizzle/schema/index.ts';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { day, syncPlanId } from '#shared/ids.ts';
import { DAY_ONE, DAY_TWO, openSyncedNetwork } from '#tests/support/network/sync-network.ts';

const ANONYMOUS: Actor = { kind: 'anonymous' };

/** Fifty tracks on day one; on day two the first ten are replaced by ten new ones. The clock is at day two. */
async function startWithTwoDays() {
  const network = await openSyncedNetwork({ template: 'Segue {ThemeTag} {GlobalIndex} {YYYY-MM-DD}' });
  await network.publishDay(DAY_TWO, network.list(10, 50));
  network.clock.set(`${DAY_TWO}T05:00:00Z`);
  await network.sync(DAY_TWO);
  network.spotify.clearRequests();
  return network;
}

describe('the history of a playlist', () => {
  test('shows any day as it was: tracks in order, title, and what was on the account', async () => {
    await using network = await startWithTwoDays();
    const view = await network.as(ANONYMOUS).playlists.history({ index: 1, day: DAY_ONE });
    expect(view.days).toMatchObject([
      { day: DAY_TWO, status: 'published', size: 50, changed: 10, shows: null, onSpotify: 'own' },
      { day: DAY_ONE, status: 'published', size: 50, changed: null, shows: null, onSpotify: 'own' },
    ]);
    expect(view.shown).toMatchObject({
      day: DAY_ONE,
      name: 'Segue Theme 1 1 2026-11-01',
      accounts: [{ account: 'Segue North', name: 'Segue Theme 1 1 2026-11-01', tracks: 50, added: 0, removed: 0 }],
    });
    expect(view.shown?.tracks.map(({ uri }) => uri)).toEqual(network.urisOf(network.list(0, 50)));
    expect((await network.as(ANONYMOUS).playlists.history({ index: 1 })).shown?.day).toBe(DAY_TWO);
  });

  test('compares two days line by line', async () => {
    await using network = await startWithTwoDays();
    const diff = await network.as(ANONYMOUS).playlists.diffDays({ index: 1, from: DAY_ONE, to: DAY_TWO });
    expect(diff).toMatchObject({ adds: 10, removes: 10, moves: 0, keeps: 40 });
    expect(diff.lines.find(({ kind }) => kind === 'add')?.track).toMatchObject({ artists: ['Ida Sound'] });
  });

  test('rolls back to an earlier day with a plan: previewed, applied by its hash, with a receipt; and ends the rollback', async () => {
    await using network = await startWithTwoDays();
    const preview = await network.admin.playlistAdmin.playlists.previewRollback({ index: 1, showsDay: DAY_ONE });
    expect(preview).toMatchObject({ adds: 10, removes: 10, keeps: 40, summary: expect.stringContaining('even if you end the rollback') });
    expect(network.writes()).toEqual([]);
    await expect(network.admin.playlistAdmin.playlists.rollBack({ index: 1, showsDay: DAY_ONE, hash: 'a'.repeat(64) })).rejects.toMatchObject({
      code: 'CONFLICT',
    });

    const { plans } = await network.admin.playlistAdmin.playlists.rollBack({
      index: 1,
      showsDay: DAY_ONE,
      hash: preview.hash,
      reason: 'The new ones were wrong.',
    });
    expect(plans).toMatchObject([{ shows: DAY_ONE, adds: 10, removes: 10 }]);
    const whole = await network.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
    expect(whole.dryRun?.body.risks).toContainEqual({
      level: 'some',
      says: expect.stringMatching(/^1 playlist was rolled back to an earlier day’s list/),
    });
    expect(network.writes()).toEqual([]);
    await network.admin.playlistAdmin.sync.applyOne({ planId: syncPlanId.parse(plans[0]?.id), hash: plans[0]?.hash ?? '' });
    expect(network.shown()).toEqual([network.urisOf(network.list(0, 50))]);
    // The description on Spotify says so and promises nothing; the repeated tracks start their repeat window on that day.
    expect(network.spotify.playlists()[0]?.description).toMatch(/^50 tracks, the list of 2026-11-01\. .*segue:/);
    const lastDays = async (from: number) => {
      const rows = await network.deps.db
        .select()
        .from(placements)
        .where(eq(placements.recordingId, network.tracks[from]?.recordingId ?? (0 as never)));
      return rows.map(({ lastDay }) => lastDay);
    };
    expect(await lastDays(0)).toEqual([DAY_TWO]);
    expect((await network.as(ANONYMOUS).playlists.playlist({ index: 1 })).shows).toBe(DAY_ONE);
    expect((await network.as(ANONYMOUS).playlists.history({ index: 1 })).shown?.description).toMatch(/the list of 2026-11-01/);
    // The schedule does not change it.
    expect(await network.sync(DAY_TWO)).toMatchObject({ unchanged: 1 });
    expect((await network.as(ANONYMOUS).playlists.history({ index: 1 })).shown).toMatchObject({ day: DAY_TWO, shows: DAY_ONE });

    const ended = await network.admin.playlistAdmin.playlists.endRollback({ index: 1 });
    expect(ended.plans).toMatchObject([{ shows: null, adds: 10 }]);
    expect(await network.sync(DAY_TWO)).toMatchObject({ applied: 1 });
    expect(network.shown()).toEqual([network.urisOf(network.list(10, 50))]);
  });

  test('shows the trends of a playlist: its pool, its artists, and how soon anything repeated', async () => {
    await using network = await startWithTwoDays();
    await network.deps.db.execute(sql`update playlist_entries_history set reasons = jsonb_set(reasons, '{lastUsedOn}', '"2026-10-02"')
      where batch_tag = ${DAY_TWO}::date and position <= 3`);
    // Credits count from one; this seed counts from zero.
    await network.deps.db.execute(sql`update track_artists set position = 1`);
    const view = await network.as(ANONYMOUS).playlists.trends({ index: 1 });
    expect(view.days).toMatchObject([
      { day: DAY_ONE, size: 50, artists: 1, mostByOne: 50 },
      { day: DAY_TWO, size: 50, artists: 1, mostByOne: 50 },
    ]);
    expect(view.repeatDistances).toEqual([{ distance: 31, recordings: 3 }]);
    await expect(network.as(ANONYMOUS).playlists.trends({ index: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('refuses days that do not exist or are not earlier, and anonymous visitors who try to change something', async () => {
    await using network = await startWithTwoDays();
    await expect(network.admin.playlistAdmin.playlists.previewRollback({ index: 1, showsDay: DAY_TWO })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(network.admin.playlistAdmin.playlists.previewRollback({ index: 1, showsDay: '2026-10-01' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(network.as(ANONYMOUS).playlists.history({ index: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const hash = 'a'.repeat(64);
    for (const query of [
      network.as(ANONYMOUS).playlistAdmin.playlists.previewRollback({ index: 1, showsDay: DAY_ONE }),
      network.as(ANONYMOUS).playlistAdmin.playlists.rollBack({ index: 1, showsDay: DAY_ONE, hash }),
      network.as(ANONYMOUS).playlistAdmin.playlists.endRollback({ index: 1 }),
    ])
      await expect(query).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});
