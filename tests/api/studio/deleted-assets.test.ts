import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tidyStudio } from '#server/use-cases/studio/tidy-studio.ts';
import type { StoredMask } from '#shared/contracts/studio/masks.ts';
import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { flatPicture, halfMask } from '#tests/support/studio/pictures.ts';
import { QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';

const DAY_MS = 864e5;
const never = new AbortController().signal;
const ahead = (app: StudioApp, days: number) => app.clock.set(new Date(Date.now() + days * DAY_MS).toISOString());

async function picture(app: StudioApp, request: Parameters<StudioApp['admin']['generation']['studio']['request']>[0] = QUEUED) {
  const [render] = await app.admin.generation.studio.request(request);
  await app.runJobs();
  return (await app.admin.generation.studio.view({ renderId: render!.id })).assets[0]!;
}

test('deleting names what depends on a picture, is taken back as it was, and two tabs do it once', async () => {
  await using app = await startStudioApp({ http: true });
  const { assets } = app.admin.generation;
  const start = await picture(app);
  const values = { prompt: 'x', image: [start.id] };
  const later = await picture(app, { model: 'stability-ultra', task: 'image_to_image', values });
  await app.admin.generation.studio.request({ model: 'stability-ultra', task: 'image_to_image', values });
  const { id: collection } = await assets.collections.create({ name: 'Lakes', ids: [start.id] });
  await assets.star({ ids: [start.id], starred: true });

  const preview = await assets.previewDeletion({ ids: [start.id] });
  expect(preview.dependents.map(({ kind }) => kind)).toEqual(['asset', 'collection', 'render']);
  expect(preview).toMatchObject({ count: 1, restorableDays: 30, dependents: [{ id: later.id }, { name: 'Lakes' }, {}] });
  expect(preview.says.join(' ')).toMatch(/1 picture or video made from it stays\. The collection “Lakes” will not show it\. 1 render in progress/);

  const both = await Promise.all([assets.remove({ ids: [start.id] }), assets.remove({ ids: [start.id] })]);
  expect(both.flatMap(({ ids }) => ids)).toEqual([start.id]);
  expect((await assets.list({})).items.map(({ id }) => id)).toEqual([later.id]);
  expect((await assets.list({ deleted: true })).items).toMatchObject([{ id: start.id, deletedAt: expect.any(String) }]);
  expect((await assets.collections.list())[0]).toMatchObject({ count: 0 });
  // What was deleted is no input any more, and its owner still sees it among the deleted.
  await expect(app.admin.generation.studio.request({ model: 'stability-ultra', task: 'image_to_image', values })).rejects.toMatchObject({
    cause: { code: 'not_found', field: 'image' },
  });
  const remix = await assets.remix({ id: later.id });
  expect(remix.unused).toMatchObject([{ input: 'image', reason: 'the picture was deleted' }]);
  expect((await fetch(`${app.baseUrl}${start.previews[300]}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } })).status).toBe(200);
  // The render that waits goes on.
  await app.runJobs();
  expect((await app.rows()).map(({ state }) => state)).toEqual(['done', 'done', 'done']);

  expect(await assets.restore({ ids: [start.id] })).toEqual({ ids: [start.id] });
  expect(await assets.restore({ ids: [start.id] })).toEqual({ ids: [] });
  expect((await assets.list({ collectionId: collection, starred: true })).items).toMatchObject([{ id: start.id, deletedAt: null }]);
  expect(await assets.view({ id: later.id })).toMatchObject({ madeFrom: [{ id: start.id, asset: { id: start.id } }] });
  expect((await assets.view({ id: start.id })).usedFor).toHaveLength(2);
});

test('after thirty days a deleted picture is swept with its previews, and files that others name stay', async () => {
  await using app = await startStudioApp();
  const { assets } = app.admin.generation;
  const [kept, gone] = [await picture(app), await picture(app, { ...QUEUED, values: { prompt: 'another' } })];
  const stored = async () => {
    const files: string[] = [];
    for await (const { sha256 } of app.deps.assets.list()) files.push(sha256);
    return files.length;
  };
  const before = await stored();
  await assets.remove({ ids: [gone.id] });
  ahead(app, 29);
  expect(await tidyStudio(app.deps, never)).toMatchObject({ outcome: expect.stringContaining('0 deleted pictures') as string });
  ahead(app, 31);
  expect((await assets.list({ deleted: true })).items).toEqual([]);
  await expect(assets.view({ id: gone.id })).rejects.toMatchObject({ cause: { code: 'not_found' } });
  expect(await assets.restore({ ids: [gone.id] })).toEqual({ ids: [] });
  expect(await tidyStudio(app.deps, never)).toMatchObject({ outcome: expect.stringContaining('1 deleted pictures') as string });
  await tidyStudio(app.deps, never);
  expect(await stored()).toBeLessThan(before);
  const { sha256 } = (await app.deps.db.query.assets.findFirst())!;
  expect((await readFile(path.join(app.home, 'assets', sha256.slice(0, 2), sha256))).length).toBe(kept.bytes);
});

test('masks are swept with their picture, and the mask of a picture that stays is kept', async () => {
  await using app = await startStudioApp({ http: true });
  const { assets } = app.admin.generation;
  const headers = { 'x-admin-api-key': TEST_ADMIN_KEY };
  const upload = async (color: string) => {
    const body = new Uint8Array(await flatPicture(96, 64, color));
    return ((await (await fetch(`${app.baseUrl}/files`, { method: 'POST', body, headers })).json()) as UploadedPicture).asset;
  };
  const mask = async (of: string, color?: string) => {
    const form = new FormData();
    form.append('mask', new Blob([new Uint8Array(await halfMask(96, 64, color))], { type: 'image/png' }), 'mask.png');
    form.append('operations', '[]');
    return ((await (await fetch(`${app.baseUrl}/files/masks?of=${of}`, { method: 'POST', body: form, headers })).json()) as StoredMask).asset;
  };
  const [kept, gone] = [await upload('#336699'), await upload('#993366')];
  const [itsMask, first, second] = [await mask(kept), await mask(gone, '#ffffff'), await mask(gone, '#f0f0f0')];
  const left = async () => (await app.deps.db.query.assets.findMany()).map(({ id }) => id as string).toSorted();
  await assets.remove({ ids: [gone] });
  ahead(app, 29);
  await tidyStudio(app.deps, never);
  expect(await left()).toEqual([kept, gone, itsMask, first, second].map(String).toSorted());
  ahead(app, 31);
  expect(await tidyStudio(app.deps, never)).toMatchObject({ outcome: expect.stringContaining('1 deleted pictures') as string });
  expect(await left()).toEqual([kept, itsMask].map(String).toSorted());
  expect(await assets.mask({ mask: itsMask })).toMatchObject({ of: kept });
  for (const id of [first, second]) await expect(assets.mask({ mask: id })).rejects.toMatchObject({ cause: { code: 'not_found' } });
});
