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

/** Accessibility violations found by axe-core, of any impact. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.parse(JSON.stringify(result.violations)))`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
const scrollsSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
const verdict = (page: Page) => page.getByRole('region', { name: 'Feasibility' });

/** Waits until the draft has counts, a preview and a feasibility result. */
async function resultsShown(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Preview' }).waitFor();
  await page.waitForFunction(() => !document.querySelector('[data-stale]'));
  await verdict(page)
    .getByText(/Always enough|Enough music|runs out|Not enough/)
    .waitFor();
}

/** Presses a button by keyboard as soon as all results are current and it is enabled. */
async function pressWhenReady(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await page.waitForFunction(() => !document.querySelector('[data-stale]'));
  await expect.poll(() => button.isEnabled()).toBe(true);
  await button.focus();
  await page.keyboard.press('Enter');
}

test('by keyboard alone a policy is built, gets a conflict, is fixed and saved, and a second version shows its differences', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  const { keyboard } = page;
  await signIn(page, '/admin/policies/new?from=everything');
  await page.getByLabel('Name', { exact: true }).focus();
  await keyboard.press('Control+A');
  await keyboard.type('Slow mornings');
  await page.getByRole('button', { name: 'Add rule', exact: true }).focus();
  await keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Field');
  await keyboard.type('Tempo');
  await keyboard.press('Tab');
  await keyboard.type('is at most');
  const rule = page.getByRole('group', { name: /^Tempo at most/ });
  await rule.getByLabel('Value', { exact: true }).focus();
  await keyboard.press('Control+A');
  await keyboard.type('180');
  await resultsShown(page);
  await rule.getByText(/^\d+/).first().waitFor();
  expect(await axeViolations(page)).toEqual([]);

  await page.getByLabel('List length').focus();
  await keyboard.press('Control+A');
  await keyboard.type('500');
  await verdict(page).getByText('Not enough music for a single day.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Save policy…' }).isDisabled()).toBe(true);
  const members = verdict(page).getByRole('button');
  await members
    .filter({ hasText: /500 tracks/ })
    .first()
    .focus();
  await keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('[data-path="size"]') !== null);
  await keyboard.press('Control+A');
  await keyboard.type('12');
  await page.getByLabel('Repeat window').focus();
  await keyboard.press('Control+A');
  await keyboard.type('2');
  await page.getByLabel('Applies to').focus();
  await keyboard.type('This playlist');
  await verdict(page)
    .getByText(/Always enough|Enough music/)
    .waitFor();
  await pressWhenReady(page, 'Save policy…');
  await page.getByRole('dialog').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await pressWhenReady(page, 'Save policy');
  await page.getByRole('heading', { name: '“Slow mornings” is saved.' }).waitFor();

  await page.getByRole('link', { name: 'Edit' }).focus();
  await keyboard.press('Enter');
  await page.getByLabel('Maximum per artist').focus();
  await keyboard.press('Control+A');
  await keyboard.type('3');
  await page.getByText('1 unsaved change since version 1.').waitFor();
  await resultsShown(page);
  await pressWhenReady(page, 'Save as version 2…');
  await page.getByRole('dialog').getByText('Maximum tracks per artist').waitFor();
  await pressWhenReady(page, 'Save version 2');
  await page.getByRole('heading', { name: 'Version 2 is saved.' }).waitFor();
  await page.getByRole('heading', { name: 'Version 1' }).waitFor();
  await page.locator('main').getByText('Maximum tracks per artist').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('rules are wrapped, moved, removed and restored by keyboard, and the focus stays on the rule', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'dark' });
  const { page } = tab;
  const { keyboard } = page;
  await signIn(page, '/admin/policies/new?from=feel-good-hits');
  const rules = page.getByRole('group', { name: /^(Popularity|Valence)/ });
  await rules.first().getByLabel('Field').focus();
  await keyboard.press('Alt+ArrowDown');
  await expect.poll(() => rules.first().getAttribute('aria-label')).toMatch(/^Valence/);
  await page.waitForFunction(() => document.activeElement?.closest('[data-path="pool.all.1"]') !== null);
  await page.getByRole('button', { name: /^Change Popularity/ }).focus();
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Add “not”' }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('group', { name: 'Not: Popularity at least 55', exact: true }).waitFor();
  await page.getByRole('button', { name: /^Change Not/ }).focus();
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Remove', exact: true }).waitFor();
  await keyboard.press('End');
  await keyboard.press('Enter');
  await expect.poll(() => rules.count()).toBe(1);
  await page.waitForFunction(() => document.activeElement?.closest('[data-path="pool.all.0"]') !== null);
  await keyboard.press('Control+z');
  await page.getByRole('group', { name: 'Not: Popularity at least 55', exact: true }).waitFor();
  expect(tab.complaints).toEqual([]);
});

