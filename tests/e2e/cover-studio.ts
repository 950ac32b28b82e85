import axe from 'axe-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { currentInstant } from './screens-app.ts';

/** Its playlist on Spotify. */
export const PLAYLIST_NAME = 'Evening Lines';
/** What Spotify accepts. */
export const JPEG_BYTES_MAX = 187_500;

/** An app with a folder for pictures, and a playlist on a connected account of the sandbox. */
export async function openCoverStudio() {
  const web = await buildWeb();
  const home = mkdtempSync(path.join(tmpdir(), 'segue-cover-studio-'));
  const app = await startTestApp({
    at: await currentInstant(),
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

export type CoverStudio = Awaited<ReturnType<typeof openCoverStudio>>;

/** The list of steps beside the form. */
export const rail = (page: Page) => page.getByRole('navigation', { name: 'Steps' });
/** Waits for the page with this heading. */
export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Waits until every picture that is drawn in the browser is there. */
export const drawn = (page: Page) =>
  page.waitForFunction(() => {
    const canvases = [...document.querySelectorAll('canvas')];
    return canvases.length > 0 && canvases.every((canvas) => canvas.dataset['drawn'] !== undefined);
  });

/** Nothing that axe objects to, and nothing wider than the window. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
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
export async function shownCover({ app, playlist }: CoverStudio): Promise<Uint8Array> {
  const url = app.spotify.playlist(playlist.id)?.coverUrl;
  return new Uint8Array(await (await fetch(url ?? '')).arrayBuffer());
}
