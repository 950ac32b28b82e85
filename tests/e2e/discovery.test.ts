import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  actionsAt,
  addSong,
  askInWords,
  expectFits,
  openDiscovery,
  pickTitles,
  rows,
  searchBox,
  shownTitles,
  signInListener,
} from './discovery-app.ts';
import type { Discovery } from './discovery-app.ts';
import { openPage, signIn } from './screens-app.ts';

vi.setConfig({ testTimeout: 300_000 });

let discovery: Discovery;
beforeAll(async () => {
  discovery = await openDiscovery();
}, 300_000);
afterAll(() => discovery[Symbol.asyncDispose]());

const settled = (page: Page) => page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"], [data-updating]').length === 0);

test('by keyboard alone a song becomes a list with a reason for each track; it is edited, and going back takes each edit back', async () => {
  const [one] = await pickTitles(discovery, 1);
  await using tab = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/discover');
  await page.getByRole('heading', { level: 1, name: 'What should it sound like?' }).waitFor();
  await page.locator('body').press('/');
  await page.keyboard.type(one!.title);
  await page.getByRole('option', { name: one!.title }).first().waitFor();
  await page.keyboard.press('Enter');
  await rows(page).nth(49).waitFor();
  await settled(page);
  for (const text of await rows(page).locator('p:nth-of-type(2)').allTextContents()) expect(text).toMatch(/\d|Same album/);
  await expectFits(page, 'list from a song');

  const [first = '', second = '', third = ''] = await shownTitles(page);
  const removed = await rows(page).nth(1).locator('p').first().textContent();
  await actionsAt(page, 1).focus();
  await page.keyboard.press('x');
  await page
    .getByRole('button', { name: `Put back ${second}` })
    .first()
    .waitFor();
  expect((await shownTitles(page)).slice(0, 2)).toEqual([first, third]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(`Actions for ${third}`);
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(async () => (await shownTitles(page)).slice(0, 2)).toEqual([third, first]);
  await rows(page).first().getByText('Pinned by you.').waitFor();

  await page.keyboard.press('j');
  await page.keyboard.press('s');
  const swap = page.getByRole('button', { name: /^Swap for / }).first();
  const other = ((await swap.getAttribute('aria-label')) ?? '').replace('Swap for ', '');
  await swap.press('Enter');
  await expect.poll(async () => (await shownTitles(page)).slice(0, 2)).toEqual([third, other]);

  const before = await shownTitles(page);
  await page.getByLabel('Closeness').press('ArrowRight');
  await expect.poll(async () => shownTitles(page)).not.toEqual(before);
  await settled(page);
  expect((await shownTitles(page)).slice(0, 2)).toEqual([third, other]);
  expect(await rows(page).locator('p:first-of-type').allTextContents()).not.toContain(removed);

  await page.goBack();
  await expect.poll(() => shownTitles(page)).toEqual(before);
  await page.reload();
  await expect.poll(() => shownTitles(page)).toEqual(before);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect.poll(async () => (await shownTitles(page)).slice(0, 3)).toEqual([first, second, third]);
  expect(tab.complaints).toEqual([]);
});

test('a track is moved by the mouse, more like it is asked for, and an artist is left out', async () => {
  const [one] = await pickTitles(discovery, 1);
  await using tab = await openPage(discovery, { width: 1440, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/discover');
  await addSong(page, one!.title);
  await rows(page).nth(49).waitFor();
  const [first = '', second = '', third = ''] = await shownTitles(page);
  await rows(page).nth(2).locator('span').first().dragTo(rows(page).first());
  await expect.poll(async () => (await shownTitles(page)).slice(0, 3)).toEqual([third, first, second]);
  await actionsAt(page, 0).click();
  await page.getByRole('button', { name: 'More like this' }).click();
  await page.getByRole('list', { name: 'Goes with' }).getByText(third).first().waitFor();
  await settled(page);

  const artist = ((await rows(page).nth(1).locator('p').first().locator('span').textContent()) ?? '').split(', ')[0]!;
  await page.getByRole('combobox', { name: 'Leave out an artist' }).fill(artist);
  await page.getByRole('option', { name: artist }).first().click();
  await page.getByRole('list', { name: 'Left out' }).getByText(artist, { exact: true }).waitFor();
  await settled(page);
  await expect.poll(() => rows(page).locator('p:first-of-type > span').allTextContents()).not.toContain(artist);
  await expectFits(page, 'dark list from songs');
  expect(tab.complaints).toEqual([]);
});

test('a sentence becomes chips and a list; chips are changed, removed and added, and words change them; what cannot be honored is listed', async () => {
  await using tab = await openPage(discovery, { width: 390, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/discover');
  await askInWords(page, 'energetic, nothing explicit, 12 tracks, songs about rain');
  await settled(page);
  const about = page.getByRole('list', { name: 'About this list' });
  await about.getByText('Cannot be honored.').first().waitFor();
  await page.getByRole('button', { name: 'Never relaxed: 12 tracks' }).click();
  await page.getByRole('spinbutton', { name: 'Number of tracks' }).fill('8');
  await page.getByRole('button', { name: 'Change', exact: true }).first().click();
  await page.getByRole('button', { name: 'Never relaxed: 8 tracks' }).waitFor();
  await settled(page);
  expect(await rows(page).count()).toBeLessThanOrEqual(8);
  await page.getByRole('button', { name: /^Remove: Energy/ }).click();
  await expect.poll(() => page.getByRole('button', { name: /^Remove: Energy/ }).count()).toBe(0);
  await page.getByLabel('Add a wish').selectOption('Years');
  await page.getByRole('spinbutton', { name: 'From' }).fill('1960');
  await page.getByRole('spinbutton', { name: 'To' }).fill('2020');
  await page.getByRole('button', { name: 'Change', exact: true }).first().click();
  await page.getByRole('button', { name: 'Remove: 1960–2020' }).waitFor();
  await page.getByLabel('Change it in words').fill('20 tracks');
  await page.getByLabel('Change it in words').press('Enter');
  await page.getByRole('button', { name: 'Remove: 20 tracks' }).waitFor();
  await page.getByRole('button', { name: 'Remove: Not explicit' }).waitFor();
  await settled(page);
  await expectFits(page, 'list from words');
  expect(tab.complaints).toEqual([]);
});

test('with the text model away our lexicon reads the sentence, marked as such; with Spotify’s search rate limited the catalog answers and says so', async () => {
  await using tab = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/discover');
  discovery.app.sandbox.gemini.failNext({ cut: true, times: 20 });
  await askInWords(page, 'calm evening music, 15 tracks, no metal');
  await page.getByText('Read by Segue’s lexicon, no model').waitFor();
  discovery.app.sandbox.gemini.clearFaults();
  await page.getByRole('button', { name: 'Remove: 15 tracks' }).waitFor();

  discovery.app.spotify.failNext({ path: '/search', status: 429, retryAfter: '40' });
  await searchBox(page).fill('zzqx nothing like this');
  await page.getByText(/These are results of the catalog\./).waitFor();
  await expectFits(page, 'search with Spotify away');
  await searchBox(page).press('Escape');
  const [one] = await pickTitles(discovery, 1);
  await addSong(page, one!.title);
  await rows(page).nth(20).waitFor();
  expect(tab.complaints).toEqual([]);
});

test('a stranger is asked to sign in and comes back to what was asked', async () => {
  await using tab = await openPage(discovery, { width: 390, theme: 'dark' });
  const { page } = tab;
  await page.goto('/discover?q=quiet+music');
  await page.getByRole('heading', { level: 1, name: 'Sign in to make playlists' }).waitFor();
  expect(await page.getByRole('main').getByRole('link', { name: 'Sign in' }).getAttribute('href')).toContain(encodeURIComponent('/discover?q=quiet'));
});

test('the operator opens a sentence as the draft of a policy, which is proved for the days ahead or shows what conflicts; a change of it is kept', async () => {
  await using tab = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/discover');
  const open = async (words: string) => {
    await askInWords(page, words);
    await settled(page);
    await expectFits(page, words);
    await page.getByRole('button', { name: 'Open as a policy draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'New policy' }).waitFor();
  };
  const verdict = page.getByRole('region', { name: 'Feasibility' });
  await open('danceable music, nothing explicit');
  const name = page.getByLabel('Name', { exact: true });
  await expect.poll(() => name.inputValue()).toBe('danceable music, nothing explicit');
  await verdict.getByText(/Always enough|Enough music for the next 90 days|Music runs out|Not enough music/).waitFor();
  await name.fill('Danceable, clean');
  await page.reload();
  await expect.poll(() => name.inputValue()).toBe('Danceable, clean');
  await verdict.getByText(/Always enough|Enough music for the next 90 days|Music runs out|Not enough music/).waitFor();
  await expectFits(page, 'policy draft from words');
  await page.goto('/discover');
  await open('calm salsa of 1969, 50 songs');
  await verdict.getByText(/Music runs out|Not enough music/).waitFor();
  expect(tab.complaints).toEqual([]);
});
