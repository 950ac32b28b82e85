import { SYSTEM } from '#server/actor.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { mergeRecordings } from '#server/repos/catalog/recording-merges.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { recordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchChromium } from '#tests/support/chromium.ts';
import { TEST_ADMIN_KEY, startTestApp } from '#tests/support/app.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { buildWeb } from '#tests/web/built-web.ts';

const ALBUMS = 60;
const DAY_MS = 864e5;
/** What is waited out of a day. */
const LAST_MS = 180_000;
/** Far above the load time of a page on a busy machine; only a hang reaches it. */
const TIMEOUT_MS = 100_000;

/**
 * The present as ISO text. The last minutes of a day (UTC) are waited out, so that the day does not end during a test; another time than that of the
 * database and the browser would expire cookies and repeat jobs that are not due.
 */
export async function currentInstant(): Promise<string> {
  const leftMs = DAY_MS - (Date.now() % DAY_MS);
  if (leftMs < LAST_MS) await wait(leftMs);
  return new Date().toISOString();
}

/** An app with music, set up by the product itself: imported, enriched, curated, planned for one account; nothing is written to Spotify yet. */
export async function openScreens() {
  const web = await buildWeb();
  const app = await startTestApp({ at: await currentInstant(), http: true, webRoot: web.folder, sandbox: { catalog: { albums: ALBUMS, seed: 1 } } });
  await setUpNetwork(app);
  const browser = await launchChromium();
  return {
    app,
    browser,
    albumLinks: albumLinks(app),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await app[Symbol.asyncDispose]();
      web.remove();
    },
  };
}

export type Screens = Awaited<ReturnType<typeof openScreens>>;

type App = Awaited<ReturnType<typeof startTestApp>>;

async function setUpNetwork(app: App): Promise<void> {
  // A policy that matches no music can only be created before there is music.
  const nothing = { version: 1, pool: { field: 'title', op: 'equals', value: 'no such title anywhere' }, size: 12 };
  // The editor refuses it because it can never be filled, so the use-case is called directly.
  const empty = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name: 'Nothing', body: nothing });
  await connectAs(app.deps, 'segue-north');
  await app.admin.catalog.submitImport({
    text: `${albumLinks(app).join('\n')}\nhttps://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk\nnot a link`,
  });
  await app.runJobs();
  const open = await app.admin.playlistAdmin.policies.create({ name: 'Everything', body: { version: 1, pool: { all: [] }, size: 12 } });
  await app.admin.playlistAdmin.playlists.create({ themeTag: 'Night Ferry', policyId: open.id, blurb: 'Low light, long water.' });
  await app.admin.playlistAdmin.playlists.create({ themeTag: 'Blue Hour', policyId: open.id });
  await app.admin.playlistAdmin.playlists.create({ themeTag: 'Empty Shelf', policyId: empty.id });
  await app.admin.operations.jobs.run({ task: 'curate-playlists' });
  await app.runJobs();
  await mergeTwoRecordings(app);
}

/** Two recordings that count as one, as enrichment finds them among releases whose ISRCs differ. */
async function mergeTwoRecordings(app: App): Promise<void> {
  const found = await app.deps.db.execute<{ id: number }>(sql`select id from recordings where merged_into is null and id not in
    (select recording_id from placements) order by id limit 2`);
  const [into, from] = found.rows.map(({ id }) => recordingId.parse(id));
  if (from === undefined || into === undefined) throw new Error('There are no two recordings that were never placed.');
  await app.deps.db.transaction((tx) => mergeRecordings(tx, [{ from, into, basis: 'title_artists_duration', confidence: 0.8 }], app.deps.now()));
}

function albumLinks(app: App): string[] {
  const { catalog } = app.sandbox;
  return Array.from({ length: catalog.albumCount }, (_, at) => `https://open.spotify.com/album/${catalog.albumIdAt(at)}`);
}

/** Opens a page in its own browser profile. `complaints` collects console errors and warnings, exceptions and content-policy violations. */
export async function openPage(
  screens: Pick<Screens, 'browser'> & { readonly app: Pick<Screens['app'], 'baseUrl'> },
  look: { readonly width: number; readonly theme: 'light' | 'dark'; readonly motion?: 'reduce' },
) {
  const context = await screens.browser.newContext({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.theme,
    reducedMotion: look.motion ?? 'no-preference',
    baseURL: screens.app.baseUrl,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  await page.exposeFunction('reportViolation', (directive: string) => complaints.push(`content policy: ${directive}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { reportViolation(directive: string): void }).reportViolation(event.violatedDirective);
    });
  });
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Signs in as the operator by the form and waits for the target page. */
export async function signIn(page: Page, to: string): Promise<void> {
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(to)}`);
  await page.getByLabel('Admin key').fill(TEST_ADMIN_KEY);
  await page.getByRole('button', { name: 'Sign in with the key' }).click();
  await page.waitForURL((url) => `${url.pathname}${url.search}` === to);
}
