import { assets } from '#drizzle/schema/index.ts';
import type { AssetStore } from '#server/providers/render-ports.ts';
import { assetId } from '#shared/ids.ts';
import { ADMIN_KEY } from '#tests/support/http-app.ts';
import { createAssetFiles } from '#server/providers/asset-files/create-asset-files.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { randomUUID } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import { mkdir, open, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MIB = 1024 * 1024;
const BYTES = 500 * MIB;
/** What a socket and two streams hold when nobody reads. */
const HELD_MAX = 24 * MIB;
const SHA = 'ab'.repeat(32);
const KEY = { 'x-admin-api-key': ADMIN_KEY };

let app: StudioApp;
let url: string;
const folder = temporaryFolder();
const file = path.join(folder.path, SHA.slice(0, 2), SHA);
/** The streams that were opened, in their order. */
const opened: ReadStream[] = [];

/** A store that keeps the streams it opens, and never reads a whole file. */
function countingStore(): AssetStore {
  const store = createAssetFiles(folder.path);
  return {
    ...store,
    read: () => Promise.reject(new Error('The whole file was read.')),
    readPart: async (...wanted) => {
      const found = await store.readPart(...wanted);
      if (found) opened.push(found.stream as ReadStream);
      return found;
    },
  };
}

beforeAll(async () => {
  app = await startStudioApp({ http: true, deps: { assets: countingStore() } });
  const id = assetId.parse(randomUUID());
  const facts = { width: 1920, height: 1080, seconds: 600, seed: null, userId: null, origin: 'render' } as const;
  await app.deps.db.insert(assets).values({ ...facts, id, sha256: SHA, mediaType: 'video/mp4', bytes: BYTES, createdAt: app.clock.now() });
  url = `${app.baseUrl}/files/${id}`;
  await mkdir(path.dirname(file), { recursive: true });
  await using handle = await open(file, 'w');
  await handle.truncate(BYTES);
  await handle.write('in the middle', 400 * MIB);
}, 60_000);
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const read = (headers: Record<string, string> = {}, form = '') => fetch(`${url}${form}`, { headers: { ...KEY, ...headers } });

test('a player that seeks in a video of 500 MB gets its part, and only that part is read', async () => {
  const part = await read({ range: `bytes=${400 * MIB}-${400 * MIB + 12}` });
  expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
    206,
    `bytes ${400 * MIB}-${400 * MIB + 12}/${BYTES}`,
    '13',
  ]);
  expect(await part.text()).toBe('in the middle');
  expect(opened.at(-1)?.bytesRead).toBe(13);
});

test.each([
  ['shown', '', {}],
  ['downloaded', '/download', {}],
  ['played from its beginning, as browsers ask', '', { range: 'bytes=0-' }],
])('when it is %s and the reader goes away, what nobody took was not read', async (_name, form, headers) => {
  const before = opened.length;
  const response = await read(headers, form);
  expect([response.headers.get('content-length'), response.headers.get('content-type')]).toEqual([String(BYTES), 'video/mp4']);
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  expect(opened).toHaveLength(before + 1);
  const stream = opened.at(-1)!;
  await expect.poll(() => stream.closed).toBe(true);
  expect(stream.bytesRead).toBeLessThan(HELD_MAX);
});

test('its headers, a version that the browser has, and a part that it does not have cost no read', async () => {
  const before = opened.length;
  const head = await fetch(url, { method: 'HEAD', headers: KEY });
  expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([200, String(BYTES), 'bytes']);
  const etag = head.headers.get('etag')!;
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) expect((await read({ 'if-none-match': tag })).status).toBe(304);
  const past = await read({ range: `bytes=${BYTES}-` });
  expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${BYTES}`]);
  expect(opened.slice(before).map(({ bytesRead }) => bytesRead)).toEqual([0]);
});

test('a file that was cut short or is missing is an error before the first byte, not a video that ends', async () => {
  await truncate(file, 10 * MIB);
  for (const headers of [{}, { range: 'bytes=0-9' }]) {
    const response = await read(headers);
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([503, 'unavailable']);
  }
  await rm(file);
  expect((await read({ range: 'bytes=0-9' })).status).toBe(503);
  expect((await read({}, '/download')).status).toBe(503);
});
