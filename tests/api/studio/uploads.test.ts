import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { assetId } from '#shared/ids.ts';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { acceptedFiles, HIDDEN, marked, refusedFiles } from '#tests/support/studio/hostile-files.ts';

const KEY = { 'x-admin-api-key': TEST_ADMIN_KEY };

let app: StudioApp;
beforeAll(async () => {
  app = await startStudioApp({ http: true });
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());

/** What the sender declares is never true. */
const send = (file: Uint8Array) =>
  fetch(`${app.baseUrl}/files`, {
    method: 'POST',
    body: Buffer.from(file),
    headers: { ...KEY, 'content-type': 'image/jpeg', 'x-file-name': '../../etc/passwd.jpg' },
  });
const read = async (url: string) => Buffer.from(await (await fetch(`${app.baseUrl}${url}`, { headers: KEY })).arrayBuffer());

const found = async (color: 'blue' | 'green') => (await app.admin.generation.assets.list({ colors: [color] })).items.map(({ id }) => String(id));

describe('an upload', () => {
  test('of every accepted kind is upright, in sRGB of 8 bits, without anything hidden, and in the library at once', async () => {
    for (const { name, file, width, height, isTurned, isMoving } of await acceptedFiles()) {
      const response = await send(file);
      expect(response.status, name).toBe(201);
      const answer = (await response.json()) as { asset: string; url: string; isFirstFrameOnly: boolean };
      expect(answer, name).toMatchObject({ width, height, isFirstFrameOnly: isMoving ?? false });
      const stored = await read(answer.url);
      expect(stored.includes(HIDDEN), name).toBe(false);
      const facts = await sharp(stored).metadata();
      expect([facts.depth, facts.space, facts.icc, facts.exif, facts.xmp, facts.orientation, facts.pages ?? 1], name).toEqual([
        'uchar',
        'srgb',
        undefined,
        undefined,
        undefined,
        undefined,
        1,
      ]);
      const [tile] = (await app.admin.generation.assets.list({ limit: 1 })).items;
      expect(tile, name).toMatchObject({ id: answer.asset, origin: 'upload', width, height, thumbhash: expect.any(String) });
      if (isMoving) continue;
      // The red quarter is upper left as it was taken; on its side it is upper right.
      const { data, info } = await sharp(stored).raw().toBuffer({ resolveWithObject: true });
      const red = data.subarray((2 * info.width + (isTurned ? info.width - 3 : 2)) * info.channels);
      expect(red[0]! - red[2]!, name).toBeGreaterThan(100);
    }
  });

  test('of anything else is refused with what it is, and stores nothing', async () => {
    const before = (await app.admin.generation.assets.facets()).pictures;
    for (const { name, file, status, says } of await refusedFiles()) {
      const response = await send(file);
      const text = await response.text();
      expect([response.status, says.test(text)], `${name}: ${text}`).toEqual([status, true]);
    }
    expect((await app.admin.generation.assets.facets()).pictures).toBe(before);
  });

  test('is found by its main color', async () => {
    const { asset } = (await (await send(await marked().png().toBuffer())).json()) as { asset: string };
    expect(await found('blue')).toContain(asset);
    expect(await found('green')).not.toContain(asset);
  });
});

describe('cropping and resizing', () => {
  test('make a new picture that says what it was made from, and leave the first', async () => {
    const { asset } = (await (await send(await marked().jpeg().toBuffer())).json()) as { asset: string };
    const id = assetId.parse(asset);
    const cut = await app.admin.generation.assets.edit({ id, crop: { left: 0, top: 0, width: 40, height: 20 }, width: 20 });
    const view = await app.admin.generation.assets.view({ id: cut.id });
    expect(view).toMatchObject({ origin: 'edit', width: 20, height: 10, mediaType: 'image/jpeg', madeFrom: [{ id, asset: { id } }], recipe: null });
    const { dominant } = await sharp(await read(view.url)).stats();
    expect(dominant.r).toBeGreaterThan(dominant.b);
    expect((await app.admin.generation.assets.view({ id })).usedFor).toMatchObject([{ id: cut.id }]);
    await expect(app.admin.generation.assets.edit({ id, crop: { left: 80, top: 0, width: 40, height: 20 } })).rejects.toMatchObject({
      cause: { code: 'invalid_input' },
    });
    await expect(app.admin.generation.assets.edit({ id })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const bob = await app.person('Bob');
    await expect(bob.generation.assets.edit({ id, width: 20 })).rejects.toMatchObject({ cause: { code: 'not_found' } });
    await expect(app.admin.generation.assets.remix({ id })).rejects.toMatchObject({ cause: { code: 'invalid_input' } });
  });
});

test('a picture that is larger than a model takes reaches its vendor smaller', async () => {
  const large = await sharp({ create: { width: 4_800, height: 3_600, channels: 3, background: '#3060a0' } })
    .jpeg()
    .toBuffer();
  const { asset } = (await (await send(large)).json()) as { asset: string };
  const seen: { width: number; height: number; bytes: number }[] = [];
  const { stability } = app.deps.renderVendors;
  const watched: typeof stability = stability && {
    ...stability,
    start: async (request, signal) => {
      for (const { bytes } of request.files) {
        const { width, height } = await sharp(bytes).metadata();
        seen.push({ width, height, bytes: bytes.length });
      }
      return stability.start(request, signal);
    },
  };
  Object.assign(app.deps.renderVendors, { stability: watched });
  await app.admin.generation.studio.request({ model: 'stability-ultra', task: 'image_to_image', values: { prompt: 'x', image: [asset] } });
  await app.runJobs();
  const model = app.deps.models.find(({ id }) => id === 'stability-ultra');
  const input = model?.inputs.image;
  const max = input?.kind === 'image' ? input.maxPixels : 0;
  expect(max).toBeGreaterThan(0);
  expect(max).toBeLessThan(4_800 * 3_600);
  expect(seen).toHaveLength(1);
  expect(seen[0]!.width * seen[0]!.height).toBeLessThanOrEqual(max);
  expect(seen[0]!.width / seen[0]!.height).toBeCloseTo(4 / 3, 2);
});
