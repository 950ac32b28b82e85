import { combineAssets } from '#server/providers/asset-files/combine-assets.ts';
import { createAssetFiles } from '#server/providers/asset-files/create-asset-files.ts';
import { createS3Assets } from '#server/providers/asset-files/create-s3-assets.ts';
import type { AssetStore } from '#server/providers/render-ports.ts';
import { startS3Sandbox } from '#server/sandbox/s3/server.ts';
import { AppError } from '#shared/errors.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect, test } from 'vitest';

const PICTURE = Buffer.from(new Uint8Array(70_000).map((_, index) => (index * 7) % 251));

/** A bucket with a clock that the test sets; no retry waits for real. */
async function openBucket(changes: Partial<Parameters<typeof createS3Assets>[0]> = {}) {
  const clock = { ms: Date.parse('2026-05-01T12:00:00Z') };
  const sandbox = await startS3Sandbox({ now: () => clock.ms });
  const config = { url: sandbox.url, bucket: sandbox.bucket, ...sandbox.key, pathStyle: true, prefix: 'covers/', now: () => new Date(clock.ms) };
  const store = createS3Assets({ ...config, resilience: { firstDelayMs: 1, timeoutMs: 5_000 }, ...changes });
  return { clock, sandbox, store, [Symbol.asyncDispose]: () => sandbox.close() };
}

async function digestsOf(store: AssetStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { sha256 } of store.list()) found.push(sha256);
  return found.toSorted();
}

test('the same bytes, stored at once by many, are one object that reads back whole', async () => {
  await using bucket = await openBucket();
  const stored = await Promise.all(Array.from({ length: 12 }, () => bucket.store.write(PICTURE)));
  const sha256 = createHash('sha256').update(PICTURE).digest('hex');
  expect(new Set(stored.map((one) => one.sha256))).toEqual(new Set([sha256]));
  expect(bucket.sandbox.objects()).toEqual([[`covers/${sha256.slice(0, 2)}/${sha256}`, PICTURE.length]]);
  expect(await bucket.store.read(sha256)).toEqual(PICTURE);
  expect(await bucket.store.read('b'.repeat(64))).toBeUndefined();
});

test('a list of more files than one page holds has each of them once, and nothing that is no file of ours', async () => {
  await using bucket = await openBucket();
  const names = Array.from({ length: 1_203 }, (_, n) => createHash('sha256').update(String(n)).digest('hex'));
  for (const sha256 of names) bucket.sandbox.damage(`covers/${sha256.slice(0, 2)}/${sha256}`, PICTURE.subarray(0, 3));
  for (const other of ['covers/readme.txt', `elsewhere/aa/${'a'.repeat(64)}`, `covers/bb/${'a'.repeat(64)}`]) bucket.sandbox.damage(other, PICTURE);
  expect(await digestsOf(bucket.store)).toEqual(names.toSorted());
});

test('a file that is stored again becomes young again, and a sweep leaves it', async () => {
  await using bucket = await openBucket();
  const { sha256 } = await bucket.store.write(PICTURE);
  bucket.clock.ms += 3 * 86_400_000;
  const dayAgo = () => ({ writtenBefore: new Date(bucket.clock.ms - 86_400_000) });
  await bucket.store.write(PICTURE);
  await bucket.store.remove(sha256, dayAgo());
  expect(await bucket.store.read(sha256)).toEqual(PICTURE);
  bucket.clock.ms += 2 * 86_400_000;
  await bucket.store.remove(sha256, dayAgo());
  await bucket.store.remove(sha256, dayAgo());
  expect(await bucket.store.read(sha256)).toBeUndefined();
});

test.each([
  ['half an object, as if it were whole', { plays: 'half' }],
  ['an object cut on its way', { cut: 'body' }],
  ['SlowDown', { plays: 'slow_down', times: 2 }],
  ['a server error', { status: 500, times: 3 }],
] as const)('%s is read again, and the whole file is returned', async (_, fault) => {
  await using bucket = await openBucket();
  const { sha256 } = await bucket.store.write(PICTURE);
  bucket.sandbox.failNext(fault);
  expect(await bucket.store.read(sha256)).toEqual(PICTURE);
});

