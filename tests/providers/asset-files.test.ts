import { createAssetFiles } from '#server/providers/asset-files/create-asset-files.ts';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

async function openFolder() {
  const root = await mkdtemp(path.join(tmpdir(), 'segue-assets-'));
  return { root, store: createAssetFiles(path.join(root, 'assets')), [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

async function namesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function digestsOf({ store }: Pick<Awaited<ReturnType<typeof openFolder>>, 'store'>): Promise<string[]> {
  const found: string[] = [];
  for await (const { sha256 } of store.list()) found.push(sha256);
  return found;
}

test('the same bytes, stored at once by many, are one file that reads back whole', async () => {
  await using folder = await openFolder();
  const bytes = new Uint8Array(70_000).map((_, index) => index % 251);
  const stored = await Promise.all(Array.from({ length: 20 }, () => folder.store.write(bytes)));
  expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(1);
  const [{ sha256 } = { sha256: '' }] = stored;
  expect(await folder.store.read(sha256)).toEqual(Buffer.from(bytes));
  expect(await namesBelow(folder.root)).toEqual([sha256]);
});

test('a file that a failing disk cut short is whole again once it is stored again', async () => {
  await using folder = await openFolder();
  const { sha256 } = await folder.store.write(Buffer.from('a whole picture'));
  await writeFile(path.join(folder.root, 'assets', sha256.slice(0, 2), sha256), 'a who');
  await folder.store.write(Buffer.from('a whole picture'));
  expect(String(await folder.store.read(sha256))).toBe('a whole picture');
});

test('a temporary file of a crash is no asset, and removing is safe to repeat', async () => {
  await using folder = await openFolder();
  expect(await digestsOf(folder)).toEqual([]);
  const { sha256 } = await folder.store.write(Buffer.from('one'));
  await writeFile(path.join(folder.root, 'assets', sha256.slice(0, 2), `.${sha256}.left`), 'half');
  expect(await digestsOf(folder)).toEqual([sha256]);
  await folder.store.remove(sha256);
  await folder.store.remove(sha256);
  expect(await folder.store.read(sha256)).toBeUndefined();
});

test.each([
  '../secret',
  '..%2fsecret',
  'aa/../../../secret',
  'aa/aa/../../../../secret',
  './../../secret',
  'A'.repeat(64),
  'a'.repeat(63),
  `${'a'.repeat(64)}\n`,
  '',
  '\0',
])('the digest %j is a missing file, and nothing outside the folder is read or removed', async (digest) => {
  await using folder = await openFolder();
  const secret = path.join(folder.root, 'secret');
  await writeFile(secret, 'secret');
  expect(await folder.store.read(digest)).toBeUndefined();
  await folder.store.remove(digest);
  expect(existsSync(secret)).toBe(true);
});

/** Stores in a process that may write files of at most 4 KiB, so that the operating system itself refuses the write. */
const STORE_TOO_MUCH = `
  import { createAssetFiles } from '#server/providers/asset-files/create-asset-files.ts';
  const store = createAssetFiles(process.argv[1]);
  await store.write(Buffer.alloc(2000, 1));
  const error = await store.write(Buffer.alloc(1_000_000)).catch((cause) => cause);
  console.log(JSON.stringify({ code: error.code, message: error.message, remedy: error.remedy }));`;

test('a disk without room is a clear error that leaves no half file, and the stored files stay', async () => {
  await using folder = await openFolder();
  const root = path.join(folder.root, 'assets');
  const command = `trap '' XFSZ; ulimit -f 8; exec "$@"`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', STORE_TOO_MUCH, root];
  const { stdout } = await promisify(execFile)('sh', ['-c', command, 'sh', ...node]);
  expect(JSON.parse(stdout)).toEqual({
    code: 'unavailable',
    message: 'The disk for pictures is full.',
    remedy: 'Ask the operator to free space, then try again.',
  });
  expect(await namesBelow(root)).toEqual(await digestsOf(folder));
  expect(await digestsOf(folder)).toHaveLength(1);
});
