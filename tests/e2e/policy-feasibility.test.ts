import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, openScreens, signIn } from './screens-app.ts';
import type { Screens } from './screens-app.ts';

let screens: Screens;

beforeAll(async () => {
  screens = await openScreens();
}, 300_000);

afterAll(() => screens[Symbol.asyncDispose]());

const verdict = (page: Page) => page.getByRole('region', { name: 'Feasibility' });

/** Collects every text that the feasibility panel shows from now on. */
async function recordTexts(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`
    window.shownTexts = [];
    const panel = document.querySelector('section[aria-label="Feasibility"]');
    new MutationObserver(() => window.shownTexts.push(panel.textContent)).observe(panel, { subtree: true, childList: true, characterData: true });
  `);
  return () => page.evaluate<string[]>('window.shownTexts');
}

test('a policy that needs too much gets its first answer, then a nearest policy that one press applies; its check shows the day it is at', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/policies/new?from=everything');
  await page.getByLabel('Name', { exact: true }).fill('Too much');
  await page.getByLabel('Applies to').selectOption('playlist');
  await page.getByLabel('Maximum per artist').fill('40');
  await page.getByLabel('Maximum per album').fill('40');
  await page.getByLabel('List length').fill('40');
  await page.getByLabel('Repeat window').fill('25');
  await verdict(page)
    .getByText(/Music runs out/)
    .waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Save policy…' }).isDisabled()).toBe(true);
  const use = verdict(page).getByRole('button', { name: /^Use \d+ tracks?, \d+ days?/ });
  await use.waitFor();
  const [, size, days] = /^Use (\d+) tracks?, (\d+) days?/.exec((await use.textContent()) ?? '') ?? [];
  const texts = await recordTexts(page);
  await use.click();
  expect(await page.getByLabel('List length').inputValue()).toBe(size);
  expect(await page.getByLabel('Repeat window').inputValue()).toBe(days);
  await verdict(page)
    .getByText(/Always enough|Enough music for the next 90 days/)
    .waitFor();
  expect((await texts()).filter((text) => /Checking day \d+ of 90/.test(text)).length).toBeGreaterThan(0);
  await expect.poll(() => page.getByRole('button', { name: 'Save policy…' }).isEnabled()).toBe(true);
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('leaving the editor ends the check', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'dark' });
  const { page } = tab;
  const { feasibilityThreads } = screens.app.deps.caches;
  await signIn(page, '/admin/policies/new?from=everything');
  await page.getByLabel('List length').fill('39');
  await page.getByLabel('Repeat window').fill('24');
  await expect.poll(() => feasibilityThreads.activeCount, { timeout: 60_000 }).toBe(1);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('about:blank');
  await expect.poll(() => feasibilityThreads.activeCount, { timeout: 60_000 }).toBe(0);
}, 300_000);
