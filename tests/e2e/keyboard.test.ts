import { jobRuns } from '#drizzle/schema/index.ts';
import { jobRunId } from '#shared/ids.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPage, openScreens, signIn } from './screens-app.ts';
import type { Screens } from './screens-app.ts';

vi.setConfig({ testTimeout: 300_000 });
/** More than the number of tab stops on any page. */
const TAB_STOPS_MAX = 150;

let screens: Screens;

/** A day that waits for approval, and a failed job run. */
beforeAll(async () => {
  screens = await openScreens();
  const { admin, deps } = screens.app;
  await admin.playlistAdmin.scaling.saveSettings({ ...DEFAULT_NETWORK_SETTINGS, sync: { ...DEFAULT_NETWORK_SETTINGS.sync, createsADay: 0 } });
  await admin.playlistAdmin.sync.plan({});
  const at = deps.now();
  await deps.db.insert(jobRuns).values({
    id: jobRunId.parse(randomUUID()),
    task: 'ingest-albums',
    status: 'failed',
    trigger: 'clock',
    outcome: 'Spotify did not answer.',
    createdAt: at,
    startedAt: at,
    finishedAt: at,
    changedAt: at,
    payload: {},
    errorCode: 'provider_unavailable',
  });
}, 300_000);

afterAll(() => screens[Symbol.asyncDispose]());

/** The focused element: its name, and whether the focus is visible. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    const outlined = [element, element?.parentElement, element?.parentElement?.parentElement];
    return {
      name: element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent?.trim() ?? '',
      isVisible: outlined.some(
        (one) => one && getComputedStyle(one).outlineStyle !== 'none' && Number.parseFloat(getComputedStyle(one).outlineWidth) >= 2,
      ),
    };
  });

/** Waits two frames: a dialog moves the focus from its end to its beginning in the next frame, and no person presses keys faster. */
const drawn = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Presses Tab until the element with this name has the focus. Expects a visible focus at each stop. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let stop = 0; stop < TAB_STOPS_MAX; stop += 1) {
    await page.keyboard.press('Tab');
    await drawn(page);
    const now = await focused(page);
    if (now.name !== '') expect(now.isVisible, `the focus on “${now.name}” is visible`).toBe(true);
    if (typeof name === 'string' ? now.name === name : name.test(now.name)) return;
    seen.push(now.name.slice(0, 40));
  }
  throw new Error(`Tab never reached ${String(name)}, only ${seen.join(' | ')}`);
}

test('by keyboard alone an operator signs in, approves the day, pauses and resumes a task, and retries a failed job', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  const { keyboard } = page;
  await page.goto('/sign-in?returnTo=%2Fadmin');
  await page.getByLabel('Admin key').waitFor();
  await tabTo(page, 'Admin key');
  await keyboard.type(TEST_ADMIN_KEY);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Today needs your approval.' }).waitFor();
  await tabTo(page, 'Open the plan');
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Approve and apply to 2 playlists' }).waitFor();
  await tabTo(page, 'Approve and apply to 2 playlists');
  await keyboard.press('Enter');
  await page.getByText(/^Approved by/).waitFor();
  await expect.poll(async () => (await focused(page)).name).toMatch(/^Approved by/);
  await keyboard.press('g');
  await keyboard.press('j');
  await page.getByRole('button', { name: 'Pause: Enrich tracks' }).waitFor();
  await tabTo(page, 'Pause: Enrich tracks');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Pause “Enrich tracks”?' }).waitFor();
  // Navigation shortcuts are disabled while a dialog is open.
  await tabTo(page, 'Pause task');
  await keyboard.press('g');
  await keyboard.press('n');
  expect(new URL(page.url()).pathname).toBe('/admin/jobs');
  await tabTo(page, 'Reason');
  await keyboard.type('Too many questions today.');
  await tabTo(page, 'Pause task');
  await keyboard.press('Enter');
  await page.getByText('Too many questions today.').waitFor();
  await expect.poll(async () => (await focused(page)).name).toBe('Resume: Enrich tracks');
  await keyboard.press('Enter');
  await expect.poll(async () => (await focused(page)).name).toBe('Pause: Enrich tracks');
  await tabTo(page, 'Try again now: Ingest albums');
  await keyboard.press('Enter');
  await page.getByText('Ingest albums queued again with the same input.').waitFor();
  expect(tab.complaints).toEqual([]);
});

test('the list of shortcuts has one for each page, and it opens that page', async () => {
  await using tab = await openPage(screens, { width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin');
  const pages = await page.getByRole('navigation', { name: 'Operate' }).getByRole('link').allTextContents();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog');
  await keys.waitFor();
  for (const title of pages) expect(await keys.getByText(`Go to ${title}`, { exact: true }).count(), title).toBe(1);
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await page.getByRole('link', { name: 'Vendors', exact: true }).and(page.locator('[aria-current="page"]')).waitFor();
  await keys.waitFor({ state: 'detached' });
});

test('a table of a hundred playlists renders only nearby rows, can be filtered, and is reachable to its end by keyboard', async () => {
  const { admin } = screens.app;
  const [policy] = await admin.playlistAdmin.policies.list();
  await admin.playlistAdmin.playlists.create({ themeTag: 'Many', policyId: policy!.id, count: 100 });
  await using tab = await openPage(screens, { width: 1440, theme: 'dark' });
  const { page } = tab;
  await signIn(page, '/admin/playlists');
  const table = page.getByRole('table', { name: 'Playlists' });
  await table.waitFor();
  await expect.poll(() => table.getAttribute('aria-rowcount')).toBe('104');
  expect(await table.locator('tbody tr[data-index]').count()).toBeLessThan(80);
  const last = page.getByLabel('Edits on Spotify: 103');
  await table.getByRole('combobox').first().focus();
  for (let presses = 0; presses < 400 && !(await last.evaluateAll(([one]) => one !== undefined && one === document.activeElement)); presses += 2) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    // Rows are rendered when the focus comes near them.
    await drawn(page);
  }
  expect((await focused(page)).name).toMatch(/^Edits on Spotify: 103/);
  await page.getByRole('searchbox').fill('ferry');
  await expect.poll(() => table.locator('tbody tr').count()).toBe(1);
  await expect.poll(() => new URL(page.url()).searchParams.get('find')).toBe('ferry');
  await page.getByRole('button', { name: /^Not synced today/ }).click();
  await page.goBack();
  await page.getByRole('button', { name: /^All/, pressed: true }).waitFor();
  expect(tab.complaints).toEqual([]);
});
