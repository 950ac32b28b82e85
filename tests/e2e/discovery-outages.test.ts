import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addSong,
  askInWords,
  expectFits,
  exportShown,
  openDiscovery,
  pickTitles,
  rows,
  searchBox,
  shownTitles,
  signInListener,
} from './discovery-app.ts';
import type { Discovery } from './discovery-app.ts';
import { openPage } from './screens-app.ts';

let discovery: Discovery;

beforeAll(async () => {
  discovery = await openDiscovery();
}, 300_000);

afterAll(() => discovery[Symbol.asyncDispose]());

test.each([
  ['Gemini down', { sentence: 'calm evening music, 15 tracks, no metal', isGeminiDown: true, isSearchLimited: false }],
  ['Spotify’s search rate limited', { sentence: 'calm morning music, 15 tracks, no metal', isGeminiDown: false, isSearchLimited: true }],
  ['Gemini down and Spotify’s search rate limited', { sentence: 'calm night music, 15 tracks, no metal', isGeminiDown: true, isSearchLimited: true }],
] as const)(
  'with %s a sentence, a song, a path and a pasted list still become playlists on Spotify, and the page says what took their place',
  async (_name, { sentence, isGeminiDown, isSearchLimited }) => {
    const { app } = discovery;
    const [one, two, three] = await pickTitles(discovery, 3);
    const before = app.spotify.playlists('mara').length;
    if (isGeminiDown) app.sandbox.gemini.failNext({ plays: 'overloaded', times: Number.POSITIVE_INFINITY });
    if (isSearchLimited) app.spotify.failNext({ path: '/search', status: 429, retryAfter: '1', times: Number.POSITIVE_INFINITY });
    await using tab = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
    const { page } = tab;
    try {
      await signInListener(page, '/discover');
      await askInWords(page, sentence);
      await page.getByText(isGeminiDown ? 'Read by Segue’s lexicon, no model' : /^Read by gemini/).waitFor();
      await page.getByRole('button', { name: 'Remove: 15 tracks' }).waitFor();
      await page.getByRole('button', { name: 'Never relaxed: 15 tracks' }).click();
      await page.getByRole('spinbutton', { name: 'Number of tracks' }).fill('10');
      await page.getByRole('button', { name: 'Change', exact: true }).first().click();
      await expect.poll(() => rows(page).count()).toBe(10);
      const wanted = await shownTitles(page);
      await page.getByRole('button', { name: 'Preview export' }).click();
      await exportShown(page);
      await expectFits(page, 'receipt during an outage');
      await page.keyboard.press('Escape');
      expect(await shownTitles(page)).toEqual(wanted);
      const [fromWords, ...others] = app.spotify.playlists('mara').slice(before);
      expect([fromWords?.uris.length, others.length]).toEqual([10, 0]);

      await page.goto('/discover');
      await searchBox(page).fill('zzqx nothing like this');
      if (isSearchLimited) await page.getByText(/These are results of the catalog\./).waitFor();
      else await page.getByRole('option').first().waitFor();
      await searchBox(page).press('Escape');
      await addSong(page, one!.title);
      await rows(page).nth(20).waitFor();

      await page.goto('/discover/path');
      for (const [end, title] of [
        ['From', two!.title],
        ['To', three!.title],
      ] as const) {
        await page.getByRole('combobox', { name: end, exact: true }).fill(title);
        await page.getByRole('option', { name: title }).first().waitFor();
        await page.getByRole('combobox', { name: end, exact: true }).press('Enter');
      }
      await page.getByRole('heading', { level: 1, name: /in seven steps/ }).waitFor();

      await page.goto('/discover/import');
      await page.getByLabel('The list').fill(`${one!.artist} - ${one!.title}\n${two!.artist} - ${two!.title}\n`);
      await page.getByRole('button', { name: 'Match 2 lines' }).click();
      await page.getByRole('heading', { level: 2, name: /^2 of 2 lines matched/ }).waitFor();
    } finally {
      app.sandbox.gemini.clearFaults();
      app.spotify.clearFaults();
    }
    expect(tab.complaints).toEqual([]);
  },
  300_000,
);
