import axe from 'axe-core';
import { unzipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '#tests/support/chromium.ts';
import { DIRECT, QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { currentInstant, openPage, signIn } from './screens-app.ts';

const DAY_MS = 864e5;

/** An app with a week of renders of three people, some of them refused, and a browser. */
async function openUsage() {
  const web = await buildWeb();
  // Late enough that a week lies in one month.
  const today = await currentInstant();
  const now = Math.max(Date.parse(today), Date.parse(`${today.slice(0, 7)}-10T12:00:00Z`));
  const app = await startStudioApp({
    at: new Date(now - 7 * DAY_MS).toISOString(),
    http: true,
    webRoot: web.folder,
    studio: { rendersPerMonth: 10, usdMicrosPerMonth: 500_000 },
    vendor: { script: (count) => (count % 6 === 5 ? 'refuse' : 'draw') },
  });
  const people = await Promise.all(['Ada', 'Ben', 'Cleo'].map((name) => app.person(name)));
  for (let day = 7; day >= 0; day -= 1) {
    app.clock.set(new Date(now - day * DAY_MS).toISOString());
    const caller = people[day % 3];
    if (!caller) continue;
    await caller.generation.studio.request({ ...(day % 2 === 0 ? QUEUED : DIRECT), values: { prompt: `a wish of day ${day}` } });
    await app.admin.generation.studio.request({ ...QUEUED, values: { prompt: 'a boat' } });
    await app.runJobs();
  }
  const browser = await launchChromium();
  return {
    app,
    browser,
    people,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await app[Symbol.asyncDispose]();
      web.remove();
    },
  };
}

let usage: Awaited<ReturnType<typeof openUsage>>;
beforeAll(async () => {
  usage = await openUsage();
}, 300_000);
afterAll(() => usage[Symbol.asyncDispose]());

async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map((one) => one.html).join(' | ').slice(0, 600)))`,
  );
  expect(violations, where).toEqual([]);
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(isWider, `${where} scrolls sideways`).toBe(false);
}

test('the operator reads the month, changes a limit, suspends a person and brings them back, and reads a refused prompt, which is recorded', async () => {
  await using tab = await openPage(usage, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/admin/usage');
  await page.getByRole('heading', { level: 1, name: /^\w+ will cost about \$\d+\.\d\d\.$/ }).waitFor();
  await page.getByRole('button', { name: 'Cost up to each day as a table' }).click();
  await page.getByRole('region', { name: 'Cost up to each day, as a table' }).getByRole('row').nth(3).waitFor();
  await expectAccessible(page, 'usage');

  await page.getByRole('button', { name: 'Change Ben' }).click();
  const change = page.getByRole('dialog', { name: 'Change Ben' });
  await change.getByLabel('Pictures a month').fill('1');
  await expectAccessible(page, 'person dialog');
  await change.getByRole('button', { name: 'Save person' }).click();
  await page.getByRole('link', { name: 'Ben has reached a limit' }).waitFor();

  await page.getByRole('button', { name: 'Change Ada' }).click();
  await page.getByRole('button', { name: 'Suspend…' }).click();
  const suspend = page.getByRole('dialog', { name: 'Suspend Ada?' });
  await suspend.getByText('No render is waiting.').waitFor();
  await suspend.getByRole('button', { name: 'Suspend person' }).click();
  await page.getByRole('button', { name: 'Reinstate Ada' }).click();
  await page.getByRole('button', { name: 'Change Ada' }).waitFor();

  expect(await page.content()).not.toContain('a wish of day');
  await page
    .getByRole('button', { name: /^Show prompts: Content/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('blockquote').first().waitFor();
  await expectAccessible(page, 'refused prompts');
  await page.keyboard.press('Escape');

  await page.getByLabel('Person', { exact: true }).selectOption('Ben');
  await page.waitForURL(/person=/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(tab.complaints).toEqual([]);
  await using phone = await openPage(usage, { width: 390, theme: 'dark', motion: 'reduce' });
  await signIn(phone.page, '/admin/usage');
  await phone.page.getByRole('heading', { name: 'People and limits' }).waitFor();
  await expectAccessible(phone.page, 'usage on a phone');
  expect(phone.complaints).toEqual([]);
}, 300_000);

test('several pictures are shared and downloaded together from the library', async () => {
  await using tab = await openPage(usage, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/library');
  const tiles = page.getByRole('list', { name: 'Pictures and videos' }).getByRole('listitem');
  await tiles.first().getByRole('button').focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowRight');
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByRole('button', { name: 'Share…' }).click();
  const share = page.getByRole('dialog', { name: 'Share 2 files' });
  await share.getByRole('radio', { name: /^Public/ }).check();
  await share.getByRole('link', { name: 'Your public page' }).waitFor();
  expect((await share.getByRole('textbox', { name: 'Addresses' }).inputValue()).split('\n')).toHaveLength(2);
  await expectAccessible(page, 'share several');
  await page.keyboard.press('Escape');
  await bar.getByRole('button', { name: 'Download…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download 2 files?' });
  await expectAccessible(page, 'download dialog');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download 2 files' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^segue-.+\.zip$/);
  expect(Object.keys(unzipSync(await readFile(await file.path())))).toEqual([expect.any(String), expect.any(String), 'recipes.json']);
  await page.keyboard.press('Escape');
  await page.goto('/makers/operator');
  await page.getByRole('heading', { level: 1, name: 'The operator shows 2 files.' }).waitFor();
  await expectAccessible(page, 'maker page');
  expect(tab.complaints).toEqual([]);
}, 300_000);