test('a store that does not know the condition on writing still stores the file', async () => {
  await using bucket = await openBucket();
  bucket.sandbox.failNext({ plays: 'no_conditions', times: 1 });
  const { sha256 } = await bucket.store.write(PICTURE);
  expect(await bucket.store.read(sha256)).toEqual(PICTURE);
});

test('an object that was cut short in the store is told apart from a missing one, and is whole once it is stored again', async () => {
  await using bucket = await openBucket();
  const { sha256 } = await bucket.store.write(PICTURE);
  bucket.sandbox.damage(`covers/${sha256.slice(0, 2)}/${sha256}`, PICTURE.subarray(0, 1_000));
  await expect(bucket.store.read(sha256)).rejects.toMatchObject({ code: 'unavailable', context: { sha256 } });
  await bucket.store.write(PICTURE);
  expect(await bucket.store.read(sha256)).toEqual(PICTURE);
});

test.each([
  ['a key that is refused', { secretAccessKey: 'another' }, 'provider_rejected', 'S3_SECRET_ACCESS_KEY'],
  ['an unknown key', { accessKeyId: 'ANOTHER' }, 'provider_rejected', 'S3_ACCESS_KEY_ID'],
  ['another region', { region: 'us-west-2' }, 'provider_rejected', 'S3_REGION'],
  ['a bucket that is not there', { bucket: 'another' }, 'provider_rejected', 'S3_BUCKET'],
  ['a clock that is an hour off', { now: () => new Date('2026-05-01T13:00:00Z') }, 'provider_rejected', 'clock'],
] as const)('%s is an error that names the remedy, for reading, writing and before a render is paid', async (_, changes, code, remedy) => {
  await using bucket = await openBucket(changes);
  const tries = [() => bucket.store.read('a'.repeat(64)), () => bucket.store.write(PICTURE), () => digestsOf(bucket.store)];
  for (const one of tries) await expect(one()).rejects.toMatchObject({ code, remedy: expect.stringContaining(remedy) as string });
  await expect(bucket.store.requireRoom(1)).rejects.toThrow(AppError);
  expect(bucket.sandbox.objects()).toEqual([]);
});

test('a full store is a clear error and leaves no object', async () => {
  await using bucket = await openBucket();
  bucket.sandbox.failNext({ plays: 'full' });
  await expect(bucket.store.write(PICTURE)).rejects.toMatchObject({ code: 'unavailable', message: 'The store for pictures is full.' });
  expect(bucket.sandbox.objects()).toEqual([]);
});

test('a store that is down is unavailable, and one damaged file does not keep the others from being read', async () => {
  await using bucket = await openBucket();
  const { sha256 } = await bucket.store.write(PICTURE);
  const other = await bucket.store.write(Buffer.from('other'));
  bucket.sandbox.damage(`covers/${other.sha256.slice(0, 2)}/${other.sha256}`, Buffer.from('odd'));
  for (let n = 0; n < 8; n += 1) await expect(bucket.store.read(other.sha256)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await bucket.store.read(sha256)).toEqual(PICTURE);
  bucket.sandbox.failNext({ status: 503, times: 100 });
  await expect(bucket.store.read(sha256)).rejects.toMatchObject({ code: 'provider_unavailable' });
});

test('two stores are one while files are moved: written to the first, read from where they are, listed once, removed from both', async () => {
  await using bucket = await openBucket();
  using folder = temporaryFolder();
  const disk = createAssetFiles(path.join(folder.path, 'assets'));
  const both = combineAssets(bucket.store, disk);
  const [older, newer] = [await disk.write(Buffer.from('older')), await both.write(Buffer.from('newer'))];
  await disk.write(Buffer.from('newer'));
  expect(String(await both.read(older.sha256))).toBe('older');
  expect(await digestsOf(both)).toEqual([older.sha256, newer.sha256].toSorted());
  expect(await disk.read(older.sha256)).toBeDefined();
  expect(await bucket.store.read(newer.sha256)).toBeDefined();
  bucket.sandbox.failNext({ plays: 'access_denied', times: 3 });
  expect(String(await both.read(older.sha256))).toBe('older');
  await expect(both.read('c'.repeat(64))).rejects.toMatchObject({ code: 'provider_rejected' });
  await both.remove(newer.sha256);
  expect(await digestsOf(both)).toEqual([older.sha256]);
});
