import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  actionsAt,
  addSong,
  askInWords,
  expectFits,
  exportShown,
  openDiscovery,
  pickTitles,
  rows,
  shownTitles,
  signInListener,
} from './discovery-app.ts';
import type { Discovery } from './discovery-app.ts';
import { openPage } from './screens-app.ts';

vi.setConfig({ testTimeout: 300_000 });

let discovery: Discovery;
beforeAll(async () => {
  discovery = await openDiscovery();
}, 300_000);
afterAll(() => discovery[Symbol.asyncDispose]());

/** Requests that changed something on Spotify so far. */
const writes = () => discovery.app.spotify.requests().filter(({ method, path }) => method !== 'GET' && path.includes('/playlists')).length;

test('from songs to Spotify: a list is edited, saved and exported with a receipt; exported again unchanged, nothing is written', async () => {
  const [one, two] = await pickTitles(discovery, 2);
  await using tab = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/discover');
  await addSong(page, one!.title);
  await addSong(page, two!.title);
  await page.getByLabel('Length').selectOption('20 tracks');
  await expect.poll(() => rows(page).count()).toBe(20);
  const first = await rows(page).first().locator('p').first().textContent();
  await actionsAt(page, 0).focus();
  await page.keyboard.press('x');
  await expect.poll(() => rows(page).first().locator('p').first().textContent()).not.toBe(first);
  await actionsAt(page, 0).press('p');
  await page.getByText(/Draft saved at/).waitFor();
  const wanted = await shownTitles(page);
  await page.getByRole('button', { name: 'Preview export' }).click();
  await page.getByRole('dialog').waitFor();
  await exportShown(page);
  await expectFits(page, 'receipt');
  await page.keyboard.press('Escape');
  await page.getByRole('list', { name: 'Exports' }).getByText('read back').waitFor();
  const written = writes();
  expect(written).toBeGreaterThan(0);
  expect(await shownTitles(page)).toEqual(wanted);
  const [playlist] = discovery.app.spotify.playlists('mara');
  expect(playlist?.uris).toHaveLength(wanted.length);

  await page.getByRole('button', { name: 'Preview export' }).click();
  await exportShown(page);
  await page.getByRole('dialog').getByText('Nothing to write').waitFor();
  await page.keyboard.press('Escape');
  expect(writes()).toBe(written);
  await expectFits(page, 'saved playlist');
  expect(tab.complaints).toEqual([]);
});

test('a draft is continued on another device where it was left; it is saved, edited, made again, restored, duplicated, deleted and brought back', async () => {
  await using phone = await openPage(discovery, { width: 390, theme: 'dark', motion: 'reduce' });
  await signInListener(phone.page, '/discover');
  await askInWords(phone.page, 'calm evening music, 12 tracks');
  await phone.page.getByText(/Draft saved at/).waitFor();
  const left = await shownTitles(phone.page);

  await using tab = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/');
  await page.getByRole('region', { name: 'Pick up where you left off' }).getByRole('link').first().click();
  await expect.poll(() => shownTitles(page)).toEqual(left);
  await page.getByRole('button', { name: 'Save playlist' }).click();
  await page.getByRole('heading', { level: 1, name: 'Calm evening music, 12 tracks' }).waitFor();
  await actionsAt(page, 0).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(async () => (await shownTitles(page)).slice(0, 2)).toEqual([left[1], left[0]]);
  await page.getByRole('button', { name: 'Make it again' }).click();
  await page.getByText('A new list was made.').waitFor();
  await page.getByRole('button', { name: 'Show version 1' }).click();
  await page.getByText('This is version 1, an older one.').waitFor();
  expect(await shownTitles(page)).toEqual(left);
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await expect.poll(() => shownTitles(page)).toEqual(left);
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await page.getByRole('heading', { level: 1, name: /\(copy\)$/ }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: /\(copy\)$/ }).waitFor();
  await expectFits(page, 'saved playlists');
  expect([...tab.complaints, ...phone.complaints]).toEqual([]);
});

