import axe from 'axe-core';
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '#tests/support/chromium.ts';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { currentInstant, openPage, signIn } from './screens-app.ts';

const DAY_MS = 864e5;

/** An app with four pictures of the operator, and a browser. */
async function openLibrary() {
  const web = await buildWeb();
  const pictures = await Promise.all(
    ['#31406f', '#d8402b', '#3c8f76', '#f3c430'].map((background) =>
      sharp({ create: { width: 480, height: 320, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const app = await startStudioApp({ at: await currentInstant(), http: true, webRoot: web.folder, vendor: { pictures } });
  for (const prompt of ['a fox beside a night bus', 'a lighthouse at night', 'umbrellas from above', 'a kiosk'])
    await app.admin.generation.studio.request({ model: 'fal-z-image-turbo', values: { prompt } });
  await app.runJobs();
  const browser = await launchChromium();
  return {
    app,
    browser,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await app[Symbol.asyncDispose]();
      web.remove();
    },
  };
}

let library: Awaited<ReturnType<typeof openLibrary>>;
beforeAll(async () => {
  library = await openLibrary();
}, 300_000);
afterAll(() => library[Symbol.asyncDispose]());

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const tiles = (page: Page) => page.getByRole('list', { name: 'Pictures and videos' }).getByRole('listitem');

async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map((one) => one.html).join(' | ').slice(0, 600)))`,
  );
  expect(violations, where).toEqual([]);
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(isWider, `${where} scrolls sideways`).toBe(false);
}

test('a picture is found, starred, remixed, downloaded, deleted, restored, and opened by a stranger through a short link until it ends', async () => {
  await using tab = await openPage(library, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/library');
  await title(page, '4 files in your library.');
  await expectAccessible(page, 'library');
  await page.getByLabel('Search prompts').fill('night fox');
  await title(page, '1 file matches “night fox”.');
  const fox = tiles(page).getByRole('button', { name: /^a fox beside/ });
  await fox.focus();
  await page.keyboard.press('s');
  await tiles(page).getByRole('button', { name: 'a fox beside a night bus (starred)' }).waitFor();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Chosen picture' });
  await panel.getByRole('heading', { name: 'a fox beside a night bus' }).waitFor();

  await panel.getByRole('button', { name: 'Remix' }).click();
  const remix = page.getByRole('dialog', { name: 'Remix' });
  await remix.getByLabel('Model').selectOption('stability-core');
  await remix.getByLabel('Prompt').fill('a fox beside a night train');
  await remix.getByRole('button', { name: 'Render · $0.030' }).click();
  await remix.waitFor({ state: 'hidden' });
  await library.app.runJobs();
  await page.getByLabel('Search prompts').fill('train');
  await title(page, '1 file matches “train”.');
  await page.getByLabel('Search prompts').fill('bus');
  await title(page, '1 file matches “bus”.');

  const download = page.waitForEvent('download');
  await panel.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/^segue-[0-9a-f]{8}\.png$/);

  await panel.getByRole('button', { name: 'Share…' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await share.getByRole('radio', { name: /^By link/ }).check();
  await share.getByLabel('Short link', { exact: true }).selectOption('1');
  await share.getByRole('button', { name: 'Create short link' }).click();
  const address = await share.getByText(/\/s\/[\w-]{12}$/).textContent();
  await expectAccessible(page, 'share dialog');
  await page.keyboard.press('Escape');

  await panel.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 1 file?' });
  await dialog.getByText('1 short link will stop working.').waitFor();
  await dialog.getByRole('button', { name: 'Delete 1 file' }).click();
  await title(page, 'No files match “bus”.');
  const closed = await fetch(address!, { redirect: 'manual', headers: { accept: 'text/html' } });
  expect([closed.status, (await closed.text()).includes('What this short link led to was deleted.')]).toEqual([410, true]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await title(page, '1 file matches “bus”.');

  await using other = await openPage(library, { width: 390, theme: 'dark', motion: 'reduce' });
  expect((await other.page.goto(address!))?.status()).toBe(200);
  await other.page.getByRole('img', { name: /^Shared picture, made on/ }).waitFor();
  await expectAccessible(other.page, 'shared page');
  expect(await other.page.content()).not.toContain('a fox');
  library.app.clock.set(new Date(library.app.clock.now().getTime() + DAY_MS + 60_000).toISOString());
  expect((await other.page.goto(address!))?.status()).toBe(410);
  await other.page.getByText('This short link has expired.').waitFor();
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('with the keyboard alone several are selected, compared, collected, deleted and restored', async () => {
  await using tab = await openPage(library, { width: 1440, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/library');
  await tiles(page).first().getByRole('button').focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
  await page.getByRole('dialog', { name: 'Compare' }).getByText('Prompt').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add to collection…' }).first().press('Enter');
  const collect = page.getByRole('dialog', { name: 'Add to a collection' });
  await collect.getByLabel('Name').fill('After dark');
  await collect.getByRole('button', { name: 'Add 2 files' }).press('Enter');
  await collect.waitFor({ state: 'hidden' });
  await page.getByLabel('Collection', { exact: true }).selectOption({ label: 'After dark (2)' });
  await title(page, '2 files match.');
  await tiles(page).first().getByRole('button').focus();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete 1 file?' });
  await dialog.getByText('The collection “After dark” will not show it.').waitFor();
  await dialog.getByRole('button', { name: 'Delete 1 file' }).press('Enter');
  await title(page, '1 file matches.');
  await page.getByRole('button', { name: 'Recently deleted' }).press('Enter');
  await page.getByRole('button', { name: /^Remove the filter/ }).press('Enter');
  await title(page, '1 file can be restored.');
  await expectAccessible(page, 'recently deleted');
  await tiles(page).first().getByRole('button').focus();
  await page.keyboard.press(' ');
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Restore' }).press('Enter');
  await title(page, 'No files can be restored.');
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('ten thousand files scroll with a few in the page at a time, also on a phone', async () => {
  const { id } = (await library.app.admin.generation.assets.list({ limit: 1 })).items[0]!;
  await library.app.deps.db.execute(sql`
    insert into assets (id, sha256, media_type, bytes, width, height, origin, prompt, thumbhash, created_at)
    select gen_random_uuid(), sha256, media_type, bytes, 400 + 40 * (n % 13), 400, 'upload', 'many ' || n, thumbhash, created_at - n * interval '1 minute'
    from assets, generate_series(1, 10000) n where id = ${id}::uuid`);
  for (const [width, theme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await using tab = await openPage(library, { width, theme, motion: 'reduce' });
    const { page } = tab;
    await signIn(page, '/library?q=many');
    await title(page, 'More than 1,000 files match “many”.');
    for (let turn = 0; turn < 12; turn += 1) {
      const before = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await page.waitForFunction((height) => document.documentElement.scrollHeight > height, before);
    }
    await tiles(page).first().waitFor();
    expect(await tiles(page).count()).toBeLessThan(120);
    const last = await tiles(page).last().getAttribute('aria-posinset');
    expect(Number(last)).toBeGreaterThan(400);
    await expectAccessible(page, `many at ${width}`);
    expect(tab.complaints).toEqual([]);
  }
}, 300_000);
