import { seedDemoNetwork } from '#server/use-cases/demo/seed-demo-network.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';

/** Agrees on the sandbox's consent page as a person. */
async function consent(authorizeUrl: string, person: string): Promise<{ code: string; state: string }> {
  const page = new URL(authorizeUrl);
  page.searchParams.set('sandbox_user', person);
  page.searchParams.set('sandbox_consent', 'yes');
  const response = await fetch(page, { redirect: 'manual' });
  const params = new URL(response.headers.get('location') ?? '').searchParams;
  return { code: params.get('code') ?? '', state: params.get('state') ?? '' };
}

test('in the fresh demo every playlist with a list has a cover on the wall and on the sandbox’s Spotify before the demo is ready', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'segue-demo-covers-'));
  await using app = await startTestApp({ sandbox: { catalog: { albums: 600, seed: 1 } }, env: { SEGUE_HOME: home } });
  const { catalog } = app.sandbox;
  const albumLinks = Array.from({ length: 600 }, (_, at) => `https://open.spotify.com/album/${catalog.albumIdAt(at)}`);
  await seedDemoNetwork(app.deps, { albumLinks, people: ['segue-north', 'segue-south'], consent }, new AbortController().signal);
  const { playlists } = await app.admin.playlists.overview();
  const listed = playlists.filter(({ size }) => size > 0);
  expect(playlists).toHaveLength(12);
  expect(listed.length).toBeGreaterThan(5);
  for (const { themeTag, cover } of listed) expect([themeTag, cover?.source]).toEqual([themeTag, 'network']);
  expect(new Set(listed.map(({ cover }) => cover?.sha256)).size).toBe(listed.length);
  expect(app.spotify.playlists().filter(({ coverCount }) => coverCount === 1)).toHaveLength(listed.length);
  const { items } = await app.admin.generation.assets.list({});
  expect(items.map(({ origin }) => origin)).toEqual(listed.map(() => 'cover'));
  rmSync(home, { recursive: true, force: true });
});
