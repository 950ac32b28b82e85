import axe from 'axe-core';
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, openScreens, signIn } from './screens-app.ts';
import type { Screens } from './screens-app.ts';

const PUBLIC = [
  '/covers',
  '/',
  '/?mood=calm',
  '/playlist/1?track=1',
  '/playlist/1/history',
  '/playlist/3',
  '/sign-in?problem=state_expired',
  '/library',
  '/studio',
  '/studio/repaint',
  '/network',
  '/discover',
  '/discover?q=calm+evening+music',
  '/discover/path?start=1&end=9',
  '/discover/import',
  '/discover/saved',
  '/discover/submit',
  '/nowhere',
];
const OPERATOR = [
  '/admin',
  '/admin/intake?status=failed',
  '/admin/playlists',
  '/admin/sync',
  '/admin/scaling',
  '/admin/jobs',
  '/admin/policies',
  '/admin/policies/new',
  '/admin/policies/simulation',
  '/admin/accounts',
  '/admin/vendors',
  '/admin/models',
  '/admin/loras',
  '/admin/usage',
  '/admin/covers?result=failed',
];

let screens: Screens;

beforeAll(async () => {
  screens = await openScreens();
}, 300_000);

afterAll(() => screens[Symbol.asyncDispose]());

/** Waits until the page has finished loading. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0);
  await page.evaluate(() => document.fonts.ready);
}

/** Accessibility violations found by axe-core, one line each. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<{ impact: string; id: string; nodes: { html: string }[] }[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.parse(JSON.stringify(result.violations)))`,
  );
  return violations.map(({ impact, id, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
}

const scrollsSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test.each([
  { width: 1440, theme: 'light' },
  { width: 1440, theme: 'dark' },
  { width: 390, theme: 'light' },
  { width: 390, theme: 'dark' },
  { width: 320, theme: 'light' },
] as const)(
  'at $width px in the $theme theme every page renders without errors, fits its width, and is accessible',
  async (look) => {
    await using tab = await openPage(screens, look);
    await signIn(tab.page, '/admin');
    for (const address of [...PUBLIC, ...OPERATOR]) {
      await tab.page.goto(address);
      await settled(tab.page);
      expect(await tab.page.getByText(/^Can’t load/).allTextContents(), address).toEqual([]);
      expect(await scrollsSideways(tab.page), `${address} scrolls sideways`).toBe(false);
      expect(await axeViolations(tab.page), address).toEqual([]);
    }
    expect(tab.complaints).toEqual([]);
  },
  300_000,
);

test('by keyboard alone a playlist is found, a track’s reasons are read, and the playlist wall is reopened', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.keyboard.press('/');
  const find = page.getByRole('combobox', { name: 'Find a playlist or an artist' });
  await find.waitFor();
  await page.keyboard.type('ferry');
  await page.getByRole('option', { name: /Night Ferry/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Night Ferry', level: 1 }).waitFor();
  const tracks = page.locator('button[aria-expanded]');
  await tracks.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Why it scored' }).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('track')).toBe('2');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.getByRole('list', { name: 'Playlists' }).waitFor();
  expect(tab.complaints).toEqual([]);
});

test('dialogs are accessible, close on Esc and return the focus', async () => {
  // Without motion, colors do not fade in.
  await using tab = await openPage(screens, { width: 1440, theme: 'light', motion: 'reduce' });
  const { page } = tab;
  await signIn(page, '/admin/playlists');
  const openings = [
    { address: '/admin/playlists', button: 'New playlist' },
    { address: '/admin/jobs', button: 'Pause: Enrich tracks' },
    { address: '/playlist/1', button: 'Read the certificate' },
    { address: '/', button: 'Keyboard shortcuts' },
    { address: '/', button: /^Find a playlist/ },
  ];
  for (const { address, button } of openings) {
    await page.goto(address);
    await settled(page);
    const opener = page.getByRole('button', { name: button });
    await opener.click();
    await page.getByRole('dialog').waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeViolations(page), `${String(button)}, ${colorScheme}`).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement), { message: String(button) }).toBe(true);
  }
  expect(tab.complaints).toEqual([]);
}, 300_000);

test('a playlist that could not be filled says why, and shows no certificate', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  await tab.page.goto('/playlist/3');
  await tab.page.getByRole('heading', { name: /^No list could be made for/ }).waitFor();
  expect(await tab.page.getByText('Proved for').count()).toBe(0);
});

test('a listener checks the signature of a certificate in the browser and downloads the public ledger; a changed certificate is refused', async () => {
  const answers = [
    { change: undefined, hasCrypto: true, says: /^Signed by this server, unchanged\. Key [0-9a-f]{16}…$/ },
    {
      change: (text: string) => text.replace(/"title": "/, '"title": "Not '),
      hasCrypto: true,
      says: 'The certificate was changed after it was signed.',
    },
    { change: (text: string) => text.replace(/"key": "[0-9a-f]/, '"key": "g'), hasCrypto: true, says: /is not one of this server’s keys/ },
    { change: undefined, hasCrypto: false, says: /^The signature could not be checked here/ },
  ];
  for (const { change, hasCrypto, says } of answers) {
    await using tab = await openPage(screens, { width: 1440, theme: 'light' });
    const { page } = tab;
    if (!hasCrypto) await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
    if (change)
      await page.route('**/certificates/**', async (route) => {
        const genuine = await route.fetch();
        await route.fulfill({ response: genuine, body: change(await genuine.text()) });
      });
    await page.goto('/playlist/1');
    await page.getByRole('button', { name: 'Read the certificate' }).click();
    await page.getByRole('button', { name: 'Check the signature' }).click();
    await page.getByRole('status').filter({ hasText: says }).waitFor();
    const address = await page.getByRole('link', { name: 'public ledger for these days' }).getAttribute('href');
    const ledger = await page.request.get(address ?? '');
    expect(ledger.status()).toBe(200);
    expect((await ledger.text()).split('\n')[0]).toContain('"kind":"segue public ledger"');
    expect(tab.complaints).toEqual([]);
  }
}, 300_000);

test('"why not another track" names the rule that excluded a recording', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await page.goto('/playlist/3');
  const known = await screens.app.admin.playlists.playlist({ index: 1 });
  const title = known.entries[0]!.title;
  await page.getByLabel('Search the catalog by title or artist').fill(title);
  await page.getByRole('button', { name: title }).first().click();
  await page.getByRole('img', { name: 'Fails' }).first().waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.has('ask')).toBe(true);
});

test('the theme follows the system until one is chosen, and the choice applies before the first paint', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'dark' });
  const { page } = tab;
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  await page.goto('/');
  expect(await theme()).toBe('dark');
  await page.getByRole('button', { name: 'Use light theme' }).click();
  await expect.poll(theme).toBe('light');
  await page.goto('/', { waitUntil: 'commit' });
  await page.waitForSelector('#root', { state: 'attached' });
  expect(await theme()).toBe('light');
});

test('reduced motion turns animations off', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light', motion: 'reduce' });
  await tab.page.goto('/');
  await settled(tab.page);
  expect(await tab.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--m-slow').trim())).toMatch(/^0m?s$/);
});

test('a visitor is sent to sign-in, a wrong key is reported at its field, and the right one leads to the requested page', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await page.goto('/admin/intake?status=failed');
  await page.getByRole('link', { name: 'Sign in with the admin key' }).click();
  const field = page.getByLabel('Admin key');
  await field.fill('not the key');
  await page.keyboard.press('Enter');
  await page.locator('input[aria-invalid="true"]').waitFor();
  expect(await field.inputValue()).toBe('not the key');
  await signIn(page, '/admin/intake?status=failed');
  await page.getByRole('heading', { name: 'All imports' }).waitFor();
});

test('each alert links to the page where it can be handled', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin');
  await page.getByRole('link', { name: /^Review/ }).click();
  await page.getByRole('heading', { name: 'All imports' }).waitFor();
  await expect.poll(() => new URL(page.url()).search).toBe('?status=failed');
  await page.getByRole('button', { name: /^Failed/, pressed: true }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Show the rules' }).first().click();
  await page.getByRole('heading', { name: 'Empty Shelf', level: 1 }).waitFor();
});

test('on the playlist wall the arrow keys move to the neighboring playlist', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await page.goto('/');
  await settled(page);
  const focused = () => page.evaluate(() => document.activeElement?.querySelector('h2')?.textContent);
  await page.getByRole('link', { name: /Night Ferry/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(focused).toBe('Blue Hour');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(focused).toBe('Night Ferry');
});

test('pasted links are imported, each with its status and what to do', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/intake');
  await page.getByLabel('Album links, one per line').fill(`${screens.albumLinks[0]}\n\nhello\n`);
  await page.getByRole('button', { name: 'Import 2 albums' }).click();
  await page.getByRole('status').filter({ hasText: '1 duplicate skipped, 1 link failed and 1 blank line ignored' }).waitFor();
  const lines = page.getByRole('table', { name: 'Import lines' });
  // Until the address names this import, the table shows the lines of all imports.
  await page.waitForURL(/[?&]intake=/);
  await expect.poll(() => lines.getByRole('row').count()).toBe(3);
  await lines.getByText('This is not a Spotify link, URI or id.').waitFor();
});

test('recordings that count as one are listed with the reason, and can be separated', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/intake');
  const merges = page.getByRole('table', { name: 'Merged recordings' });
  await merges.getByText('Same title, artists and length').waitFor();
  await merges.getByRole('button', { name: /^Separate / }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Separate', exact: true }).click();
  await merges.getByText('Separated').waitFor();
  const { rows } = await screens.app.deps.db.execute(sql`select undone_by is not null as undone from recording_merges`);
  expect(rows).toEqual([{ undone: true }]);
});

test('10,001 pasted links are refused at the field, and the pasted text is kept', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/intake');
  const field = page.getByLabel('Album links, one per line');
  await field.evaluate((element, lines) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', Array.from({ length: lines }, (_, at) => `spotify:album:${String(at).padStart(22, '0')}`).join('\n'));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, 10_001);
  await page.getByRole('button', { name: 'Import 10,001 albums' }).click();
  await page.getByText('The list has 10,001 lines; the maximum is 10,000 an import.').waitFor();
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  expect((await field.inputValue()).split('\n')).toHaveLength(10_001);
});

test('a started job updates the page live', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/jobs');
  const done = page.getByRole('table', { name: 'Finished runs' }).getByRole('row');
  await done.nth(1).waitFor();
  const before = await done.count();
  await page.getByRole('button', { name: 'Run now: Enrich tracks' }).click();
  await page.getByText('Enrich tracks queued.').waitFor();
  await screens.app.runJobs();
  await expect.poll(() => done.count()).toBeGreaterThan(before);
});

test('a plan is shown in detail, applied by one button, and leaves a receipt of what Spotify shows', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/sync');
  await page.getByRole('button', { name: 'Plan sync' }).click();
  await page.getByRole('heading', { name: '2 playlists will change.' }).waitFor();
  await page.getByText('added').first().waitFor();
  await page.getByRole('button', { name: 'Apply to 2 playlists' }).click();
  const receipt = page.getByRole('region', { name: 'Receipt' });
  await receipt.getByText('12 tracks match').first().waitFor();
  await page.getByRole('heading', { name: 'All 2 playlists are applied and verified.' }).waitFor();
  expect(tab.complaints).toEqual([]);
});

test('auto-apply limits are saved as entered, and other settings do not change', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/sync');
  const before = (await screens.app.admin.playlistAdmin.scaling.view()).settings;
  await page.getByLabel('Playlists edited on Spotify (% of all)').fill('12.5');
  await page.getByLabel('Playlists removed from accounts per day').fill('2');
  await page.getByRole('button', { name: 'Save limits' }).click();
  await page.getByText('Saved. Used from the next plan on.').waitFor();
  const after = (await screens.app.admin.playlistAdmin.scaling.view()).settings;
  expect(after).toEqual({ ...before, sync: { ...before.sync, handEditedShare: 0.125, unfollowsADay: 2 } });
});

test('edits on Spotify of one playlist can be set to overwrite, by keyboard alone', async () => {
  await using tab = await openPage(screens, { width: 390, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/playlists');
  const choice = page.getByLabel('Edits on Spotify: 001 Night Ferry');
  await choice.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText('Edits of Night Ferry on Spotify are overwritten from the next plan on.').waitFor();
  expect((await screens.app.admin.playlistAdmin.playlists.list()).map((row) => row.handEdits)).toEqual(['overwrite', 'merge', 'merge']);
});
