import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '#tests/support/chromium.ts';
import { quarteredPicture } from '#tests/support/studio/pictures.ts';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { expectAccessible, heading } from './cover-studio.ts';
import { currentInstant, openPage, signIn } from './screens-app.ts';

const DAY_MS = 864e5;

/** An app whose vendors are the sandbox, so that a video is a real file. */
async function openVideoStudio() {
  const web = await buildWeb();
  const app = await startStudioApp({ at: await currentInstant(), http: true, webRoot: web.folder, isSandboxed: true });
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

let studio: Awaited<ReturnType<typeof openVideoStudio>>;
beforeAll(async () => {
  studio = await openVideoStudio();
}, 300_000);
afterAll(() => studio[Symbol.asyncDispose]());

test('a picture becomes a video that plays, and a stranger opens it by a short link until it expires', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  const ranges: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'media' && request.headers()['range'] !== undefined) ranges.push(request.url());
  });
  await signIn(page, '/studio?task=image_to_video');
  const form = page.getByRole('form', { name: 'New render' });
  await form.getByRole('button', { name: 'Choose a picture first' }).waitFor();
  await form.getByLabel('Picture file').setInputFiles({ name: 'quarters.png', mimeType: 'image/png', buffer: await quarteredPicture() });
  await form.getByRole('img', { name: 'Picture 1 to start from' }).waitFor();
  await form.getByRole('textbox', { name: /^(What happens|Prompt)$/ }).fill('The quarters turn slowly');
  await expectAccessible(page, 'video form');
  await form.getByRole('button', { name: 'Render 1 video' }).click();
  await heading(page, 'Being rendered.');
  await studio.app.runJobs();
  await heading(page, 'Ready.');
  const player = page.locator('video');
  expect(await player.evaluate((video: HTMLVideoElement) => [video.autoplay, video.muted, video.preload])).toEqual([false, true, 'metadata']);
  await player.evaluate((video: HTMLVideoElement) => video.play());
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2);
  await player.evaluate((video: HTMLVideoElement) => {
    video.pause();
    video.currentTime = video.duration / 2;
  });
  await page.waitForFunction(() => document.querySelector('video')?.seeking === false);
  expect(ranges.length, 'the player reads parts').toBeGreaterThan(0);
  await expectAccessible(page, 'video');

  await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Library' }).click();
  await heading(page, '2 files in your library.');
  const tile = page.getByRole('list', { name: 'Pictures and videos' }).getByRole('button', { name: 'Video: The quarters turn slowly' });
  await tile.locator('img').waitFor();
  expect(await page.getByRole('list', { name: 'Pictures and videos' }).locator('video').count()).toBe(0);
  await tile.click();
  const panel = page.getByRole('complementary', { name: 'Chosen picture' });
  await panel.locator('video').waitFor();
  await panel.getByRole('button', { name: 'Share…' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await share.getByRole('radio', { name: /^By link/ }).check();
  await share.getByLabel('Short link', { exact: true }).selectOption('1');
  await share.getByRole('button', { name: 'Create short link' }).click();
  const address = await share.getByText(/\/s\/[\w-]{12}$/).textContent();

  await using other = await openPage(studio, { width: 390, theme: 'dark', motion: 'reduce' });
  expect((await other.page.goto(address!))?.status()).toBe(200);
  const shown = other.page.getByLabel(/^Shared video, made on/);
  await shown.evaluate((video: HTMLVideoElement) => video.play());
  await other.page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2);
  await expectAccessible(other.page, 'shared video');
  studio.app.clock.set(new Date(studio.app.clock.now().getTime() + DAY_MS + 60_000).toISOString());
  expect((await other.page.goto(address!))?.status()).toBe(410);
  await other.page.getByText('This short link has expired.').waitFor();
  expect(tab.complaints).toEqual([]);
}, 300_000);
