import { setPlaylistCover } from '#server/use-cases/covers/network/set-playlist-cover.ts';
import { playlistCovers } from '#drizzle/schema/index.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import { seedPlaylist } from '#tests/support/network/published-network.ts';

test('anybody reads a playlist’s cover at three sizes, kept by every cache; no other file is read there', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'segue-cover-files-'));
  await using app = await startTestApp({ http: true, env: { SEGUE_HOME: home } });
  const playlistId = await seedPlaylist(app.deps.db, 1);
  const jpeg = await sharp({ create: { width: 640, height: 640, channels: 3, background: '#335577' } })
    .jpeg()
    .toBuffer();
  await setPlaylistCover(app.deps, { playlistId, jpeg, source: 'network', facts: null, by: 'system' });
  const sha256 = (await app.deps.db.select().from(playlistCovers))[0]!.sha256!;
  const read = (url: string, headers: Record<string, string> = {}) => fetch(`${app.baseUrl}/playlist-covers/${url}`, { headers });
  for (const side of [64, 300, 640]) {
    const answer = await read(`${sha256}/${side}`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'image/webp',
      'public, max-age=31536000, immutable',
    ]);
    expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({ format: 'webp', width: side });
    expect((await read(`${sha256}/${side}`, { 'if-none-match': answer.headers.get('etag')!, 'cache-control': 'max-age=0' })).status).toBe(304);
  }
  const { sha256: other } = await app.deps.assets.write(Buffer.from('a private file'));
  for (const odd of [`${other}/640`, `${sha256}/100`, `${sha256}/..`, `x/64`, `${sha256.toUpperCase()}/64`]) {
    expect([odd, (await read(odd)).status]).toEqual([odd, 404]);
  }
  rmSync(home, { recursive: true });
});
