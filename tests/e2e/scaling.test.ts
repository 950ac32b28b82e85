import { SYSTEM } from '#server/actor.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import axe from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, openScreens, signIn } from './screens-app.ts';
import type { Screens } from './screens-app.ts';

let screens: Screens;

/** A network whose catalog can fill two more playlists, by a policy with a one-day repeat window. */
beforeAll(async () => {
  screens = await openScreens();
  const { admin } = screens.app;
  const body = { version: 1, pool: { all: [] }, size: 12, rest: { days: 1, scope: 'policy' } };
  const { id } = await createPolicy({ ...screens.app.deps, provePolicy }, SYSTEM, { name: 'Short repeat window', body });
  await admin.playlistAdmin.playlists.create({ themeTag: 'Morning', policyId: id });
  const scaling = { ...DEFAULT_NETWORK_SETTINGS.scaling, tracksPerPlaylist: 12, restDays: 1, maxTotalPlaylists: 6 };
  await admin.playlistAdmin.scaling.saveSettings({ ...DEFAULT_NETWORK_SETTINGS, scaling });
}, 300_000);

afterAll(() => screens[Symbol.asyncDispose]());

test('a playlist that a plan adds can be named in advance, with a unique name, and is created with it', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/scaling');
  await page.getByRole('button', { name: 'Calculate plan' }).click();
  await page.getByRole('heading', { name: 'Four playlists, with enough music for two more.' }).waitFor();
  await page.getByRole('button', { name: 'Rename Morning 2' }).click();
  const name = page.getByLabel('Name of the new playlist');
  await name.fill('blue hour');
  await name.press('Enter');
  await page.getByText('There is already a playlist named “blue hour”.').waitFor();
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
  await page.evaluate(axe.source);
  expect(await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id }) => id))`)).toEqual(
    [],
  );
  await name.fill('First Light');
  await name.press('Enter');
  await page.getByRole('button', { name: 'Rename First Light' }).waitFor();
  await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
  await page.getByText(/playlists added/).waitFor();
  expect((await screens.app.admin.playlistAdmin.playlists.list()).map((row) => row.themeTag).slice(-2)).toEqual(['First Light', 'Morning 3']);
  // The browser logs the expected 400 of the refused name.
  expect(tab.complaints.filter((line) => !line.includes('400'))).toEqual([]);
});

test('invalid numbers are refused at their field, by browser and server, and nothing is saved', async () => {
  await using tab = await openPage(screens, { width: 390, theme: 'dark' });
  const { page } = tab;
  const before = (await screens.app.admin.playlistAdmin.scaling.view()).settings;
  await signIn(page, '/admin/scaling');
  const keep = page.getByRole('button', { name: 'Save settings' });
  await page.getByLabel('Repeat window (days)').fill('731');
  await page.getByLabel('Auto-apply limit (%)').fill('-1');
  await page.getByLabel('Accounts per playlist').fill('2.5');
  await keep.click();
  for (const message of [
    'Enter a whole number from 1 to 730, or leave it empty.',
    'Enter a percentage from 0 to 100.',
    'Enter a whole number from 1 to 10.',
  ])
    await page.getByText(message).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('restDays');
  await page.reload();
  await page.getByLabel('Minimum playlists').fill('9');
  await keep.click();
  await page.getByText('The minimum of 9 playlists is above the maximum of 6.').waitFor();
  await expect.poll(() => page.getByLabel('Minimum playlists').getAttribute('aria-invalid')).toBe('true');
  expect((await screens.app.admin.playlistAdmin.scaling.view()).settings).toEqual(before);
});
