import { shortUrls } from '#drizzle/schema/index.ts';
import { QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const WAIT = { timeout: 20_000, interval: 20 };

let app: StudioApp;
let ada: Awaited<ReturnType<StudioApp['person']>>;
beforeAll(async () => {
  app = await startStudioApp({ http: true });
  ada = await app.person('Ada');
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());

async function sharedPicture() {
  const [render] = await ada.generation.studio.request(QUEUED);
  await app.runJobs();
  const { id } = (await ada.generation.studio.view({ renderId: render!.id })).assets[0]!;
  await ada.generation.assets.sharing.share({ ids: [id], sharing: 'link' });
  return id;
}
const linkTo = async (id: Awaited<ReturnType<typeof sharedPicture>>, expiresInDays?: number) =>
  ada.generation.assets.shortLinks.create({ target: { kind: 'asset', id }, ...(expiresInDays === undefined ? {} : { expiresInDays }) });

const follow = async (url: string, init: RequestInit = {}) => {
  const response = await fetch(`${app.baseUrl}${url}`, { redirect: 'manual', ...init });
  return {
    status: response.status,
    location: response.headers.get('location'),
    cache: response.headers.get('cache-control'),
    text: await response.text(),
  };
};
/** Follows it until the process remembers it. */
const warm = async (url: string) => {
  await vi.waitFor(async () => {
    await follow(url);
    if (!app.deps.caches.shortLinks.peek(url.slice(3), app.clock.now().getTime())) throw new Error('not remembered yet');
  }, WAIT);
};
const listeners = async () =>
  (
    await app.deps.db.execute<{ pid: number }>(
      sql`select pid from pg_stat_activity where datname = current_database() and query = 'listen segue_short_urls'`,
    )
  ).rows;

describe('a short link', () => {
  test('leads a stranger to the shared picture, on this server only, and counts without saying who came', async () => {
    const id = await sharedPicture();
    const link = await linkTo(id);
    expect(link.url).toMatch(/^\/s\/[\w-]{12}$/);
    expect(await follow(link.url)).toMatchObject({ status: 302, location: `/shared/${link.code}`, cache: 'no-store' });
    await follow(link.url, { method: 'HEAD' });
    const page = await app.as({ kind: 'anonymous' }).generation.assets.sharing.open({ token: link.code });
    expect(page).toMatchObject({ kind: 'asset', assets: [{ id }], endsAt: null });
    expect((await follow(page.assets[0]!.url)).status).toBe(200);
    await vi.waitFor(
      async () =>
        expect((await ada.generation.assets.shortLinks.list({ target: { kind: 'asset', id } }))[0]).toMatchObject({ clicks: 1, state: 'active' }),
      WAIT,
    );
    const columns = Object.keys((await app.deps.db.select().from(shortUrls))[0]!);
    expect(columns).toEqual(['code', 'userId', 'assetId', 'collectionId', 'playlistId', 'createdAt', 'expiresAt', 'revokedAt', 'clicks']);
    for (const odd of [
      `${link.url}//evil.example`,
      `${link.url}?to=https://evil.example`,
      `/s/https:%2f%2fevil.example`,
      '/s/',
      '/s/..%2f..',
      `/s/${'x'.repeat(12)}`,
    ]) {
      const { status, location } = await follow(odd);
      expect([status, location], odd).toEqual(odd.startsWith(`${link.url}?`) ? [302, `/shared/${link.code}`] : [404, null]);
    }
  });

  test('that expires ends on the second, with the addresses behind it, also when it is remembered', async () => {
    const id = await sharedPicture();
    const link = await linkTo(id, 1);
    await warm(link.url);
    const { expiresAt } = link;
    app.clock.set(new Date(Date.parse(expiresAt!) - 60_000).toISOString());
    const page = await app.as({ kind: 'anonymous' }).generation.assets.sharing.open({ token: link.code });
    expect(page).toMatchObject({ endsAt: expiresAt, expiresAt });
    expect((await follow(page.assets[0]!.url)).status).toBe(200);
    app.clock.set(new Date(Date.parse(expiresAt!) + 1).toISOString());
    const ended = await follow(link.url, { headers: { accept: 'text/html' } });
    expect(ended).toMatchObject({ status: 410, location: null });
    expect(ended.text).toContain('This short link has expired.');
    expect((await follow(page.assets[0]!.url)).status).toBe(410);
    await expect(app.as({ kind: 'anonymous' }).generation.assets.sharing.open({ token: link.code })).rejects.toMatchObject({
      cause: { code: 'gone' },
    });
    app.clock.set(new Date().toISOString());
  });

  test.each([
    [
      'ended by its maker',
      async (_id: string, code: string) => ada.generation.assets.shortLinks.revoke({ code }),
      'was ended by the person who made it',
    ],
    ['of a deleted picture', async (id: never) => ada.generation.assets.remove({ ids: [id] }), 'was deleted'],
    [
      'of a picture that is private again',
      async (id: never) => ada.generation.assets.sharing.share({ ids: [id], sharing: 'private' }),
      'is not shared any more',
    ],
    ['of a picture that was swept', async (id: string) => app.deps.db.execute(sql`delete from assets where id = ${id}::uuid`), 'was deleted'],
  ])('%s is 410 and says so, although the process remembered it', async (_name, end, says) => {
    const id = await sharedPicture();
    const { url, code } = await linkTo(id);
    await warm(url);
    await end(id as never, code);
    // The notice is on its way.
    await vi.waitFor(async () => expect((await follow(url)).status).toBe(410), WAIT);
    const page = await follow(url, { headers: { accept: 'text/html' } });
    expect(page.text).toContain(says);
    expect(JSON.parse((await follow(url)).text)).toMatchObject({ error: { code: 'gone' } });
  });

  test('is read each time while nobody tells the process of changes', async () => {
    const { url, code } = await linkTo(await sharedPicture());
    await warm(url);
    expect(await listeners()).toHaveLength(1);
    await app.deps.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen segue_short_urls'`,
    );
    await vi.waitFor(() => expect(app.deps.caches.shortLinks.peek(code, app.clock.now().getTime())).toBeUndefined(), WAIT);
    // Without a notice: the trigger is off.
    await app.deps.db.execute(sql`alter table short_urls disable trigger short_urls_announce`);
    await app.deps.db.update(shortUrls).set({ revokedAt: app.clock.now() }).where(eq(shortUrls.code, code));
    expect((await follow(url)).status).toBe(410);
    await app.deps.db.execute(sql`alter table short_urls enable trigger short_urls_announce`);
    const next = await linkTo(await sharedPicture());
    await warm(next.url);
    expect(await listeners()).toHaveLength(1);
  });

  test('is made only for what is shared and own, and ended only by its maker', async () => {
    const bob = await app.person('Bob');
    const id = await sharedPicture();
    const target = { kind: 'asset', id } as const;
    const { code } = await linkTo(id);
    await expect(bob.generation.assets.shortLinks.create({ target })).rejects.toMatchObject({ cause: { code: 'not_found' } });
    await expect(bob.generation.assets.shortLinks.revoke({ code })).rejects.toMatchObject({ cause: { code: 'not_found' } });
    await expect(ada.generation.assets.shortLinks.create({ target: { kind: 'playlist', index: 7 } })).rejects.toMatchObject({
      cause: { code: 'not_found' },
    });
    await ada.generation.assets.sharing.share({ ids: [id], sharing: 'private' });
    await expect(ada.generation.assets.shortLinks.create({ target })).rejects.toMatchObject({ cause: { code: 'conflict' } });
    await ada.generation.assets.sharing.share({ ids: [id], sharing: 'link' });
    await ada.generation.assets.remove({ ids: [id] });
    await expect(ada.generation.assets.shortLinks.create({ target })).rejects.toMatchObject({
      cause: { code: 'conflict', remedy: 'Restore it first.' },
    });
    expect(await bob.generation.assets.shortLinks.list({})).toEqual([]);
  });
});
