import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { useLibrary } from '#server/providers/spotify/library.ts';
import { startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const require = createRequire(import.meta.url);
const signal = new AbortController().signal;

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiOrigin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('the library has the version whose internals are patched', async () => {
  expect(require('spotify-web-api-node/package.json')).toMatchObject({ version: '5.0.2' });
  await using vendor = await serve((_request, response) => response.end('{}'));
  await useLibrary({ apiOrigin: vendor.apiOrigin, token: 't', signal }, ({ api }) => api.getMe());
  const manager = require('spotify-web-api-node/src/http-manager.js');
  const replaced = manager._makeRequest;
  await useLibrary({ apiOrigin: vendor.apiOrigin, token: 't', signal }, ({ api }) => api.getMe());
  expect(manager._makeRequest).toBe(replaced);
});

test('method, path, query, token and body arrive as the library set them', async () => {
  const seen: unknown[] = [];
  await using vendor = await serve((request, response) => {
    let body = '';
    request
      .on('data', (chunk: Buffer) => (body += chunk.toString()))
      .on('end', () => {
        seen.push([request.method, request.url, request.headers.authorization, body]);
        response.writeHead(201, { 'X-Told': 'yes' }).end('{"ok":true}');
      });
  });
  const scope = { apiOrigin: vendor.apiOrigin, token: 'secret', signal };
  await useLibrary(scope, ({ api }) => api.getAlbumTracks('abc', { limit: 50, offset: 100 }));
  await useLibrary(scope, ({ api }) => api.changePlaylistDetails('p', { name: 'A & B' }));
  const answer = await useLibrary(scope, (library) => library.send('post', { path: '/playlists/p/items', json: { uris: ['a'], position: 0 } }));
  expect(seen).toEqual([
    ['GET', '/v1/albums/abc/tracks?limit=50&offset=100', 'Bearer secret', ''],
    ['PUT', '/v1/playlists/p', 'Bearer secret', '{"name":"A & B"}'],
    ['POST', '/v1/playlists/p/items', 'Bearer secret', '{"uris":["a"],"position":0}'],
  ]);
  expect(answer).toMatchObject({ status: 201, headers: { 'x-told': 'yes' }, body: { ok: true } });
});

test.each([
  ['null', 'null', null],
  ['text', 'Too many requests', 'Too many requests'],
  ['nothing', '', null],
  ['JSON that stops', '{"error":', '{"error":'],
])('an error body of %s is returned unchanged', async (_what, sent, body) => {
  await using vendor = await serve((_request, response) => response.writeHead(403, { 'content-type': 'application/json' }).end(sent));
  expect(await useLibrary({ apiOrigin: vendor.apiOrigin, token: 't', signal }, ({ api }) => api.getMe())).toMatchObject({ status: 403, body });
});

test('two apps at two addresses stay separate when their requests overlap', async () => {
  await using one = await startSpotifyApp({ catalog: { albums: 200, seed: 1 } }, { clientId: 'one' });
  await using two = await startSpotifyApp({ catalog: { albums: 200, seed: 2 }, profile: 'extended' }, { clientId: 'two' });
  const ids = Array.from({ length: 10 }, (_, i) => i);
  const readings = await Promise.all(ids.flatMap((i) => [one, two].map((app) => app.spotify.catalog.readAlbums([app.albumAt(i)], app.signal))));
  expect(readings.flat().every(({ kind }) => kind === 'found')).toBe(true);
  for (const [app, clientId] of [
    [one, 'one'],
    [two, 'two'],
  ] as const) {
    const requests = app.sandbox.control.requests().filter(({ service }) => service === 'api');
    expect(requests).toHaveLength(10);
    expect(new Set(requests.map((request) => request.clientId))).toEqual(new Set([clientId]));
  }
});

test('a response that times out and one that is too long are errors', async () => {
  await using app = await startSpotifyApp({}, { resilience: { timeoutMs: 1_000, attemptsMax: 2, firstDelayMs: 1 } });
  app.sandbox.control.failNext({ path: '/albums/*', delayMs: 60_000, times: -1 });
  await expect(app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal)).rejects.toMatchObject({
    code: 'provider_unavailable',
    message: 'Spotify did not respond in time.',
  });
  await using vendor = await serve((_request, response) => {
    response.write('"');
    for (let i = 0; i < 9; i++) response.write('x'.repeat(1024 * 1024));
    response.end('"');
  });
  await expect(useLibrary({ apiOrigin: vendor.apiOrigin, token: 't', signal }, ({ api }) => api.getMe())).rejects.toMatchObject({
    code: 'provider_unavailable',
  });
});

test('a canceled call ends at once, and a call canceled before it starts sends nothing', async () => {
  await using app = await startSpotifyApp();
  await app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal);
  app.sandbox.control.failNext({ path: '/albums/*', delayMs: 5_000 });
  const canceled = new AbortController();
  const reading = app.spotify.catalog.readAlbums([app.albumAt(1)], canceled.signal);
  setImmediate(() => canceled.abort());
  await expect(reading).rejects.toMatchObject({ code: 'provider_unavailable', context: { kind: 'Stopped' } });
  const sent = app.sandbox.control.requests().length;
  await expect(app.spotify.catalog.readAlbums([app.albumAt(2)], canceled.signal)).rejects.toMatchObject({ context: { kind: 'Stopped' } });
  expect(app.sandbox.control.requests()).toHaveLength(sent);
});

test('an album of many pages is read completely, and one with endless pages is given up', async () => {
  const id = '0'.repeat(21);
  const track = (n: number) => ({
    id: id.slice(0, 18) + String(n).padStart(4, '0'),
    name: `Track ${n}`,
    duration_ms: 1000,
    artists: [],
    track_number: n,
  });
  const page = (offset: number, total: number, size = 50) => ({
    items: Array.from({ length: Math.min(size, total - offset) }, (_, i) => track(offset + i)),
    total,
    offset,
    next: offset + size < total ? 'more' : null,
  });
  let requests = 0;
  let kind: 'long' | 'repeating' | 'empty' = 'long';
  await using vendor = await serve((request, response) => {
    requests += 1;
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname === '/api/token') return response.end('{"access_token":"t","expires_in":3600}');
    const offset = Number(url.searchParams.get('offset') ?? 0);
    const answers = {
      long: page(offset, 120),
      repeating: { ...page(0, 120), offset: null, next: 'more' },
      empty: { ...page(0, 120), items: [], offset: null, next: 'more' },
    };
    const body = url.pathname.endsWith('/tracks') ? answers[kind] : { id: '0'.repeat(22), name: 'Long', tracks: page(0, 120) };
    return response.end(JSON.stringify(body));
  });
  await using app = await startSpotifyApp({}, { apiUrl: vendor.apiOrigin, accountsUrl: vendor.apiOrigin });
  const read = () => app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal);
  expect(await read()).toMatchObject([{ kind: 'found', album: { totalTracks: 120, tracks: { length: 120 }, releaseDate: null, imageUrl: null } }]);
  kind = 'repeating';
  expect(await read()).toEqual([{ kind: 'incomplete', expected: 120, got: 50 }]);
  kind = 'empty';
  requests = 0;
  expect(await read()).toEqual([{ kind: 'incomplete', expected: 120, got: 50 }]);
  expect(requests).toBe(2);
});
