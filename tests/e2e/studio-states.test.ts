import sharp from 'sharp';
import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '#tests/support/chromium.ts';
import { FLUX_LAYERS, safetensorsFile } from '#tests/support/studio/safetensors-file.ts';
import { QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { expectAccessible, heading } from './cover-studio.ts';
import { currentInstant, openPage, signIn } from './screens-app.ts';

/** An app with two pictures of the operator and of Ada, whose month is full with them, and a browser. */
async function openStudio() {
  const web = await buildWeb();
  const pictures = await Promise.all(
    ['#31406f', '#d8402b'].map((background) =>
      sharp({ create: { width: 480, height: 320, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const app = await startStudioApp({
    at: await currentInstant(),
    http: true,
    webRoot: web.folder,
    studio: { rendersPerMonth: 2 },
    vendor: { pictures },
  });
  const ada = await app.person('Ada');
  for (const caller of [app.admin, ada]) await caller.generation.studio.request({ ...QUEUED, copies: 2 });
  await app.runJobs();
  const browser = await launchChromium();
  return {
    app,
    ada,
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

/** Gives the page the session of Ada. */
async function signInAsAda(page: Page): Promise<void> {
  const { deps, baseUrl } = studio.app;
  const { secret } = await beginSession(deps, deps.db, { userId: studio.ada.id, role: 'listener', replaces: undefined });
  const { port } = new URL(baseUrl);
  await page.context().addCookies([{ name: `segue_sid_${port}`, value: secret, url: baseUrl }]);
}

test.each([
  ['a wide', 1440, 'light'],
  ['a narrow', 390, 'dark'],
] as const)(
  'on %s screen a full month turns the button off, with the day on which it ends, and keeps what was typed',
  async (_name, width, theme) => {
    await using tab = await openPage(studio, { width, theme, motion: 'reduce' });
    const { page } = tab;
    await signInAsAda(page);
    await page.goto('/studio');
    const form = page.getByRole('form', { name: 'New render' });
    await form.getByLabel('Prompt', { exact: true }).fill('A third picture');
    await form.getByText(/^This does not fit into your month: 2 of 2 renders/).waitFor();
    const button = form.getByRole('button', { name: /^Over your limit until 1 \w+$/ });
    expect(await button.isDisabled()).toBe(true);
    await page.keyboard.press('Control+Enter');
    await expectAccessible(page, 'full month');
    await page.reload();
    expect(await form.getByLabel('Prompt', { exact: true }).inputValue()).toBe('A third picture');
    expect((await studio.ada.generation.usage.mine()).renders).toEqual({ used: 2, limit: 2 });
    expect(tab.complaints).toEqual([]);
  },
  300_000,
);

test('the operator uploads a LoRA file, a pickle is refused with the reason, and the file is added with what its header says', async () => {
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/admin/loras');
  const picker = page.locator('input[data-lora-file]');
  await picker.setInputFiles({ name: 'trap.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from('PK\u0003\u0004 and more') });
  await page.getByText(/pickle/).waitFor();
  const buffer = safetensorsFile(FLUX_LAYERS, { metadata: { 'modelspec.trigger_phrase': 'scrnprnt' } });
  await picker.setInputFiles({ name: 'screen-print.safetensors', mimeType: 'application/octet-stream', buffer });
  const row = page.getByRole('row', { name: /screen-print\.safetensors/ });
  await row.getByText('Not added').waitFor();
  await expectAccessible(page, 'LoRA files');
  await row.getByRole('button', { name: 'Add: screen-print.safetensors' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add screen-print.safetensors' });
  expect(await dialog.getByLabel('Name').inputValue()).toBe('screen-print');
  expect(await dialog.getByLabel('Trigger words').inputValue()).toBe('scrnprnt');
  expect(await dialog.getByLabel('Base model').count()).toBe(0);
  await expectAccessible(page, 'LoRA dialog');
  await dialog.getByLabel('Name').fill('Screen print');
  await dialog.getByRole('button', { name: 'Add LoRA' }).click();
  await row.getByText('Added as “Screen print”').waitFor();
  await page.getByRole('heading', { level: 1, name: 'No LoRA can be chosen yet.' }).waitFor();
  expect((await studio.app.admin.generation.loras.list()).loras).toMatchObject([{ name: 'Screen print', base: 'flux-1', triggers: ['scrnprnt'] }]);
  // The refused file is the only complaint, as a response of the server.
  expect(tab.complaints.filter((one) => !one.includes('400'))).toEqual([]);
}, 300_000);

/** A stroke of a pen, with its pressure from 0 to 1, over these shares of the picture. */
async function drawWithPen(page: Page, { from, to, force }: { from: number; to: number; force: number }): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  const cdp = await page.context().newCDPSession(page);
  const y = box.y + box.height * 0.5;
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', share: number) =>
    cdp.send('Input.dispatchMouseEvent', {
      type,
      x: box.x + box.width * share,
      y,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
      pointerType: 'pen',
      force: type === 'mouseReleased' ? 0 : force,
    });
  await send('mousePressed', from);
  for (let step = 1; step <= 6; step += 1) await send('mouseMoved', from + ((to - from) * step) / 6);
  await send('mouseReleased', to);
  await cdp.detach();
}

test('a pen that is pressed lightly draws thinner, its pressure is stored with the mask, and two fingers zoom without marking', async () => {
  const { id } = (await studio.app.admin.generation.assets.list({ limit: 1 })).items[0]!;
  await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, `/studio/repaint/${id}`);
  await heading(page, 'Nothing marked yet.');
  const marked = async () => {
    const title = page.getByRole('heading', { level: 1, name: /^\d+% marked/ });
    await title.waitFor();
    return Number.parseInt((await title.textContent())!, 10);
  };
  await page.getByRole('application').scrollIntoViewIfNeeded();
  await drawWithPen(page, { from: 0.1, to: 0.9, force: 1 });
  const heavy = await marked();
  await page.getByRole('button', { name: 'Undo' }).click();
  await heading(page, 'Nothing marked yet.');
  await drawWithPen(page, { from: 0.1, to: 0.9, force: 0.2 });
  const light = await marked();
  // A quarter of the brush at the lightest, the whole at the heaviest: 0.4 of it.
  expect(light / heavy).toBeGreaterThan(0.25);
  expect(light / heavy).toBeLessThan(0.6);

  const picture = page.getByRole('application').locator('img');
  const zoomOf = async () => Number(/scale\(([\d.]+)\)/u.exec((await picture.getAttribute('style')) ?? '')?.[1]);
  expect(await zoomOf()).toBe(1);
  const box = (await page.getByRole('application').boundingBox())!;
  const cdp = await page.context().newCDPSession(page);
  const fingers = (apart: number) => [-1, 1].map((side, at) => ({ x: box.x + box.width / 2 + side * apart, y: box.y + box.height / 2, id: at }));
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof fingers>) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
  const spread = async () => {
    await touch('touchStart', fingers(40).slice(0, 1));
    await touch('touchStart', fingers(40));
    for (const apart of [50, 60, 70, 80]) await touch('touchMove', fingers(apart));
    await touch('touchEnd', []);
  };
  await cdp.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  await spread();
  await expect.poll(zoomOf).toBeGreaterThan(1.7);
  expect(await zoomOf()).toBeLessThan(2.3);
  expect(await marked()).toBe(light);
  await page.getByRole('application').focus();
  await page.keyboard.press('0');
  expect(await zoomOf()).toBe(1);
  // A tool that marks with one press does not mark under the first of two fingers.
  await page.keyboard.press('c');
  await spread();
  await expect.poll(zoomOf).toBeGreaterThan(1.7);
  expect(await marked()).toBe(light);
  await page.getByRole('application').focus();
  await page.keyboard.press('0');

  await page.getByLabel('Prompt', { exact: true }).fill('A fox asleep');
  await page.getByRole('button', { name: `Repaint ${light}% of the picture` }).click();
  await page.getByText('No try is ready yet.').waitFor();
  const mask = (await studio.app.rows()).at(-1)!.values['mask'] as typeof id;
  const { operations } = await studio.app.admin.generation.assets.mask({ mask });
  const [stroke] = operations.filter(({ kind }) => kind === 'stroke');
  expect(stroke).toMatchObject({ points: expect.arrayContaining([[expect.any(Number), expect.any(Number), 0.2]]) as object });
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('the picture to repaint is chosen from the newest ones, found by words, or uploaded', async () => {
  await using tab = await openPage(studio, { width: 390, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/studio/repaint');
  const pictures = page.getByRole('list', { name: 'Your newest pictures' });
  await expect.poll(() => pictures.getByRole('button').count()).toBe(2);
  await expectAccessible(page, 'choice of a picture');
  await page.getByLabel('Search prompts').fill('zeppelin');
  await page.getByText('No picture matches “zeppelin”.').waitFor();
  await page.getByLabel('Search prompts').fill('lake');
  await pictures.getByRole('button').first().click();
  await heading(page, 'Nothing marked yet.');
  await page.goto('/studio/repaint');
  const buffer = await sharp({ create: { width: 200, height: 120, channels: 3, background: '#3c8f76' } })
    .jpeg()
    .toBuffer();
  await page.getByLabel('Picture file').setInputFiles({ name: 'own.jpg', mimeType: 'image/jpeg', buffer });
  await page.waitForURL(/\/studio\/repaint\/[0-9a-f-]{36}$/u);
  await page.getByText('200 × 120').waitFor();
  expect(tab.complaints).toEqual([]);
}, 300_000);
