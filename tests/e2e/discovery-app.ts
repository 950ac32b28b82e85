import axe from 'axe-core';
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { currentInstant } from './screens-app.ts';

const ALBUMS = 120;
/** Albums of Spotify that the catalog does not have yet. */
const MORE_ALBUMS = 2;
/** A person of the sandbox. */
const LISTENER = 'mara';

/** An app with music and a playlist of the network, and a browser. */
export async function openDiscovery() {
  const web = await buildWeb();
  const app = await startTestApp({
    at: await currentInstant(),
    http: true,
    webRoot: web.folder,
    sandbox: { catalog: { albums: ALBUMS + MORE_ALBUMS, seed: 1 } },
  });
  const links = Array.from({ length: ALBUMS + MORE_ALBUMS }, (_, at) => `https://open.spotify.com/album/${app.sandbox.catalog.albumIdAt(at)}`);
  await app.admin.catalog.submitImport({ text: links.slice(0, ALBUMS).join('\n') });
  await app.runJobs();
  const policy = await app.admin.playlistAdmin.policies.create({ name: 'Everything', body: { version: 1, pool: { all: [] }, size: 12 } });
  await app.admin.playlistAdmin.playlists.create({ themeTag: 'Night Ferry', policyId: policy.id, blurb: 'Low light, long water.' });
  await app.admin.operations.jobs.run({ task: 'curate-playlists' });
  await app.runJobs();
  const browser = await launchChromium();
  return {
    app,
    browser,
    moreAlbums: links.slice(ALBUMS),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await app[Symbol.asyncDispose]();
      web.remove();
    },
  };
}

export type Discovery = Awaited<ReturnType<typeof openDiscovery>>;

/** Titles of recordings whose sound is known, each by another artist and with a title of its own. */
export async function pickTitles({ app }: Discovery, count: number): Promise<{ id: number; title: string; artist: string }[]> {
  const found = await app.deps.db.execute<{ id: number; title: string; artist: string }>(sql`
    select distinct on (ta.artist_id) r.id, r.title, a.name as artist from recordings r
    join track_artists ta on ta.track_id = r.track_id and ta.position = 1 join artists a on a.id = ta.artist_id
    join track_features f on f.recording_id = r.id
    where f.energy is not null and f.tempo is not null and r.merged_into is null and length(r.title) > 8
      and (select count(*) from recordings o where o.title = r.title) = 1
    order by ta.artist_id, r.id limit ${count}`);
  return found.rows;
}

/** Signs in with Spotify, and waits for the target page. */
export async function signInListener(page: Page, to: string): Promise<void> {
  await agreeOnSpotify(page, `/auth/spotify?returnTo=${encodeURIComponent(to)}`);
  await page.waitForURL((url) => url.pathname === new URL(to, url).pathname);
}

/** Follows a link to Spotify's consent and agrees there, without showing the sandbox's page. */
export async function agreeOnSpotify(page: Page, href: string): Promise<void> {
  const begun = await page.request.get(href, { maxRedirects: 0 });
  const consent = new URL(begun.headers()['location'] ?? 'about:blank');
  consent.searchParams.set('sandbox_user', LISTENER);
  consent.searchParams.set('sandbox_consent', 'yes');
  await page.goto(consent.href);
}

/** Exports what the dialog previews; grants the scopes first where they are asked for. */
export async function exportShown(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  const authorize = dialog.getByRole('link', { name: 'Authorize on Spotify' });
  const apply = dialog.getByRole('button', { name: /^(?:Export \d|Check and confirm)/ });
  await authorize.or(apply).first().waitFor();
  if ((await authorize.count()) > 0) {
    await agreeOnSpotify(page, (await authorize.getAttribute('href')) ?? '');
    await page.waitForURL(/\/discover\/saved\//);
    await page.getByRole('button', { name: 'Preview export' }).click();
  }
  await apply.click();
  await dialog.getByRole('region', { name: 'Receipt of the export' }).waitFor();
}

export const searchBox = (page: Page) => page.getByRole('combobox', { name: 'Add a song, or describe it' });
export const rows = (page: Page) => page.getByRole('list', { name: 'Tracks' }).getByRole('listitem');
/** The menu of a track; several tracks may have one title. */
export const actionsAt = (page: Page, at: number) =>
  rows(page)
    .nth(at)
    .getByRole('button', { name: /^Actions for / });
/** Titles of the list as it is shown. */
export const shownTitles = (page: Page) => rows(page).locator('p b').allTextContents();

/** Chooses a song in the composer by keyboard alone. */
export async function addSong(page: Page, title: string): Promise<void> {
  await searchBox(page).fill(title);
  await page.getByRole('option', { name: title }).first().waitFor();
  await searchBox(page).press('Enter');
  await page.getByRole('list', { name: 'Goes with' }).getByText(title).waitFor();
}

/** Asks for words in the composer. */
export async function askInWords(page: Page, words: string): Promise<void> {
  await searchBox(page).fill(words);
  await page.getByRole('option', { name: `Make a playlist from these words: “${words}”` }).click();
  await rows(page).first().waitFor();
}

/** Nothing that axe objects to, and nothing wider than the window. */
export async function expectFits(page: Page, where: string): Promise<void> {
  // A color that is still changing has another contrast.
  await page.evaluate(
    `Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished))`,
  );
  await page.evaluate(axe.source);
  const violations = await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map((one) => one.html).join(' | ').slice(0, 600)))`,
  );
  expect(violations, where).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), `${where} scrolls sideways`).toBe(
    false,
  );
}
