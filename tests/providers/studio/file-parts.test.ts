import { combineAssets } from '#server/providers/asset-files/combine-assets.ts';
import { createAssetFiles } from '#server/providers/asset-files/create-asset-files.ts';
import { createS3Assets } from '#server/providers/asset-files/create-s3-assets.ts';
import type { AssetStore } from '#server/providers/render-ports.ts';
import { startS3Sandbox } from '#server/sandbox/s3/server.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import type { ReadStream } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const MIB = 1024 * 1024;
/** Two pieces and a half of a bucket. */
const LONG = Buffer.from(Uint8Array.from({ length: 10 * MIB }, (_, at) => (at * 31 + (at >> 11)) % 253));
const NAME = createHash('sha256').update(LONG).digest('hex');

async function openStores() {
  const s3 = await startS3Sandbox();
  const folder = temporaryFolder();
  const disk = createAssetFiles(path.join(folder.path, 'assets'));
  const bucket = createS3Assets({
    ...s3.key,
    url: s3.url,
    bucket: s3.bucket,
    pathStyle: true,
    prefix: '',
    now: () => new Date(),
    resilience: { firstDelayMs: 1 },
  });
  const gets = () => s3.requests().filter((request) => request.includes(NAME)).length;
  return {
    s3,
    disk,
    bucket,
    gets,
    home: folder.path,
    [Symbol.asyncDispose]: async () => {
      await s3.close();
      folder[Symbol.dispose]();
    },
  };
}

const partOf = async (store: AssetStore, start: number, end: number) => {
  const found = await store.readPart(NAME, { start, end });
  return found && { bytes: found.bytes, part: await buffer(found.stream) };
};

test.each(['disk', 'bucket', 'both'] as const)('a part of a file is exactly its bytes, wherever it begins and ends: %s', async (where) => {
  await using stores = await openStores();
  const store = where === 'both' ? combineAssets(stores.bucket, stores.disk) : stores[where];
  expect(await partOf(store, 0, 9)).toBeUndefined();
  await (where === 'both' ? stores.disk : store).write(LONG);
  for (const [start, end] of [
    [0, 0],
    [0, LONG.length - 1],
    [LONG.length - 1, LONG.length - 1],
    [4 * MIB - 1, 4 * MIB],
    [4 * MIB, 8 * MIB - 1],
    [5, 9 * MIB],
  ] as const) {
    const found = await partOf(store, start, end);
    expect(found?.bytes).toBe(LONG.length);
    expect(found?.part.equals(LONG.subarray(start, end + 1)), `${start}-${end}`).toBe(true);
  }
  expect(await store.readPart('../escape', { start: 0, end: 1 })).toBeUndefined();
});

test('a bucket sends only the pieces that are taken, a piece that came short once more, and a file that is gone in between is an error', async () => {
  await using stores = await openStores();
  await stores.bucket.write(LONG);
  const before = stores.gets();
  const found = await stores.bucket.readPart(NAME, { start: 100, end: LONG.length - 1 });
  expect(stores.gets() - before).toBe(1);
  found?.stream.destroy();
  stores.s3.failNext({ plays: 'half' });
  expect((await partOf(stores.bucket, 6 * MIB, 7 * MIB))?.part.equals(LONG.subarray(6 * MIB, 7 * MIB + 1))).toBe(true);
  stores.s3.failNext({ status: 503, times: 2 });
  expect((await partOf(stores.bucket, 3, 12))?.part.equals(LONG.subarray(3, 13))).toBe(true);
  const opened = await stores.bucket.readPart(NAME, { start: 0, end: LONG.length - 1 });
  await stores.bucket.remove(NAME);
  await expect(buffer(opened!.stream)).rejects.toMatchObject({ code: 'unavailable' });
});

test('ten bytes from the middle of a file of 500 MB are ten bytes that are read', async () => {
  await using stores = await openStores();
  const file = path.join(stores.home, 'assets', NAME.slice(0, 2), NAME);
  await mkdir(path.dirname(file), { recursive: true });
  {
    await using handle = await open(file, 'w');
    await handle.truncate(500 * MIB);
    await handle.write('ten bytes!', 300 * MIB);
  }
  const found = await stores.disk.readPart(NAME, { start: 300 * MIB, end: 300 * MIB + 9 });
  expect(found?.bytes).toBe(500 * MIB);
  expect(String(await buffer(found!.stream))).toBe('ten bytes!');
  expect((found!.stream as ReadStream).bytesRead).toBe(10);
});
