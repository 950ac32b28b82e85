import axe from 'axe-core';
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { connectAccounts } from '#tests/support/spotify/connected-accounts.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import { buildWeb } from '#tests/web/built-web.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { dayOf } from '#shared/domain/days.ts';
import { openPage, currentInstant, signIn } from './screens-app.ts';

/** Four connected accounts, one of which needs re-authorization; two playlists are synced to them. */
async function openAccountsApp() {
  const web = await buildWeb();
  const app = await startTestApp({ at: await currentInstant(), http: true, webRoot: web.folder });
  await connectAccounts(app.deps, 'segue-north', 'segue-south', 'segue-east', 'mara');
  const tracks = await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, 40));
  const today = dayOf(app.clock.now());
  for (const index of [1, 2])
    await publish(app.deps.db, { playlistId: await seedPlaylist(app.deps.db, index), day: today, tracks: tracks.slice(index * 10, index * 10 + 10) });
  await syncPlaylists(app.deps, { day: today, signal: new AbortController().signal });
  await app.deps.db.execute(
    sql`update accounts set status = 'needs_reauth', status_reason = 'Its owner took it back.' where spotify_user_id = 'mara'`,
  );
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

type AccountsApp = Awaited<ReturnType<typeof openAccountsApp>>;

let network: AccountsApp;
beforeAll(async () => {
  network = await openAccountsApp();
}, 300_000);
afterAll(() => network[Symbol.asyncDispose]());

// openPage needs only the app's address and the browser.
const open = (look: Parameters<typeof openPage>[1]) => openPage(network, look);
const idOf = async (name: string) =>
  (await network.app.admin.playlistAdmin.accounts.list()).find(({ displayName }) => displayName === name)?.id ?? '';
const linkFor = async (name: string) => (await network.app.admin.playlistAdmin.accounts.createReconnectLink({ accountId: await idOf(name) })).url;

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0);
}

async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.parse(JSON.stringify(result.violations)))`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** The owner consents on the sandbox's consent page. */
async function consentAs(page: Page, person: string): Promise<void> {
  await page.getByLabel(person).check();
  await page.getByRole('button', { name: 'Agree' }).click();
}

test.each([
  { width: 1440, theme: 'light' },
  { width: 390, theme: 'dark' },
  { width: 320, theme: 'light' },
] as const)(
  'at $width px in the $theme theme the account pages fit and have no accessibility violations',
  async (look) => {
    await using tab = await open(look);
    const { page } = tab;
    await signIn(page, '/admin/accounts');
    const north = await idOf('Segue North');
    const token = new URL(await linkFor('Segue East')).hash;
    for (const address of ['/admin/accounts', `/admin/accounts?account=${north}`, `/accounts/${north}`, `/reconnect${token}`, '/reconnect']) {
      await page.goto('about:blank');
      await page.goto(address);
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), address).toBe(false);
      expect(await axeViolations(page), address).toEqual([]);
    }
    expect(tab.complaints).toEqual([]);
  },
  300_000,
);

test('an account’s owner opens the link, consents on Spotify and is confirmed; the link cannot be used again', async () => {
  await using tab = await open({ width: 390, theme: 'light' });
  const { page } = tab;
  const link = await linkFor('Mara Ellison');
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue to Spotify' }).click();
  await consentAs(page, 'Mara Ellison');
  await page.getByRole('heading', { name: 'Thank you. Mara Ellison is re-authorized.' }).waitFor();
  expect(page.url()).not.toContain(new URL(link).hash.slice(1));
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link is not valid.' }).waitFor();
  await page.getByText('Ask the person who sent it for a new link').waitFor();
});

test('consenting with another Spotify account shows both names and changes nothing', async () => {
  await using tab = await open({ width: 1440, theme: 'light' });
  const { page } = tab;
  await page.goto(await linkFor('Segue East'));
  await page.getByRole('button', { name: 'Continue to Spotify' }).click();
  await consentAs(page, 'Jonas Winterfeld');
  await page.getByText('You signed in to Spotify as Jonas Winterfeld, not Segue East. Nothing was changed.').waitFor();
  expect(page.url()).not.toContain('Jonas');
});

test('the operator creates a link, and disconnects an account by keyboard after reading what is deleted', async () => {
  await using tab = await open({ width: 1440, theme: 'light' });
  const { page } = tab;
  await signIn(page, '/admin/accounts');
  await page.getByRole('link', { name: 'Open Segue South' }).click();
  await page.getByRole('button', { name: 'Create link' }).click();
  expect(await page.getByLabel('Reconnect link').inputValue()).toMatch(/\/reconnect#[\w-]{43}$/);
  await page.getByRole('button', { name: 'Disconnect…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('sealed tokens').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Disconnect…' }).press('Enter');
  await dialog.getByText('sealed tokens').waitFor();
  await dialog.getByRole('button', { name: 'Disconnect Segue South' }).press('Enter');
  await dialog.getByRole('heading', { name: 'Segue South is disconnected.' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Done' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: /accounts/ }).waitFor();
  await page.getByRole('link', { name: 'Segue North', exact: true }).waitFor();
  expect(await page.getByText('Segue South').count()).toBe(0);
  expect(tab.complaints).toEqual([]);
});