test('a path between two songs is drawn, each step with its reason; another way and one step more change it', async () => {
  const [one, two] = await pickTitles(discovery, 2);
  await using tab = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/discover/path');
  for (const [end, title] of [
    ['From', one!.title],
    ['To', two!.title],
  ] as const) {
    await page.getByRole('combobox', { name: end, exact: true }).fill(title);
    await page.getByRole('option', { name: title }).first().waitFor();
    await page.getByRole('combobox', { name: end, exact: true }).press('Enter');
  }
  await page.getByRole('heading', { level: 1, name: new RegExp(`^From ${one!.title} to ${two!.title} in seven steps`) }).waitFor();
  const steps = page.getByRole('table', { name: 'The steps' }).getByRole('row');
  expect(await steps.count()).toBe(8);
  for (const why of await steps.locator('td:nth-child(3)').allTextContents()) expect(why.trim()).not.toBe('');
  await expectFits(page, 'path');
  const before = await steps.locator('td:nth-child(2)').allTextContents();
  await page.getByRole('button', { name: 'Another way at step 3' }).click();
  await expect.poll(() => steps.locator('td:nth-child(2)').allTextContents()).not.toEqual(before);
  await page.getByRole('button', { name: 'More steps' }).click();
  await page.getByRole('heading', { level: 1, name: /in eight steps/ }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: /in seven steps/ }).waitFor();
  await page.setViewportSize({ width: 390, height: 900 });
  await page.getByRole('list', { name: 'The steps' }).waitFor();
  await expectFits(page, 'path on a phone');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file.trim().split('\n')).toHaveLength(9);
  expect(file).toContain(one!.title);
  await page.getByRole('button', { name: 'Save playlist' }).click();
  await page.getByRole('heading', { level: 1, name: `${one!.title} to ${two!.title}` }).waitFor();
  expect(tab.complaints).toEqual([]);
});

test('a pasted list of 200 lines is matched; unsure lines are repaired, the rest is left out with its reason, and it is saved', async () => {
  const known = await pickTitles(discovery, 1_000);
  const lines = Array.from({ length: 200 }, (_, at) => {
    const { title, artist } = known[at % known.length]!;
    if (at === 5) return 'https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk';
    if (at === 6) return 'zzqx - nothing like this';
    // A typo and no artist: a person should check it.
    return at % 40 === 7 ? title.slice(0, -1) : `${artist} - ${title}`;
  });
  await using tab = await openPage(discovery, { width: 390, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signInListener(page, '/discover/import');
  await page.getByLabel('The list').fill(lines.join('\n'));
  await page.getByRole('button', { name: 'Match 200 lines' }).click();
  await page.getByRole('heading', { level: 2, name: /of 200 lines matched/ }).waitFor();
  await expectFits(page, 'matched lines');
  expect(await page.getByRole('link', { name: 'submit an album' }).getAttribute('href')).toBe('/discover/submit');
  const open = page.getByRole('list', { name: 'Lines' }).getByRole('listitem');
  const unsure = open.filter({ has: page.getByRole('radio') });
  await unsure.first().getByRole('radio').first().check();
  await unsure.first().getByText('Chosen').waitFor();
  const lost = open.filter({ hasText: 'nothing like this' });
  await lost.getByRole('button', { name: 'Search…' }).click();
  await lost.getByRole('combobox').fill(known[0]!.title);
  await lost.getByRole('option', { name: known[0]!.title }).first().click();
  await lost.getByText('Chosen').waitFor();
  await page.goto('/discover');
  await page.goBack();
  expect(await page.getByLabel('The list').inputValue()).toContain('nothing like this');
  await page.getByRole('button', { name: 'Match 200 lines' }).click();
  await page.getByRole('button', { name: /^Take the best guess/ }).click();
  await page.getByRole('button', { name: 'Save playlist' }).click();
  await page.getByRole('heading', { level: 1, name: 'Pasted list' }).waitFor();
  expect(await rows(page).count()).toBeGreaterThan(20);
  expect(tab.complaints).toEqual([]);
});
