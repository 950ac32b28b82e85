import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '#tests/support/chromium.ts';
import type { Script } from '#tests/support/studio/paid-vendor.ts';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { currentInstant, openPage, signIn } from './screens-app.ts';

/** Scripts of the next requests to the vendor; without one it draws. */
const scripts: Script[] = [];

/** An app whose image models answer on loopback, with a browser and an album to make covers of. */
async function openModelStudio() {
  const web = await buildWeb();
  const app = await startStudioApp({
    at: await currentInstant(),
    http: true,
    webRoot: web.folder,
    vendor: { script: () => scripts.shift() ?? 'draw' },
    studio: { rendersPerMonth: 2 },
  });
  const browser = await launchChromium();
  return {
    app,
    browser,
    album: `https://open.spotify.com/album/${app.sandbox.catalog.albumIdAt(0)}`,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await app[Symbol.asyncDispose]();
      web.remove();
    },
  };
}

let studio: Awaited<ReturnType<typeof openModelStudio>>;

beforeAll(async () => {
  studio = await openModelStudio();
}, 300_000);

afterAll(() => studio[Symbol.asyncDispose]());

/** Opens the picture step of a new cover with a title. */
async function openPictureStep(page: Page): Promise<void> {
  await signIn(page, '/covers');
  await page.getByLabel('Playlist or album').fill(studio.album);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Continue to words' }).click();
  await page.getByRole('radiogroup', { name: 'Titles' }).waitFor();
  await page.getByRole('button', { name: 'Use this title' }).click();
  await page.getByRole('radiogroup', { name: 'Drawn by' }).waitFor();
}

test('a model’s form comes from the registry: estimate before, cost after, and a refusal in words that is not charged', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await openPictureStep(page);
  await page.getByRole('radio', { name: /^FLUX\.1 dev\s*\$/ }).click();
  const prompt = await page.getByLabel('Prompt', { exact: true }).inputValue();
  expect(prompt).toContain('No text, no logos, no real people.');
  await page.getByText('More settings').click();
  await page.getByRole('spinbutton', { name: 'Steps' }).fill('20');
  // Another model keeps every value and names what it does not use.
  await page.getByRole('radio', { name: /^Stable Image Core/ }).click();
  await page.getByText(/Stable Image Core does not use: Steps/).waitFor();
  expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(prompt);
  await page.getByText('About $0.030').waitFor();
  const request = page.getByRole('button', { name: 'Render a picture' });

  scripts.push('refuse');
  await request.click();
  await page.getByText('Queued', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Cancel, no cost' }).waitFor();
  await studio.app.runJobs();
  await page.getByText('Refused', { exact: true }).waitFor();
  await page.getByText('Not charged', { exact: true }).waitFor();

  await request.click();
  await page.getByText('Queued', { exact: true }).waitFor();
  await studio.app.runJobs();
  const picture = page.getByRole('radiogroup', { name: 'Pictures of models' }).getByRole('radio').first();
  await picture.waitFor({ state: 'attached' });
  await picture.click({ force: true });
  await page.getByText('Chosen', { exact: true }).waitFor();
  await page.getByText('$0.030, as estimated').waitFor();
  expect(studio.app.vendor.paid()).toHaveLength(1);
  await page.getByRole('link', { name: 'Continue to type' }).click();
  await page.getByRole('img', { name: /^Cover with the title/ }).waitFor();
  expect(tab.complaints).toEqual([]);
}, 300_000);