test('switching to JSON and back keeps the text unchanged, also when it is invalid and after a reload', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/policies/new?from=gym');
  await page.getByRole('radio', { name: 'JSON' }).check();
  const area = page.getByLabel('Policy JSON');
  const printed = await area.inputValue();
  await page.getByRole('radio', { name: 'Builder' }).check();
  await page.getByRole('radio', { name: 'JSON' }).check();
  await expect.poll(() => area.inputValue()).toBe(printed);

  const text = `  { "version" : 1,\n\n  "pool": {"all": [ {"field":"energy","op":"gte","value":0.25} ]} }`;
  await area.fill(text);
  await page.getByRole('radio', { name: 'Builder' }).check();
  await page.getByRole('group', { name: 'Energy at least 0.25', exact: true }).waitFor();
  await page.getByRole('radio', { name: 'JSON' }).check();
  await expect.poll(() => area.inputValue()).toBe(text);

  await area.fill(text.replace('"gte"', '"more"'));
  await page.getByRole('button', { name: 'Line 3' }).waitFor();
  const invalid = text.replace(' ]}', ' ]');
  await area.fill(invalid);
  await page.getByText('The JSON is invalid.').waitFor();
  await page.getByRole('radio', { name: 'Builder' }).check();
  await page.getByText('JSON error on line 3.').waitFor();
  await expect.poll(() => page.getByLabel('List length').isDisabled()).toBe(true);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole('radio', { name: 'JSON' }).check();
  await expect.poll(() => area.inputValue()).toBe(invalid);
  expect(tab.complaints).toEqual([]);
});

test('unsaved changes are reported before leaving, and are still there on return', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/policies/new?from=everything');
  await page.getByLabel('List length').fill('95');
  await page.getByRole('navigation', { name: 'Operate' }).getByRole('link', { name: 'Jobs' }).click();
  await page.getByRole('dialog').getByText('Your draft stays in this browser').waitFor();
  await page.getByRole('button', { name: 'Leave page' }).click();
  await page.waitForURL('**/admin/jobs');
  await page.goto('/admin/policies/new?from=everything');
  await expect.poll(() => page.getByLabel('List length').inputValue()).toBe('95');
  expect(tab.complaints).toEqual([]);
});

test('two versions are simulated side by side, and the result is available at its address', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  const body = { version: 1, pool: { all: [] }, size: 12, rest: { days: 3, scope: 'playlist' } };
  const one = await screens.app.admin.playlistAdmin.policies.create({ name: 'Twelve a day', body });
  const other = await screens.app.admin.playlistAdmin.policies.create({ name: 'Twelve a day', body: { ...body, turnover: 0.5 }, familyId: one.id });
  await signIn(page, `/admin/policies/simulation?a=${one.id}&b=${other.id}`);
  await page.getByLabel('Days to simulate', { exact: true }).fill('7');
  await page.getByRole('button', { name: 'Simulate 7 days' }).click();
  await page.waitForURL(/run=/);
  await page.getByRole('progressbar', { name: 'Days simulated' }).waitFor();
  await screens.app.runJobs();
  const result = page.getByRole('region', { name: 'Simulation' });
  await result.getByRole('columnheader', { name: 'Twelve a day, version 2' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const scrub = result.getByRole('slider', { name: /^New since the day before/ });
  await scrub.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => scrub.getAttribute('aria-valuetext')).toMatch(/version 1 100%, Twelve a day, version 2 \d+%/);
  await page.reload();
  await result.getByRole('button', { name: 'Artist variety as a table' }).click();
  await expect.poll(() => result.getByRole('table', { name: 'Artist variety' }).getByRole('row').count()).toBe(8);
  expect(await axeViolations(page)).toEqual([]);
  expect(tab.complaints).toEqual([]);
});

test.each([
  { width: 390, theme: 'dark' },
  { width: 320, theme: 'light' },
] as const)(
  'at $width px the editor is one column with a switch between rules and preview, does not scroll sideways, and is accessible',
  async (look) => {
    await using tab = await openPage(screens, look);
    const { page } = tab;
    await signIn(page, '/admin/policies');
    await page.getByRole('link', { name: 'Decades mix' }).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    await page.goto('/admin/policies/new?from=decades-mix');
    await page.getByRole('button', { name: 'Blocks' }).waitFor();
    const closed = page.locator('h2 > button[aria-expanded="false"]');
    while ((await closed.count()) > 0) await closed.first().click();
    expect(await scrollsSideways(page)).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Results' }).check();
    await verdict(page).waitFor({ state: 'visible' });
    await expect.poll(() => page.getByLabel('List length').isVisible()).toBe(false);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    expect(tab.complaints).toEqual([]);
  },
  300_000,
);
