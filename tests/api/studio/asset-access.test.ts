import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import { ADMIN_KEY } from '#tests/support/http-app.ts';
import { QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import type { SharedAsset } from '#shared/contracts/studio/library/sharing.ts';
import type { UserId } from '#shared/ids.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

type Person = Awaited<ReturnType<StudioApp['person']>>;
const HOUR_MS = 3_600_000;

let app: StudioApp;
let ada: Person;
let bob: Person;
/** Headers by who reads. */
let readers: Readonly<Record<'Ada' | 'Bob' | 'an admin' | 'the admin key' | 'a suspended person' | 'a stranger', Record<string, string>>>;
let sue: Person;
/** Headers of a new session. */
const sessionOf = async ({ id }: Person, role: 'listener' | 'admin' = 'listener') => {
  const { secret } = await beginSession(app.deps, app.deps.db, { userId: id, role, replaces: undefined });
  return { cookie: `segue_sid_${new URL(app.baseUrl).port}=${secret}` };
};

beforeAll(async () => {
  app = await startStudioApp({ http: true });
  ada = await app.person('Ada');
  bob = await app.person('Bob');
  sue = await app.person('Sue');
  readers = {
    Ada: await sessionOf(ada),
    Bob: await sessionOf(bob),
    'an admin': await sessionOf(await app.person('Root', true), 'admin'),
    'the admin key': { 'x-admin-api-key': ADMIN_KEY },
    'a suspended person': await sessionOf(sue),
    'a stranger': {},
  };
  await app.admin.generation.usage.suspend({ userId: sue.id });
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());

async function picture(prompt = 'a lake', { generation } = ada): Promise<SharedAsset['id']> {
  const [render] = await generation.studio.request({ ...QUEUED, values: { prompt } });
  await app.runJobs();
  return (await generation.studio.view({ renderId: render!.id })).assets[0]!.id;
}

const status = async (url: string, headers: Record<string, string> = {}) =>
  (await fetch(`${app.baseUrl}${url}`, { headers, redirect: 'manual' })).status;
const matrix = async (url: string) =>
  Object.fromEntries(await Promise.all(Object.entries(readers).map(async ([name, headers]) => [name, await status(url, headers)] as const)));
const everybody = (code: number) => Object.fromEntries(Object.keys(readers).map((name) => [name, code]));
const shared = (token: string) => app.as({ kind: 'anonymous' }).generation.assets.sharing.open({ token });
const tokenOf = (url: string | null) => url!.slice('/shared/'.length);
const addressesOf = ({ url, previews, downloadUrl }: SharedAsset) => [url, ...Object.values(previews), downloadUrl];

describe('every address of an asset', () => {
  test('of the library is its owner’s alone, whatever its sharing', async () => {
    const id = await picture();
    for (const sharing of ['private', 'link', 'public'] as const) {
      await ada.generation.assets.sharing.share({ ids: [id], sharing });
      for (const form of ['', '/64', '/300', '/640', '/download', '/download?recipe=no'])
        expect(await matrix(`/files/${id}${form}`), `${sharing} ${form}`).toEqual({
          ...everybody(404),
          Ada: 200,
          'a suspended person': 401,
          'a stranger': 401,
        });
    }
  });

  test('that is signed opens for everybody until it expires, and then for nobody', async () => {
    const id = await picture();
    const { url } = await ada.generation.assets.sharing.share({ ids: [id], sharing: 'link' });
    const view = await shared(tokenOf(url));
    const leftMs = Date.parse(view.expiresAt) - app.clock.now().getTime();
    expect(leftMs).toBeGreaterThan(HOUR_MS - 1000);
    expect(leftMs).toBeLessThanOrEqual(2 * HOUR_MS);
    for (const address of addressesOf(view.assets[0]!)) expect(await matrix(address), address).toEqual(everybody(200));
    app.clock.set(new Date(Date.parse(view.expiresAt) + 1).toISOString());
    for (const address of addressesOf(view.assets[0]!)) expect(await matrix(address), address).toEqual(everybody(410));
    // The page signs new ones.
    expect(await status((await shared(tokenOf(url))).assets[0]!.url)).toBe(200);
  });

  test('that is signed ends when it is made private, deleted, or its collection is', async () => {
    const id = await picture();
    const open = async () => (await shared(tokenOf((await ada.generation.assets.sharing.share({ ids: [id], sharing: 'link' })).url))).assets[0]!.url;
    const first = await open();
    await ada.generation.assets.sharing.share({ ids: [id], sharing: 'private' });
    expect(await matrix(first)).toEqual(everybody(410));
    const second = await open();
    await ada.generation.assets.remove({ ids: [id] });
    expect(await matrix(second)).toEqual(everybody(410));
    await ada.generation.assets.restore({ ids: [id] });
    expect(await status(second)).toBe(200);
    await ada.generation.assets.sharing.share({ ids: [id], sharing: 'private' });
    const { id: collection } = await ada.generation.assets.collections.create({ name: 'Lakes', ids: [id] });
    const { url } = await ada.generation.assets.sharing.shareCollection({ id: collection, sharing: 'public' });
    const view = await shared(tokenOf(url));
    expect(view).toMatchObject({ kind: 'collection', name: 'Lakes', assets: [{ id }] });
    expect(await status(view.assets[0]!.url)).toBe(200);
    await ada.generation.assets.collections.discard({ id: collection, ids: [id] });
    expect(await status(view.assets[0]!.url)).toBe(410);
  });

  test('that a short link leads to opens for everybody until the link ends, and then for nobody', async () => {
    const id = await picture();
    const { url: lasting } = await ada.generation.assets.sharing.share({ ids: [id], sharing: 'link' });
    const link = await ada.generation.assets.shortLinks.create({ target: { kind: 'asset', id }, expiresInDays: 1 });
    expect(await matrix(link.url)).toEqual(everybody(302));
    const view = await shared(link.code);
    for (const address of addressesOf(view.assets[0]!)) expect(await matrix(address), address).toEqual(everybody(200));
    await ada.generation.assets.shortLinks.revoke({ code: link.code });
    // The notice is on its way.
    await vi.waitFor(async () => expect(await matrix(link.url)).toEqual(everybody(410)), { timeout: 20_000, interval: 20 });
    await expect(shared(link.code)).rejects.toMatchObject({ cause: { code: 'gone' } });
    // The other address is not the link's to end.
    expect((await shared(tokenOf(lasting))).assets).toHaveLength(1);
  });

  test('of a person who is suspended is closed to them alone: what they shared stays, and all is back when they are', async () => {
    await app.admin.generation.usage.reinstate({ userId: sue.id });
    const session = await sessionOf(sue);
    const id = await picture('sunflowers', sue);
    const { url } = await sue.generation.assets.sharing.share({ ids: [id], sharing: 'public' });
    expect(await status(`/files/${id}`, session)).toBe(200);
    await app.admin.generation.usage.suspend({ userId: sue.id });
    for (const form of ['', '/300', '/download']) expect(await status(`/files/${id}${form}`, session), form).toBe(401);
    expect(await matrix((await shared(tokenOf(url))).assets[0]!.url)).toEqual(everybody(200));
    await app.admin.generation.usage.reinstate({ userId: sue.id });
    expect(await status(`/files/${id}`, session)).toBe(401);
    expect(await status(`/files/${id}`, await sessionOf(sue))).toBe(200);
  });

  test('cannot be made from another one: any changed part is refused', async () => {
    const [id, other] = [await picture(), await picture('another')];
    const { url } = await ada.generation.assets.sharing.share({ ids: [id], sharing: 'link' });
    await ada.generation.assets.sharing.share({ ids: [other], sharing: 'link' });
    const signed = new URL((await shared(tokenOf(url))).assets[0]!.url, app.baseUrl);
    const changed = (change: (address: URL) => void) => {
      const copy = new URL(signed);
      change(copy);
      return `${copy.pathname}${copy.search}`;
    };
    const signature = signed.searchParams.get('signature')!;
    const last = signature.at(-1)!;
    for (const address of [
      changed((one) => (one.pathname = `/files/${other}`)),
      changed((one) => one.searchParams.set('until', String(Number(one.searchParams.get('until')) + 1))),
      changed((one) => one.searchParams.set('until', 'soon')),
      changed((one) => one.searchParams.set('signer', '0'.repeat(16))),
      changed((one) => one.searchParams.set('signature', `${signature.slice(0, -1)}${last === 'A' ? 'B' : 'A'}`)),
      changed((one) => one.searchParams.set('signature', `${signature}=`)),
      changed((one) => one.searchParams.set('signature', '')),
      changed((one) => one.searchParams.append('signature', signature)),
      changed((one) => one.searchParams.delete('until')),
    ])
      expect(await status(address), address).toBe(404);
  });
});

describe('a shared page', () => {
  test('shows no prompt and no settings, and its download has no recipe', async () => {
    const id = await picture('my secret words');
    const { url } = await ada.generation.assets.sharing.share({ ids: [id], sharing: 'public' });
    const view = await shared(tokenOf(url));
    const maker = await app.as({ kind: 'anonymous' }).generation.assets.sharing.maker({ maker: ada.id });
    expect(maker).toMatchObject({ name: 'Ada' });
    expect(maker.assets.map((asset) => asset.id)).toContain(id);
    expect(JSON.stringify([view, maker])).not.toContain('secret');
    const file = await (await fetch(`${app.baseUrl}${view.assets[0]!.downloadUrl}`)).text();
    expect(file).not.toContain('secret');
    expect(await (await fetch(`${app.baseUrl}/files/${id}/download`, { headers: readers.Ada })).text()).toContain('secret');
    expect(await (await fetch(`${app.baseUrl}/files/${id}/download?recipe=no`, { headers: readers.Ada })).text()).not.toContain('secret');
  });

  test('keeps its address from link to public, loses it for good when private, and shows a maker only what is public', async () => {
    const id = await picture();
    const share = async (sharing: 'private' | 'link' | 'public') => (await bob.generation.assets.sharing.share({ ids: [id], sharing })).url;
    await expect(share('public')).rejects.toMatchObject({ cause: { code: 'not_found' } });
    const stranger = app.as({ kind: 'anonymous' }).generation.assets.sharing;
    await expect(stranger.maker({ maker: bob.id })).rejects.toMatchObject({ cause: { code: 'not_found' } });
    const of = async (sharing: 'private' | 'link' | 'public') => (await ada.generation.assets.sharing.share({ ids: [id], sharing })).url;
    const first = await of('link');
    expect(await of('public')).toBe(first);
    expect(await of('private')).toBeNull();
    await expect(shared(tokenOf(first))).rejects.toMatchObject({ cause: { code: 'not_found' } });
    expect(await of('link')).not.toBe(first);
    expect((await stranger.maker({ maker: ada.id })).assets.map((asset) => asset.id)).not.toContain(id);
  });
});

test('a maker’s page lists public collections with how much they hold, and a collection shows what is in it', async () => {
  const [one, two] = [await picture(), await picture('two')];
  const { id } = await ada.generation.assets.collections.create({ name: 'Two lakes', ids: [one, two] });
  const { url, makerUrl } = await ada.generation.assets.sharing.shareCollection({ id, sharing: 'public' });
  expect(makerUrl).toBe(`/makers/${ada.id}`);
  expect((await ada.generation.assets.collections.list()).find((each) => each.id === id)).toMatchObject({ sharing: 'public', url, makerUrl });
  const stranger = app.as({ kind: 'anonymous' }).generation.assets.sharing;
  const { collections } = await stranger.maker({ maker: ada.id });
  const listed = collections.find(({ name }) => name === 'Two lakes');
  expect(listed).toMatchObject({ url: expect.stringMatching(/^\/shared\/[\w-]{43}$/) as string, count: 2, newest: { mediaType: 'image/png' } });
  expect(await status(listed!.newest.previews[300])).toBe(200);
  await ada.generation.assets.remove({ ids: [two] });
  expect((await stranger.maker({ maker: ada.id })).collections).toContainEqual(expect.objectContaining({ name: 'Two lakes', count: 1 }));
  await expect(bob.generation.assets.sharing.shareCollection({ id, sharing: 'link' })).rejects.toMatchObject({ cause: { code: 'not_found' } });
  const link = await ada.generation.assets.shortLinks.create({ target: { kind: 'collection', id } });
  expect(await shared(link.code)).toMatchObject({ kind: 'collection', name: 'Two lakes', assets: [{ id: one }] });
  // A collection without anything to show is no tile, whether it never had a picture or has lost its last one.
  const empty = await ada.generation.assets.collections.create({ name: 'Nothing yet' });
  await ada.generation.assets.sharing.shareCollection({ id: empty.id, sharing: 'public' });
  await ada.generation.assets.remove({ ids: [one] });
  const names = async (maker: UserId) => (await stranger.maker({ maker })).collections.map(({ name }) => name);
  expect(await names(ada.id)).not.toEqual(expect.arrayContaining(['Nothing yet']));
  expect(await names(ada.id)).not.toEqual(expect.arrayContaining(['Two lakes']));
  const theirs = await bob.generation.assets.collections.create({ name: 'Empty' });
  await bob.generation.assets.sharing.shareCollection({ id: theirs.id, sharing: 'public' });
  await expect(stranger.maker({ maker: bob.id })).rejects.toMatchObject({ cause: { code: 'not_found' } });
  await ada.generation.assets.restore({ ids: [one] });
  expect(await names(ada.id)).toContain('Two lakes');
  await ada.generation.assets.collections.remove({ id });
  await expect(shared(link.code)).rejects.toMatchObject({ cause: { code: 'gone' } });
});
