import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import { expect, test } from 'vitest';

test('links to a playlist, a track or an album open a page with its data, and typed text is escaped', async () => {
  await using sandbox = await startSpotifySandbox({ catalog: { albums: 200, seed: 1 } });
  const { catalog } = sandbox.control;
  const album = catalog.album(catalog.albumIdAt(0) ?? '');
  const track = album?.tracks[0];
  const page = async (path: string) => fetch(`${sandbox.origin}${path}`);
  expect(await (await page(`/album/${album?.id}`)).text()).toContain(`/track/${track?.id}`);
  expect((await page(`/track/${track?.id}`)).status).toBe(200);
  expect((await page('/playlist/0000000000000000000000')).status).toBe(404);
  const id = sandbox.control.addPlaylist('mara', { name: '<script>alert(1)</script>' });
  sandbox.control.editPlaylist(id, { uris: [`spotify:track:${track?.id}`, null] });
  const html = await (await page(`/playlist/${id}`)).text();
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script>');
  expect(html).toContain('Track no longer available');
});
