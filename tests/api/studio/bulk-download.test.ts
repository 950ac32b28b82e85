import { rm } from 'node:fs/promises';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assets } from '#drizzle/schema/index.ts';
import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import { assetId } from '#shared/ids.ts';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { marked } from '#tests/support/studio/hostile-files.ts';
import { QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { eq } from 'drizzle-orm';

const KEY = { 'x-admin-api-key': TEST_ADMIN_KEY };

let app: StudioApp;
beforeAll(async () => {
  app = await startStudioApp({ http: true });
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());

const post = (form: Record<string, string>, headers: Record<string, string> = KEY) =>
  fetch(`${app.baseUrl}/files/archive`, { method: 'POST', body: new URLSearchParams(form), headers });
const unzip = async (response: Response) => unzipSync(new Uint8Array(await response.arrayBuffer()));
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

async function pictures(): Promise<readonly string[]> {
  const made = await app.admin.generation.studio.request({ ...QUEUED, values: { prompt: 'a secret lake' }, copies: 2 });
  await app.runJobs();
  const views = await Promise.all(made.map(({ id }) => app.admin.generation.studio.view({ renderId: id })));
  const upload = await fetch(`${app.baseUrl}/files`, { method: 'POST', body: Buffer.from(await marked().png().toBuffer()), headers: KEY });
  return [...views.map(({ assets: [asset] }) => asset!.id), ((await upload.json()) as { asset: string }).asset];
}

test('several files come as one archive with their recipes, and without any trace of them when they are not wanted', async () => {
  const ids = await pictures();
  const response = await post({ ids: ids.join(','), recipe: 'yes' });
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    200,
    'application/zip',
    'private, no-store',
  ]);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="segue-\d{4}-\d\d-\d\d\.zip"$/);
  const files = await unzip(response);
  const names = ids.map((id) => `segue-${id.slice(0, 8)}.png`);
  expect(Object.keys(files)).toEqual([...names, 'recipes.json']);
  const recipes = JSON.parse(strFromU8(files['recipes.json']!)) as readonly { file: string; values: object }[];
  expect(recipes).toMatchObject(names.slice(0, 2).map((file) => ({ file, model: 'fal-z-image-turbo', values: { prompt: 'a secret lake' } })));
  for (const [at, id] of ids.entries()) {
    const alone = new Uint8Array(await (await fetch(`${app.baseUrl}/files/${id}/download`, { headers: KEY })).arrayBuffer());
    expect(Buffer.compare(files[names[at]!]!, alone)).toBe(0);
  }
  const bare = await unzip(await post({ ids: ids.join(',') }));
  expect(Object.keys(bare)).toEqual(names);
  for (const [at, id] of ids.entries()) {
    expect(strFromU8(bare[names[at]!]!, true)).not.toContain('secret');
    const stored = new Uint8Array(await (await fetch(`${app.baseUrl}/files/${id}`, { headers: KEY })).arrayBuffer());
    expect(Buffer.compare(bare[names[at]!]!, stored)).toBe(0);
  }
});

test('what is missing, deleted or somebody else’s is named in the archive, and the rest is there', async () => {
  const [kept, lost, deleted] = (await pictures()) as [string, string, string];
  const eve = await app.person('Eve');
  const [hers] = await eve.generation.studio.request(QUEUED);
  await app.runJobs();
  const foreign = (await eve.generation.studio.view({ renderId: hers!.id })).assets[0]!.id;
  const [row] = await app.deps.db
    .select()
    .from(assets)
    .where(eq(assets.id, assetId.parse(lost)));
  await rm(path.join(app.home, 'assets', row!.sha256.slice(0, 2), row!.sha256));
  await app.admin.generation.assets.remove({ ids: [assetId.parse(deleted)] });
  const files = await unzip(await post({ ids: [kept, lost, deleted, foreign].join(',') }));
  expect(Object.keys(files)).toEqual([`segue-${kept.slice(0, 8)}.png`, 'not-included.txt']);
  expect(strFromU8(files['not-included.txt']!).trim().split('\n')).toEqual([
    `${lost}: The file of this picture is missing on the server.`,
    `${deleted}: It is deleted, or not yours.`,
    `${foreign}: It is deleted, or not yours.`,
  ]);
  expect(await codeOf(await post({ ids: foreign }))).toBe('not_found');
});

test('a stranger, a suspended person, another website and an unreadable form get nothing', async () => {
  const [id = ''] = await pictures();
  expect((await post({ ids: id }, {})).status).toBe(401);
  const eve = await app.person('Eve');
  const { secret } = await beginSession(app.deps, app.deps.db, { userId: eve.id, role: 'listener', replaces: undefined });
  await app.admin.generation.usage.suspend({ userId: eve.id });
  expect((await post({ ids: id }, { cookie: `segue_sid_${new URL(app.baseUrl).port}=${secret}` })).status).toBe(401);
  expect((await post({ ids: id }, { ...KEY, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  for (const ids of ['', 'x', `${id},../../etc/passwd`, Array(501).fill(id).join(',')])
    expect(await codeOf(await post({ ids })), ids.slice(0, 40)).toBe('invalid_input');
  expect((await post({ ids: `${id},`.repeat(40_000) })).status).toBe(413);
  // A byte after the other of one asset twice is still one file.
  expect(Object.keys(await unzip(await post({ ids: `${id},${id}` })))).toHaveLength(1);
});

test('an archive is written as it is read: the first file arrives before the last one is opened', async () => {
  const ids = await pictures();
  const reads: string[] = [];
  const { read } = app.deps.assets;
  const held: { release?: () => void } = {};
  const [, , last] = await Promise.all(
    ids.map(
      async (id) =>
        (
          await app.deps.db
            .select()
            .from(assets)
            .where(eq(assets.id, assetId.parse(id)))
        )[0]!.sha256,
    ),
  );
  Object.assign(app.deps.assets, {
    read: async (sha256: string) => {
      reads.push(sha256);
      if (sha256 === last) await new Promise<void>((resolve) => (held.release = resolve));
      return read(sha256);
    },
  });
  try {
    const response = await post({ ids: ids.join(',') });
    const reader = response.body!.getReader();
    expect((await reader.read()).value!.length).toBeGreaterThan(0);
    await expect.poll(() => reads.includes(last!)).toBe(true);
    held.release!();
    for (;;) if ((await reader.read()).done) break;
  } finally {
    Object.assign(app.deps.assets, { read });
  }
});
