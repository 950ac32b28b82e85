import axe from 'axe-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { currentInstant, openPage, signIn } from './screens-app.ts';

const PLAYLIST_NAME = 'Evening Lines';
const JPEG_BYTES_MAX = 187_500;

/** An app with a folder for pictures, and a playlist on a connected account of the sandbox. */
async function openCoverStudio() {
  const web = await buildWeb();
  const home = mkdtempSync(path.join(tmpdir(), 'segue-cover-studio-'));
  const app = await startTestApp({
    at: currentInstant(),
    http: true,
    webRoot: web.folder,
    env: { SEGUE_HOME: home },
    sandbox: { catalog: { albums: 60, seed: 1 } },
  });
  await connectAs(app.deps, 'segue-north');
  const id = app.spotify.addPlaylist('segue-north', { name: PLAYLIST_NAME, public: true });
  const albums = [0, 1, 2, 3].map((at) => app.sandbox.catalog.album(app.sandbox.catalog.albumIdAt(at) ?? ''));
  app.spotify.editPlaylist(id, { uris: albums.flatMap((album) => (album?.tracks ?? []).map((track) => `spotify:track:${track.id}`)) });
  const browser = await launchChromium();
  return {
    app,
    browser,
    playlist: { id, link: `https://open.spotify.com/playlist/${id}` },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await app[Symbol.asyncDispose]();
      web.remove();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

let studio: Awaited<ReturnType<typeof openCoverStudio>>;

beforeAll(async () => {
  studio = await openCoverStudio();
}, 300_000);

afterAll(() => studio[Symbol.asyncDispose]());

const rail = (page: Page) => page.getByRole('navigation', { name: 'Steps' });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Waits until every picture that is drawn in the browser is there. */
const drawn = (page: Page) =>
  page.waitForFunction(() => {
    const canvases = [...document.querySelectorAll('canvas')];
    return canvases.length > 0 && canvases.every((canvas) => canvas.dataset['drawn'] !== undefined);
  });

async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map((one) => one.html).join(' | ').slice(0, 600)))`,
  );
  expect(violations, where).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), `${where} scrolls sideways`).toBe(
    false,
  );
}

/** What the sandbox's Spotify shows as the playlist's cover. */
async function shownCover(): Promise<Uint8Array> {
  const url = studio.app.spotify.playlist(studio.playlist.id)?.coverUrl;
  return new Uint8Array(await (await fetch(url ?? '')).arrayBuffer());
}

test('from a link to a cover with its title on Spotify, and the receipt says what was read back', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/covers');
  await page.getByLabel('Playlist or album').fill(studio.playlist.link);
  await page.getByRole('button', { name: 'Read the music' }).click();
  await heading(page, PLAYLIST_NAME);
  await page.getByRole('img', { name: /^(Excited|Tense|Wistful|Calm|Mixed)/ }).waitFor();
  await expectAccessible(page, 'music');
  await page.getByRole('link', { name: 'Continue to words' }).click();
  const titles = page.getByRole('radiogroup', { name: 'Titles' }).getByRole('radio');
  await expect.poll(() => titles.count()).toBe(3);
  await titles.nth(1).click({ force: true });
  const title = await page.getByLabel('Title', { exact: true }).inputValue();
  expect(title).not.toBe('');
  await drawn(page);
  await expectAccessible(page, 'words');
  await page.getByRole('button', { name: 'Use this title' }).click();
  const pictures = page.getByRole('radiogroup', { name: 'Pictures drawn by Segue' }).getByRole('radio');
  await pictures.first().waitFor({ state: 'attached' });
  await drawn(page);
  expect(await pictures.count()).toBe(9);
  await pictures.first().click({ force: true });
  await page.getByRole('link', { name: 'Continue to type' }).click();
  await page.getByRole('img', { name: `Cover with the title ${title}` }).waitFor();
  await expectAccessible(page, 'type');
  await page.getByRole('link', { name: 'Continue to upload' }).click();
  await page.getByRole('button', { name: 'Preview upload' }).click();
  await page.getByText('Nothing has been written to Spotify yet.').waitFor();
  expect(studio.app.spotify.requests({ method: 'PUT' })).toEqual([]);
  await expectAccessible(page, 'upload');
  await page.getByRole('button', { name: 'Upload cover' }).click();
  await page.getByText('Spotify shows the cover.').waitFor();
  const receipt = page.getByRole('region', { name: 'Receipt of the upload' });
  expect(await receipt.innerText()).toContain(PLAYLIST_NAME);
  await expectAccessible(page, 'receipt');
  const bytes = await shownCover();
  expect(Array.from(bytes.slice(0, 2))).toEqual([0xff, 0xd8]);
  expect(bytes.length).toBeLessThanOrEqual(JPEG_BYTES_MAX);
  await rail(page)
    .getByRole('link', { name: /Upload\s*, done/ })
    .waitFor();
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('going back loses nothing: what was typed, chosen and drawn is there, and a changed step marks the later ones', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/covers');
  await page.getByLabel('Playlist or album').fill(studio.playlist.link);
  await page.keyboard.press('Enter');
  await heading(page, PLAYLIST_NAME);
  await page.getByRole('link', { name: 'Continue to words' }).click();
  const title = page.getByLabel('Title', { exact: true });
  // The first proposals fill the field in until something is typed.
  await page.getByRole('radiogroup', { name: 'Titles' }).waitFor();
  await title.fill('My own words');
  // Typed and not saved: other steps and back.
  await rail(page).getByRole('link', { name: /Music/ }).click();
  await heading(page, PLAYLIST_NAME);
  await rail(page).getByRole('link', { name: /Words/ }).click();
  expect(await title.inputValue()).toBe('My own words');
  await page.getByRole('button', { name: 'Use this title' }).click();
  await page.getByLabel('Family').selectOption('score');
  await drawn(page);
  await page.getByRole('radiogroup', { name: 'Pictures drawn by Segue' }).getByRole('radio').nth(2).click({ force: true });
  await page.getByRole('link', { name: 'Continue to type' }).click();
  const cover = page.getByRole('img', { name: 'Cover with the title My own words' });
  await cover.waitFor();
  const first = await cover.getAttribute('src');
  await page.getByRole('radio', { name: 'Stack' }).click({ force: true });
  await expect.poll(() => cover.getAttribute('src')).not.toBe(first);
  // Two finished versions can be compared, and the first is taken again.
  await page.getByRole('button', { name: 'Compare 2 versions' }).click();
  await expectAccessible(page, 'compare');
  await page.getByRole('button', { name: 'Use B' }).click();
  await expect.poll(() => page.getByRole('radio', { name: 'Best for the picture' }).isChecked()).toBe(true);
  await rail(page).getByRole('link', { name: /Words/ }).click();
  await title.fill('Other words');
  await page.getByRole('button', { name: 'Use this title' }).click();
  await rail(page)
    .getByRole('link', { name: /Picture\s*, an earlier step changed/ })
    .waitFor();
  expect(await page.getByLabel('Family').inputValue()).toBe('score');
  await page.reload();
  await rail(page)
    .getByRole('link', { name: /Words.*Other words/ })
    .waitFor();
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('by keyboard alone a title is chosen among three and a picture among nine', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await heading(page, 'A cover from the music');
  await page.getByLabel('Playlist or album').focus();
  await page.keyboard.insertText(studio.playlist.link);
  await page.keyboard.press('Enter');
  await heading(page, PLAYLIST_NAME);
  await page.getByRole('link', { name: 'Continue to words' }).focus();
  await page.keyboard.press('Enter');
  const titles = page.getByRole('radiogroup', { name: 'Titles' }).getByRole('radio');
  await titles.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => titles.nth(1).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Use this title' }).focus();
  await page.keyboard.press('Enter');
  const pictures = page.getByRole('radiogroup', { name: 'Pictures drawn by Segue' }).getByRole('radio');
  await pictures.first().waitFor({ state: 'attached' });
  await drawn(page);
  await pictures.first().focus();
  await page.keyboard.press('Space');
  await page.getByText('Chosen', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Continue to type' }).focus();
  await page.keyboard.press('Enter');
  await heading(page, 'The title on the picture');
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('a wrong link is refused at its field, and what was typed stays', async () => {
  await using tab = await openPage(studio, { width: 390, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/covers');
  const field = page.getByLabel('Playlist or album');
  await page.getByRole('button', { name: 'Read the music' }).click();
  await page.getByText('Paste the link of a playlist or an album.').waitFor();
  for (const wrong of ['https://example.org/playlist/1', 'https://open.spotify.com/artist/4Z8W4fKeB5YxbusRsdQVPb', 'not a link']) {
    await field.fill(wrong);
    await page.keyboard.press('Enter');
    await page.locator('input[aria-invalid="true"]').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Read the music' }).getAttribute('aria-disabled')).toBeNull();
    expect(await field.inputValue()).toBe(wrong);
  }
  await expectAccessible(page, 'refused link');
}, 300_000);

test('a visitor without an account sees what covers look like, and the link that was typed is there after signing in', async () => {
  await using tab = await openPage(studio, { width: 390, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Covers' }).click();
  await heading(page, 'A cover from the music');
  await expectAccessible(page, 'signed out');
  await page.getByLabel('Playlist or album').fill(studio.playlist.link);
  await page.getByRole('button', { name: 'Read the music' }).click();
  await heading(page, 'Sign in');
  const returnTo = new URL(page.url()).searchParams.get('returnTo') ?? '';
  await signIn(page, returnTo);
  expect(await page.getByLabel('Playlist or album').inputValue()).toBe(studio.playlist.link);
  expect(tab.complaints).toEqual([]);
}, 300_000);
