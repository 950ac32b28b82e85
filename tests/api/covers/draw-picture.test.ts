import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { TEST_ADMIN_KEY, startTestApp } from '#tests/support/app.ts';
import { userId } from '#shared/ids.ts';
import { users } from '#drizzle/schema/index.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

const music = {
  valence: 0.31,
  energy: 0.62,
  danceability: null,
  acousticness: null,
  instrumentalness: null,
  tempo: 118,
  decade: 1970,
  genres: [{ name: 'modal jazz', weight: 0.7 }],
  tracks: [{ durationMs: 240_000, energy: 0.6, valence: 0.3 }],
};

const openApp = (options: { http?: true } = {}) => {
  const home = mkdtempSync(path.join(tmpdir(), 'segue-assets-'));
  return { home, start: () => startTestApp({ ...options, env: { SEGUE_HOME: home } }), remove: () => rmSync(home, { recursive: true, force: true }) };
};

test('the operator draws a picture from the music’s numbers, reads it back, and draws the same one again', async () => {
  const files = openApp({ http: true });
  await using app = await files.start();
  const input = { music, title: 'Harbor Glass', family: 'rules', size: 320, seed: 7 } as const;
  const drawn = await app.admin.generation.covers.draw(input);
  expect(drawn).toMatchObject({ family: 'rules', size: 320, seed: 7, isType: false });
  expect(drawn.working[0]?.nearest[0]?.id).toBe(drawn.palette);
  expect(drawn.readings).toContainEqual(expect.objectContaining({ number: 'tempo', value: 118 }));
  expect(drawn.readings).toContainEqual(expect.objectContaining({ number: 'acousticness', value: null }));
  expect(drawn.room.length).toBeGreaterThan(0);

  const read = (url: string, headers: Record<string, string> = {}) =>
    fetch(`${app.baseUrl}${url}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY, ...headers } });
  const answer = await read(drawn.url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'image/png',
    'private, max-age=31536000, immutable',
  ]);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 320, height: 320 });
  expect((await read(drawn.url, { 'if-none-match': answer.headers.get('etag') ?? '', 'cache-control': 'max-age=0' })).status).toBe(304);

  const again = await app.admin.generation.covers.draw(input);
  expect(again.asset).not.toBe(drawn.asset);
  const stored = await app.deps.db.execute<{ sha256: string; bytes: number }>(sql`select sha256, bytes from assets`);
  expect(stored.rows).toEqual([0, 1].map(() => ({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length })));
  files.remove();
});

test('a picture is not found by anybody but the person who made it', async () => {
  const files = openApp({ http: true });
  await using app = await files.start();
  const people = [userId.parse(randomUUID()), userId.parse(randomUUID())] as const;
  const at = app.clock.now();
  for (const id of people) await app.deps.db.insert(users).values({ id, displayName: 'Somebody', createdAt: at, lastSignedInAt: at });
  const drawn = await app.as({ kind: 'user', userId: people[0], isAdmin: false }).generation.covers.draw({ music, size: 64 });
  await expect(app.as({ kind: 'anonymous' }).generation.covers.draw({ music })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  const asOperator = await fetch(`${app.baseUrl}${drawn.url}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } });
  expect([asOperator.status, (await fetch(`${app.baseUrl}${drawn.url}`)).status]).toEqual([404, 401]);
  for (const odd of ['/files/1', '/files/..%2F..%2Fsecret', `/files/${randomUUID()}`]) {
    expect((await fetch(`${app.baseUrl}${odd}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } })).status).toBe(404);
  }
  files.remove();
});

test('what cannot be drawn is refused with its field, and a lost file is said to be lost', async () => {
  const files = openApp({ http: true });
  await using app = await files.start();
  const draw = (input: object) => app.admin.generation.covers.draw({ music, ...input });
  await expect(draw({ palette: 'nosuchpalette' })).rejects.toMatchObject({ cause: { field: 'palette' } });
  await expect(draw({ size: 63 })).rejects.toMatchObject({ cause: { issues: [expect.objectContaining({ path: ['size'] })] } });
  await expect(draw({ music: { ...music, tempo: 5 } })).rejects.toMatchObject({
    cause: { issues: [expect.objectContaining({ path: ['music', 'tempo'] })] },
  });
  const drawn = await draw({ size: 64 });
  rmSync(path.join(files.home, 'assets'), { recursive: true });
  const answer = await fetch(`${app.baseUrl}${drawn.url}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ error: { message: 'The file of this picture is missing on the server.' } });
  files.remove();
});
