import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, expectAccessible, heading, JPEG_BYTES_MAX, openCoverStudio, PLAYLIST_NAME, rail, shownCover } from './cover-studio.ts';
import type { CoverStudio } from './cover-studio.ts';
import { openPage, signIn } from './screens-app.ts';

let studio: CoverStudio;

beforeAll(async () => {
  studio = await openCoverStudio();
}, 300_000);

afterAll(() => studio[Symbol.asyncDispose]());

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
  const bytes = await shownCover(studio);
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

test('on a phone no step scrolls sideways and axe finds nothing, also with a title from right to left', async () => {
  const { covers } = studio.app.admin.generation;
  const { id: coverId } = await covers.create({ source: { kind: 'link', link: studio.playlist.link } });
  await covers.proposeTitles({ coverId, seed: 1 });
  await covers.setWords({ coverId, title: 'ليالي الصيف الطويلة', subtitle: null, picturePrompt: null, paletteId: null });
  await covers.drawPicture({ coverId, family: 'grid', seed: 3 });
  await covers.setType({ coverId });
  await using tab = await openPage(studio, { width: 390, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/covers');
  for (const [step, name] of [
    ['analysis', PLAYLIST_NAME],
    ['words', 'Words on the cover'],
    ['picture', 'The picture'],
    ['type', 'The title on the picture'],
    ['upload', 'On Spotify'],
  ] as const) {
    await page.goto(`/covers/${coverId}?step=${step}`);
    await heading(page, name);
    if (step === 'words' || step === 'picture') await drawn(page);
    await expectAccessible(page, step);
  }
  expect(tab.complaints).toEqual([]);
}, 300_000);
