import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, openScreens, signIn } from './screens-app.ts';
import type { Screens } from './screens-app.ts';

let screens: Screens;

beforeAll(async () => {
  screens = await openScreens();
}, 300_000);

afterAll(() => screens[Symbol.asyncDispose]());

async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.parse(JSON.stringify(result.violations)))`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const scrollsSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** Creates a policy with one playlist that uses it. */
async function createUsedPolicy(name: string): Promise<{ familyId: string; path: string }> {
  const body = { version: 1, pool: { all: [] }, size: 12, rest: { days: 2, scope: 'playlist' } };
  const { id } = await screens.app.admin.playlistAdmin.policies.create({ name, body });
  await screens.app.admin.playlistAdmin.playlists.create({ themeTag: name, policyId: id });
  return { familyId: id, path: `/admin/policies/${id}` };
}

const versionsOf = async (familyId: string) =>
  (await screens.app.admin.playlistAdmin.policies.family({ familyId })).versions.map((one) => one.body.turnover);

test('by keyboard a draft is simulated next to the active version without being saved, and is saved from the result', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  const { keyboard } = page;
  const { familyId, path } = await createUsedPolicy('Slow change');
  await signIn(page, path);
  await page.getByRole('button', { name: /^Daily change/ }).focus();
  await keyboard.press('Enter');
  await page.getByRole('slider', { name: 'Share of the list that changes every day' }).focus();
  await keyboard.press('Home');
  const play = page.getByRole('button', { name: 'Simulate…' });
  await expect.poll(() => play.isEnabled()).toBe(true);
  // Outdated results are dimmed until the new ones arrive.
  await page.waitForFunction(() => !document.querySelector('[data-stale]'));
  await play.focus();
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Simulate “Slow change”' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel('Days to simulate', { exact: true }).fill('7');
  await page.getByRole('button', { name: 'Simulate 7 days' }).focus();
  await keyboard.press('Enter');
  await page.waitForURL(/run=/);
  await page.getByRole('progressbar', { name: 'Days simulated' }).waitFor();
  await screens.app.runJobs();
  const result = page.getByRole('region', { name: 'Simulation' });
  await result.getByRole('columnheader', { name: 'Draft' }).waitFor();
  await result.getByRole('rowheader', { name: 'Whole network' }).waitFor();
  const fresh = result.getByRole('slider', { name: /^New since the day before/ });
  await fresh.focus();
  await keyboard.press('ArrowLeft');
  await expect.poll(() => fresh.getAttribute('aria-valuetext')).toMatch(/Current 100%, Draft 0%/);
  expect(await axeViolations(page)).toEqual([]);
  expect(await versionsOf(familyId)).toEqual([1]);

  await page.getByRole('button', { name: 'Save as version 2…' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Share of the list that changes every day').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save version 2' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Version 2 is saved.' }).waitFor();
  expect(await versionsOf(familyId)).toEqual([0, 1]);
  // There is no draft anymore.
  await page.goto(path);
  await page.getByText('No changes since version 2.').waitFor();
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('the draft of a simulation can be edited in another browser; a narrow page does not scroll sideways', async () => {
  await using tab = await openPage(screens, { width: 390, theme: 'dark' });
  const { page } = tab;
  const { familyId } = await createUsedPolicy('Elsewhere');
  const body = { version: 1, pool: { all: [] }, size: 9, rest: { days: 2, scope: 'playlist' } };
  const { id } = await screens.app.admin.playlistAdmin.curation.simulate({
    days: 7,
    variants: [{ name: 'As it is now' }, { name: 'The draft', saveAs: 'Elsewhere', familyId, body }],
  });
  await screens.app.runJobs();
  await signIn(page, `/admin/policies/simulation?run=${id}`);
  await page.getByRole('columnheader', { name: 'The draft' }).waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Edit draft' }).click();
  await page.getByText('1 unsaved change since version 1.').waitFor();
  await expect.poll(() => page.getByLabel('List length').inputValue()).toBe('9');
  expect(tab.complaints).toEqual([]);
}, 300_000);
