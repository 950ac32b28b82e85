import { listReplicasOf } from '#server/repos/sync/replicas.ts';
import { markPoolAlive } from '#server/repos/operations/worker-heartbeats.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import { accountId } from '#shared/ids.ts';
import axe from 'axe-core';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, openScreens, signIn } from './screens-app.ts';
import type { Screens } from './screens-app.ts';

let screens: Screens;

beforeAll(async () => {
  screens = await openScreens();
}, 300_000);

afterAll(() => screens[Symbol.asyncDispose]());

/** Accessibility violations found by axe-core, of any impact. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id }) => id))`);
}

test('an approved day is shown as queued, cannot be applied twice, and is then written', async () => {
  const { app } = screens;
  await app.admin.playlistAdmin.scaling.saveSettings({
    ...DEFAULT_NETWORK_SETTINGS,
    sync: { ...DEFAULT_NETWORK_SETTINGS.sync, createsADay: 0 },
  });
  await app.admin.operations.jobs.run({ task: 'sync-playlists' });
  await app.runJobs();
  await using tab = await openPage(screens, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/admin/sync');
  await page.getByRole('button', { name: 'Approve and apply to 2 playlists' }).click();
  await page.getByText('The approved sync waits for a worker. None is running.').waitFor();
  await markPoolAlive(app.deps.db, { poolId: 'pool', bootId: randomUUID(), processId: 1 });
  await page.getByText('The approved sync is next in the queue.').waitFor();
  await page.getByRole('heading', { name: 'Two playlists still to be applied.' }).waitFor();
  expect(await page.getByRole('button', { name: /^Apply to/ }).count()).toBe(0);
  expect(await axeViolations(page)).toEqual([]);
  await app.runJobs();
  await page.getByRole('heading', { name: 'All 2 playlists are applied and verified.' }).waitFor();
  await page.getByText('The approved sync').waitFor({ state: 'detached' });
  expect(tab.complaints).toEqual([]);
}, 120_000);

test('all duplicate playlists are removed at once after a preview, and leave a receipt', async () => {
  const { app } = screens;
  await app.admin.playlistAdmin.scaling.saveSettings(DEFAULT_NETWORK_SETTINGS);
  await app.admin.operations.jobs.run({ task: 'sync-playlists' });
  await app.runJobs();
  const [account] = await app.admin.playlistAdmin.accounts.list();
  const replicas = await listReplicasOf(app.deps.db, accountId.parse(account?.id));
  const ours = app.spotify.playlists().find(({ id }) => replicas.some((replica) => replica.spotifyPlaylistId === id));
  for (const name of ['Twin one', 'Twin two', 'Twin three']) {
    app.spotify.addPlaylist('segue-north', { name, description: ours?.description ?? '' });
  }
  await app.admin.operations.jobs.run({ task: 'reconcile-playlists' });
  await app.runJobs();
  await using tab = await openPage(screens, { width: 390, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/admin/sync');
  await page.getByRole('button', { name: 'Remove all 3…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Remove 3 playlists from their accounts?' });
  await dialog.getByText('Twin two').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove 3 playlists' }).press('Enter');
  await page.getByRole('heading', { name: '3 playlists removed' }).waitFor();
  await page.getByText(/under “Recover playlists”/).waitFor();
  await page.getByRole('heading', { name: 'Spotify and Segue match again' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  expect(await app.admin.playlistAdmin.sync.findings()).toEqual([]);
  await page.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await page.getByRole('heading', { name: 'Spotify and Segue match again' }).waitFor({ state: 'detached' });
  expect(tab.complaints).toEqual([]);
}, 120_000);

test('all failed jobs are retried at once by keyboard, and their number is shown', async () => {
  const { app } = screens;
  for (const key of ['one', 'two']) {
    await app.deps.db.execute(sql`select graphile_worker.add_job('watch-network', '{}', job_key := ${key}, max_attempts := 1)`);
  }
  await app.deps.db.execute(sql`update graphile_worker._private_jobs set attempts = 1`);
  await using tab = await openPage(screens, { width: 1440, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/admin/jobs');
  const all = page.getByRole('button', { name: 'Retry all 2' });
  await all.waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await all.press('Enter');
  await page.getByText('2 jobs queued again.').waitFor();
  await page.getByRole('heading', { name: 'Failed jobs' }).waitFor({ state: 'detached' });
  expect((await app.admin.operations.jobs.schedule()).failedJobs).toEqual([]);
  expect(tab.complaints).toEqual([]);
}, 120_000);
