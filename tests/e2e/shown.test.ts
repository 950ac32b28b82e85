import { day } from '#shared/ids.ts';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchChromium } from '#tests/support/chromium.ts';
import { openTwoShownDays, rollBackToDayOne } from '#tests/support/network/shown-network.ts';
import { DAY_TWO } from '#tests/support/network/sync-network.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { openPage } from './screens-app.ts';

/** A visitor's browser on a network of two synced days, at day two. */
async function openShownScreens() {
  const web = await buildWeb();
  const app = await openTwoShownDays({ webRoot: web.folder });
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

async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
  );
}

/** The headline of the wall, the line under the first cover, and what the playlist page and its certificate say. */
async function readScreens(page: Page) {
  await page.goto('/');
  const wall = page.getByRole('list', { name: 'Playlists' }).getByRole('listitem').first();
  await wall.getByRole('paragraph').last().waitFor();
  const [headline, card] = [await page.getByRole('heading', { level: 1 }).innerText(), await wall.innerText()];
  await page.goto('/playlist/1');
  const certificate = page.getByRole('region', { name: 'No-repeat certificate' });
  await certificate.waitFor();
  const notices = await page.getByRole('list', { name: 'On Spotify' }).allInnerTexts();
  const tracks = await page.getByRole('region', { name: 'Tracks' }).getByRole('listitem').allInnerTexts();
  const seal = await certificate.innerText();
  expect(await axeViolations(page)).toEqual([]);
  await certificate.getByRole('button', { name: 'Read the certificate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Repeats found').first().waitFor();
  return { headline, card, notices: notices.join('\n'), tracks, seal, dialog: await dialog.innerText() };
}

const titles = (app: Awaited<ReturnType<typeof openTwoShownDays>>, from: number) =>
  app.list(from, 50).map(({ trackId }) => `Song ${trackId.slice(-4)}`);

test('a rollback is on no screen before it is applied, and on wall, page and certificate afterwards', async () => {
  await using screens = await openShownScreens();
  const { app } = screens;
  await using tab = await openPage(screens, { width: 1440, theme: 'light', motion: 'reduce' });
  await rollBackToDayOne(app, 'none');
  const before = await readScreens(tab.page);
  expect(before.headline).toContain('No repeats within each playlist’s window; 2 days on record.');
  expect(before.card).toContain('50 tracks · no repeats in 2 days on record');
  expect(before.notices).toBe('');
  expect(before.seal).toContain('Proved for 2 November');
  expect(before.dialog).toContain('No repeats in 2 days on record');
  for (const [at, name] of titles(app, 60).entries()) expect(before.tracks[at]).toContain(name);
  for (const text of Object.values(before).flat()) expect(text).not.toMatch(/shown again|Rolled back/);

  await rollBackToDayOne(app, 'all');
  const after = await readScreens(tab.page);
  const says = '50 repeats: shown again by the operator on 2 November';
  expect(after.headline).toContain(`${says}.`);
  expect(after.card).toContain('50 tracks, list from 1 November · 50 repeats found');
  expect(after.notices).toContain('Rolled back: on 2 November the operator showed the list from 1 November again. Reason: The new ones were wrong.');
  expect(after.seal).toContain(says);
  expect(after.dialog).toContain(says);
  expect(after.dialog).toContain('made for Sunday, 1 November 2026, shown again');
  for (const [at, name] of titles(app, 0).entries()) expect(after.tracks[at]).toContain(name);
  // The list made for the day is one click away, and says that it is not shown.
  await tab.page.goto('/playlist/1');
  await tab.page.getByRole('link', { name: 'See the list made for 2 November' }).click();
  await tab.page.getByText('The list made for 2 November is not on Spotify. Spotify shows the list from 1 November.').waitFor();
  await tab.page.goto('/playlist/1/history');
  await tab.page.getByText('Rolled back: the list from 1 November was shown again.').waitFor();
  expect(await axeViolations(tab.page)).toEqual([]);
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('an edit on Spotify is on wall, page and certificate as not covered, with the names of its tracks', async () => {
  await using screens = await openShownScreens();
  const { app } = screens;
  await using tab = await openPage(screens, { width: 390, theme: 'dark', motion: 'reduce' });
  const own = app.urisOf(app.list(60, 50));
  const [added] = app.urisOf(app.list(120, 1));
  app.spotify.editPlaylist((await app.replica()).spotifyPlaylistId ?? '', { uris: [...own.slice(1, 4), added ?? '', ...own.slice(4)] });
  await app.admin.playlistAdmin.sync.plan({ day: day.parse(DAY_TWO) });
  const seen = await readScreens(tab.page);
  const [addedName, removedName] = [`Song ${added?.slice(-4)}`, `Song ${own[0]?.slice(-4)}`];
  expect(seen.card).toContain('50 tracks, 2 edited on Spotify');
  expect(seen.notices).toBe('Edited on Spotify: 1 track added and 1 track removed. The edit is not covered by the certificate.');
  expect(seen.tracks[3]).toMatch(new RegExp(`^4\\s+${addedName}\\s+Ida Sound\\s+Added on Spotify\\. Not covered by the certificate\\.`, 'u'));
  await expect.poll(() => tab.page.getByRole('region', { name: 'Removed on Spotify', includeHidden: true }).innerText()).toContain(removedName);
  expect(seen.dialog).toMatch(new RegExp(`Added on Spotify, not covered\\s+“${addedName}”`, 'u'));
  expect(seen.dialog).toMatch(new RegExp(`Removed on Spotify\\s+“${removedName}”`, 'u'));
  expect(await tab.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)).toBe(false);
  expect(tab.complaints).toEqual([]);
}, 300_000);
