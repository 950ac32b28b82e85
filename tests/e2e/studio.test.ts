import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { expectAccessible, heading } from './cover-studio.ts';
import { currentInstant, openPage, signIn } from './screens-app.ts';

/** Pictures with a field of sky above a field of ground, so that a color can be selected. */
async function scene(sky: string, ground: string): Promise<Buffer> {
  const field = await sharp({ create: { width: 480, height: 120, channels: 3, background: ground } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 480, height: 320, channels: 3, background: sky } })
    .composite([{ input: field, left: 0, top: 200 }])
    .png()
    .toBuffer();
}

async function openStudio() {
  const web = await buildWeb();
  const pictures = await Promise.all([
    scene('#31406f', '#3c8f76'),
    scene('#d8402b', '#3c8f76'),
    scene('#f3c430', '#3c8f76'),
    scene('#1c2026', '#3c8f76'),
  ]);
  const app = await startStudioApp({
    at: await currentInstant(),
    http: true,
    webRoot: web.folder,
    vendor: { pictures },
  });
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

let studio: Awaited<ReturnType<typeof openStudio>>;
beforeAll(async () => {
  studio = await openStudio();
}, 300_000);
afterAll(() => studio[Symbol.asyncDispose]());

const form = (page: Page) => page.getByRole('form', { name: 'New render' });
const runs = (page: Page) => page.getByRole('list', { name: 'The other renders of this prompt' }).getByRole('listitem');

test('a prompt becomes four pictures, one is starred, remixed in another model and downloaded, and nothing typed is lost', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/studio');
  await heading(page, 'What do you want to see?');
  await page.getByText('Nothing rendered yet.').waitFor();
  await expectAccessible(page, 'empty studio');
  await form(page).getByRole('button', { name: 'Write a prompt first' }).waitFor();
  await form(page).getByLabel('Prompt', { exact: true }).fill('A night bus on a wet street, neon');
  await form(page)
    .getByRole('checkbox', { name: /^FLUX\.1 dev\s*\$/ })
    .check();
  await form(page).getByLabel('Pictures per model').selectOption('2');
  await form(page).getByText('about $0.060').waitFor();
  await form(page).getByRole('button', { name: 'Render 4 pictures' }).click();
  await heading(page, 'None of four is ready.');
  await runs(page).first().getByText('Queued').waitFor();
  await expectAccessible(page, 'queued renders');
  await studio.app.runJobs();
  await heading(page, 'All four are ready.');
  expect(await runs(page).count()).toBe(3);
  await page.getByText('$0.060 spent of about $0.060').waitFor();
  await expectAccessible(page, 'four pictures');

  await runs(page)
    .nth(2)
    .getByRole('button', { name: /^View the picture/ })
    .click();
  await page.getByRole('button', { name: 'Star', exact: true }).click();
  await page.getByRole('button', { name: 'Starred' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/^segue-[0-9a-f]{8}\.png$/);

  await page.getByRole('button', { name: 'Remix…' }).click();
  const remix = page.getByRole('dialog', { name: 'Remix' });
  await remix.getByLabel('Model').selectOption('stability-core');
  await remix.getByLabel('Prompt').fill('A night bus on a wet street, sodium light');
  await remix.getByRole('button', { name: 'Render · $0.030' }).click();
  await heading(page, 'Being rendered.');
  await studio.app.runJobs();
  await heading(page, 'Ready.');
  const history = page.getByRole('region', { name: 'Prompt history' });
  await history.getByRole('button', { name: /Version 1/ }).waitFor();

  await form(page).getByLabel('Prompt', { exact: true }).fill('Lemons by the window');
  await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Library' }).click();
  await heading(page, '5 files in your library.');
  await page.goBack();
  await heading(page, 'Ready.');
  expect(await form(page).getByLabel('Prompt', { exact: true }).inputValue()).toBe('Lemons by the window');
  await page.reload();
  expect(await form(page).getByLabel('Prompt', { exact: true }).inputValue()).toBe('Lemons by the window');
  await page.getByRole('button', { name: 'Use again' }).last().click();
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'A night bus on a wet street, neon');
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('a grid of two inputs shows its estimate before, and canceling keeps what is done', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/studio');
  await form(page).getByLabel('Prompt', { exact: true }).fill('A grid of buses');
  await form(page).getByText('Parameter grid').click();
  await form(page).getByLabel('Across').selectOption({ label: 'Steps' });
  await form(page).getByLabel('Values across').fill('4, 900');
  await form(page).getByText('“Steps” must be at most 8.').waitFor();
  await form(page).getByRole('button', { name: 'Correct the values of “Steps”' }).waitFor();
  await form(page).getByLabel('Values across').fill('2, 4, 8');
  await form(page).getByLabel('Down').selectOption({ label: 'Shape' });
  await form(page).getByRole('group', { name: 'Values down' }).getByLabel('Square, 512 px').uncheck();
  await form(page).getByText('about $0.030').waitFor();
  await page.keyboard.press('Control+Enter');
  await heading(page, 'None of six is ready.');
  await page.getByRole('button', { name: 'Cancel remaining' }).click();
  await heading(page, 'None of six is ready. Six canceled.');
  const grid = page.getByRole('region', { name: 'Shape × steps' }).or(page.getByRole('region', { name: 'Steps × shape' }));
  expect(await grid.getByText('Not rendered').count()).toBe(6);
  await grid.getByText('Portrait 3:4', { exact: true }).waitFor();
  await grid.getByText('Square, 1024 px', { exact: true }).waitFor();
  await expectAccessible(page, 'canceled grid');
  await grid.getByRole('button', { name: 'Render all 6, about $0.030' }).click();
  await grid.getByText('Not rendered').first().waitFor({ state: 'detached' });
  await studio.app.runJobs();
  await heading(page, 'All six are ready.');
  expect(await grid.getByRole('button', { name: 'View this picture' }).count()).toBe(6);
  await page.getByText('$0.030 spent of about $0.030').waitFor();
  await grid.getByLabel('Your note').fill('Eight steps are enough.');
  await page.keyboard.press('Tab');
  await grid.getByText('Saved.').waitFor();
  await page.reload();
  await expect.poll(() => grid.getByLabel('Your note').inputValue()).toBe('Eight steps are enough.');
  expect(await page.getByRole('main').textContent()).not.toMatch(/portrait_4_3|square_hd/u);
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('single keys star and repaint the picture that is shown, once Escape has left the field, and / searches the library', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/studio');
  await page.getByRole('button', { name: 'Star', exact: true }).waitFor();
  await form(page).getByLabel('Prompt', { exact: true }).fill('');
  await page.keyboard.type('sr/');
  expect(await form(page).getByLabel('Prompt', { exact: true }).inputValue()).toBe('sr/');
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Starred' }).waitFor();
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Star', exact: true }).waitFor();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await keys.getByText('Star the picture that is shown').waitFor();
  await expectAccessible(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'hidden' });
  await page.keyboard.press('r');
  await page.waitForURL(/\/studio\/repaint\/[0-9a-f-]{36}$/u);
  await page.getByRole('application').waitFor();
  await page.goto('/library');
  await page.getByRole('list', { name: 'Pictures and videos' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('buses');
  await page.getByRole('heading', { level: 1, name: /match “buses”/ }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('with the keyboard alone a part of a picture is marked and repainted, what changed is counted, and the mask opens again', async () => {
  const { id } = (await studio.app.admin.generation.assets.list({ limit: 1 })).items[0]!;
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, `/studio/repaint/${id}`);
  await heading(page, 'Nothing marked yet.');
  await expectAccessible(page, 'mask editor');
  const canvas = page.getByRole('application');
  const keys = async (...names: string[]) => {
    for (const name of names) await page.keyboard.press(name);
  };
  await canvas.focus();
  // A rectangle from 50 % across and down to 90 %, its corner set by Space.
  await keys('r', ' ', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await keys('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', ' ');
  await heading(page, '16% marked, lower right.');
  const live = page.locator('[aria-live="polite"].sr');
  await live.getByText('16% marked, lower right.').waitFor();
  await keys('1');
  await heading(page, '27% marked, lower right and upper left.');
  await keys('Control+z');
  await heading(page, '16% marked, lower right.');
  await keys('Control+y', 'i', 'i', 'Control+z', 'Control+z', 'Control+z');
  await heading(page, '16% marked, lower right.');
  await keys('w');
  await live.getByText('90% across, 90% down').waitFor();
  // A brush stroke, erased again as it was drawn.
  await keys('b', ' ', 'Shift+ArrowUp', ' ', ']', '[', 'x', ' ', ' ', 'Control+z', 'Control+z');
  await heading(page, '16% marked, lower right.');
  // Filling needs a closed area.
  await keys('f', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', ' ');
  await live.getByText('Nothing closed here. Draw around it first.').waitFor();
  await keys('+', '+', '0', 'Escape');

  await page.getByLabel('Prompt', { exact: true }).focus();
  await page.keyboard.type('A fox asleep on the kerb');
  const repaint = page.getByRole('button', { name: 'Repaint 16% of the picture' });
  await repaint.focus();
  await page.keyboard.press('Enter');
  await page.getByText('No try is ready yet.').waitFor();
  await studio.app.runJobs();
  await page.getByRole('heading', { name: /^Repainted\./ }).waitFor();
  await page.getByText(/pixels outside the mask changed, too|Nothing outside the mask changed/).waitFor();
  const divider = page.getByRole('slider', { name: 'Compare: position of the divider' });
  await divider.focus();
  await page.keyboard.press('Home');
  expect(await divider.getAttribute('aria-valuetext')).toBe('0% before, 100% after');
  await expectAccessible(page, 'before and after');

  await canvas.focus();
  await keys('i');
  await heading(page, '84% marked, nearly everything.');
  await page.getByRole('button', { name: 'Open its mask' }).click();
  await heading(page, '16% marked, lower right.');
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('on a phone a finger marks a part, a color is selected without drawing, and the page does not scroll sideways', async () => {
  const body = new Uint8Array(await scene('#d8402b', '#3c8f76'));
  const uploaded = await fetch(`${studio.app.baseUrl}/files`, { method: 'POST', body, headers: { 'x-admin-api-key': TEST_ADMIN_KEY } });
  const { asset: id } = (await uploaded.json()) as UploadedPicture;
  await using tab = await openPage(studio, { width: 390, theme: 'dark', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, `/studio/repaint/${id}`);
  await heading(page, 'Nothing marked yet.');
  const box = (await page.getByRole('application').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('heading', { level: 1, name: /^\d% marked, upper left\.$/ }).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await heading(page, 'Nothing marked yet.');
  await page.getByRole('list', { name: 'Select by color' }).getByRole('button').nth(1).click();
  await page.getByRole('heading', { level: 1, name: /^3[6-9]% marked, lower center\.$/ }).waitFor();
  await page.getByRole('button', { name: 'By color' }).click();
  await page.getByRole('application').focus();
  await page.keyboard.press(']');
  expect(await page.getByRole('slider', { name: 'Tolerance' }).inputValue()).toBe('30');
  await expectAccessible(page, 'mask editor on a phone');
  await page.goto('/studio');
  await page.getByRole('heading', { name: 'Earlier prompts' }).waitFor();
  await expectAccessible(page, 'studio on a phone');
  expect(tab.complaints).toEqual([]);
}, 300_000);
