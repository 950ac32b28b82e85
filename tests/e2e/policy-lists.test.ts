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

/** Types a value into a field of the form by keyboard. */
async function type(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(value);
}

async function press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const control = page.getByRole(role, { name, exact: typeof name === 'string' });
  await expect.poll(() => control.isEnabled()).toBe(true);
  await control.focus();
  await page.keyboard.press('Enter');
}

test('by keyboard a policy starts from a template, gets a role and a song window, shows its list in pictures with tables, and is saved', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/policies');
  await press(page, 'link', 'The whole catalog');
  await page.getByRole('heading', { name: 'New policy' }).waitFor();
  await type(page, 'Name', 'Warm evenings');
  await type(page, 'List length', '12');
  await type(page, 'Repeat window', '3');
  await page.getByLabel('Applies to').selectOption('playlist');
  await type(page, 'Song window', '5');
  await page.getByLabel('Christmas, New Year and Halloween titles').selectOption('always');
  await page.getByRole('radio', { name: 'Rise' }).focus();
  await page.keyboard.press('Space');
  const closer = page.getByRole('group', { name: 'Closer', exact: true });
  await closer.getByRole('button', { name: 'Add preference for the closer' }).focus();
  await page.keyboard.press('Enter');
  await closer.getByRole('spinbutton', { name: 'Target' }).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('0.95');

  await press(page, 'button', 'Goes with');
  await page.getByRole('group', { name: 'Goes with', exact: true }).getByLabel('Add the last list of a playlist').selectOption('Night Ferry #001');

  const preview = page.getByRole('region', { name: 'Preview' });
  await page.waitForFunction(() => !document.querySelector('[data-stale]'));
  await preview.getByRole('img', { name: /^Mean 0\.\d\d \(target 0\.65\), spread 0\.\d\d \(target 0\.20\)/ }).waitFor();
  await preview.getByRole('img', { name: /^Energy, track 1 to 12/ }).waitFor();
  await preview.getByRole('img', { name: /^Closeness/ }).waitFor();
  await preview.getByRole('slider', { name: /^Spread of energy/ }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => preview.getByRole('slider', { name: /^Spread of energy/ }).getAttribute('aria-valuetext')).toMatch(/Tracks \d+, Target/);
  await press(page, 'button', 'Flow as a table');
  await expect.poll(() => preview.getByRole('table', { name: 'Flow' }).getByRole('row').count()).toBe(13);
  await press(page, 'button', /^Level, day 1 to 30 as a table/);
  await expect
    .poll(() =>
      preview
        .getByRole('table', { name: /^Level/ })
        .getByRole('row')
        .count(),
    )
    .toBe(31);
  expect(await axeViolations(page)).toEqual([]);

  await press(page, 'button', 'Save policy…');
  await page.getByRole('dialog').getByText('Closer: energy around 0.95').waitFor();
  await press(page, 'button', 'Save policy');
  await page.getByRole('heading', { name: '“Warm evenings” is saved.' }).waitFor();
  const saved = (await screens.app.admin.playlistAdmin.policies.list()).find(({ name }) => name === 'Warm evenings');
  expect(saved?.body).toMatchObject({
    version: 2,
    songs: { days: 5 },
    seasonal: 'always',
    flow: { energy: 'rise' },
    goesWith: { seeds: [{ playlistIndex: 1 }] },
  });
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('by keyboard a policy of version 1 is converted after its plan was read: what changes in words, and the list before and after', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'dark' });
  const { page } = tab;
  const { policies, playlists } = screens.app.admin.playlistAdmin;
  const prefer = [{ field: 'energy', toward: 0.5, spread: 0.15, weight: 1 }];
  const { id } = await policies.create({
    name: 'Old way',
    body: { version: 1, pool: { all: [] }, prefer, size: 12, rest: { days: 2, scope: 'playlist' } },
  });
  await playlists.create({ themeTag: 'Old way', policyId: id });
  await signIn(page, `/admin/policies/${id}`);
  await page.getByText('each track is scored alone').waitFor();
  await press(page, 'link', 'See what a conversion would change');
  await page.getByText('as a whole, by mean and spread').waitFor();
  await page.getByText('The list has a mean of 0.50 and a standard deviation of 0.15').waitFor();
  const [before, after] = [page.getByRole('region', { name: 'Before: 12 tracks' }), page.getByRole('region', { name: 'After: 12 tracks' })];
  await before.getByRole('img', { name: /^Mean/ }).waitFor();
  await after.getByRole('img', { name: /^Mean/ }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await scrollsSideways(page)).toBe(false);
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  // Somebody else saves a version in the meantime: the plan is refused, and a new one is made.
  const body = { version: 1, pool: { all: [] }, prefer, size: 13, rest: { days: 2, scope: 'playlist' } };
  await policies.create({ name: 'Old way', body, familyId: id });
  await press(page, 'button', 'Save as version 2');
  await page.getByText('“Old way” was changed since this plan was made.').waitFor();
  await page.reload();
  await page.getByRole('region', { name: 'After: 13 tracks' }).waitFor();
  await press(page, 'button', 'Save as version 3');
  await page.getByRole('heading', { name: 'Version 3 is saved.' }).waitFor();
  await page.getByText('1 playlist still follows another version.').waitFor();
  await page.locator('main').getByText('as a whole, by mean and spread').waitFor();
  expect((await policies.family({ familyId: id })).versions.map((one) => one.body.version)).toEqual([2, 1, 1]);
  await press(page, 'link', 'Edit');
  await page.getByRole('button', { name: 'Preferences' }).waitFor();
  expect(await page.getByText('each track is scored alone').count()).toBe(0);
  // The refused request is an error of the browser's console, too.
  expect(tab.complaints.filter((text) => !text.includes('409'))).toEqual([]);
}, 300_000);
