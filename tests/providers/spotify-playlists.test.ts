import { spotifyPlaylistId } from '#shared/ids.ts';
import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import { CAPABILITY_PROFILES } from '#shared/vocabulary.ts';
import { expect, test } from 'vitest';
import { startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const DETAILS = { name: 'Vibe • Rain • #001', description: 'Rain & "tea" <3 · it\'s fresh', isPublic: true };

async function startSignedIn(options: Parameters<typeof startSpotifyApp>[0] = {}) {
  const app = await startSpotifyApp(options);
  const { grant } = await app.signIn('segue-north');
  app.sandbox.control.clearRequests();
  return { ...app, host: app.spotify.playlistHost, token: grant.accessToken };
}

test.each(CAPABILITY_PROFILES)('in %s a playlist is created, filled with more than 100 items, read back, renamed and replaced', async (profile) => {
  await using app = await startSignedIn({ profile });
  const { host, token, signal } = app;
  const id = await host.createPlaylist(token, DETAILS, signal);
  const uris = app.urisAt(0, 130);
  await host.replaceItems(token, id, uris.slice(0, 100), signal);
  await host.addItems(token, id, { uris: uris.slice(115), position: 100 }, signal);
  const { snapshotId } = await host.addItems(token, id, { uris: uris.slice(100, 115), position: 100 }, signal);
  const seen = await host.readPlaylist(token, id, signal);
  expect(seen).toEqual({ id, details: DETAILS, ownerId: 'segue-north', snapshotId, uris });
  await host.changeDetails(token, id, { ...DETAILS, name: 'Vibe • Sun • #001', isPublic: false }, signal);
  await host.replaceItems(token, id, [], signal);
  expect(await host.readPlaylist(token, id, signal)).toMatchObject({ details: { name: 'Vibe • Sun • #001', isPublic: false }, uris: [] });
});

test('a playlist of up to a hundred items costs one read', async () => {
  await using app = await startSignedIn();
  const id = await app.host.createPlaylist(app.token, DETAILS, app.signal);
  await app.host.replaceItems(app.token, id, app.urisAt(0, 100), app.signal);
  app.sandbox.control.clearRequests();
  expect((await app.host.readPlaylist(app.token, id, app.signal))?.uris).toHaveLength(100);
  expect(app.sandbox.control.requests()).toHaveLength(1);
});

test('removed and local items are null at their position', async () => {
  await using app = await startSignedIn();
  const id = await app.host.createPlaylist(app.token, DETAILS, app.signal);
  const [first, second] = app.urisAt(0, 2);
  app.sandbox.control.editPlaylist(id, { uris: [first!, null, second!, 'spotify:local:Somebody:Demos:Kitchen+Tape:187'] });
  expect((await app.host.readPlaylist(app.token, id, app.signal))?.uris).toEqual([first, null, second, null]);
});

test.each(['shrink_page', 'total_too_high'] as const)('a page with %s is never accepted as the whole playlist', async (distort) => {
  await using app = await startSignedIn();
  const id = await app.host.createPlaylist(app.token, DETAILS, app.signal);
  const uris = app.urisAt(0, 60);
  await app.host.replaceItems(app.token, id, uris, app.signal);
  app.sandbox.control.failNext({ path: '/playlists/*', distort });
  const seen = await app.host.readPlaylist(app.token, id, app.signal).catch((error: unknown) => error);
  // A short page is completed from the next one; a total that is never reached is an error.
  if (distort === 'shrink_page') expect(seen).toMatchObject({ uris });
  else expect(seen).toMatchObject({ code: 'provider_unavailable', context: { kind: 'Incomplete', expected: 63, got: 60 } });
});

test('own playlists are read from all pages, without those of others; an unknown playlist is undefined', async () => {
  await using app = await startSignedIn();
  const ids = [];
  for (let i = 0; i < 53; i++) ids.push(await app.host.createPlaylist(app.token, { ...DETAILS, name: `Number ${i}` }, app.signal));
  const own = await app.host.listOwnPlaylists(app.token, 'segue-north', app.signal);
  expect(own.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(own.every(({ description }) => description === DETAILS.description)).toBe(true);
  expect(await app.host.listOwnPlaylists(app.token, 'segue-south', app.signal)).toEqual([]);
  expect(await app.host.readPlaylist(app.token, spotifyPlaylistId.parse('0000000000000000000000'), app.signal)).toBeUndefined();
  app.sandbox.control.failNext({ path: '/me/playlists', distort: 'total_too_high', times: -1 });
  app.sandbox.control.clearRequests();
  await expect(app.host.listOwnPlaylists(app.token, 'segue-north', app.signal)).rejects.toMatchObject({ code: 'provider_unavailable' });
  expect(app.sandbox.control.requests()).toHaveLength(3);
});

test.each([
  ['answers 502 after acting', { status: 502, actFirst: true }],
  ['cuts the connection after acting', { cut: true, actFirst: true }],
  ['cuts the connection in the middle of its response', { cut: 'body', actFirst: true }],
  ['confirms with JSON null', { distort: 'null_body' }],
] as const)('when Spotify %s, a create or add is not retried and is reported as ambiguous', async (_how, fault) => {
  await using app = await startSignedIn();
  app.sandbox.control.failNext({ method: 'POST', path: '/me/playlists', ...fault });
  await expect(app.host.createPlaylist(app.token, DETAILS, app.signal)).rejects.toMatchObject({
    code: 'provider_unavailable',
    context: { ambiguous: true },
  });
  const [made] = app.sandbox.control.playlists('segue-north');
  expect(app.sandbox.control.playlists('segue-north')).toHaveLength(1);
  const id = spotifyPlaylistId.parse(made?.id);
  app.sandbox.control.failNext({ method: 'POST', path: '/playlists/*', ...fault });
  const uris = app.urisAt(0, 3);
  await expect(app.host.addItems(app.token, id, { uris, position: 0 }, app.signal)).rejects.toMatchObject({ context: { ambiguous: true } });
  expect(app.sandbox.control.playlist(id)?.uris).toEqual(uris);
  expect(app.sandbox.control.requests({ method: 'POST' })).toHaveLength(2);
});

test('a create that never reached Spotify is not ambiguous, and a rate-limited one is not retried', async () => {
  await using app = await startSignedIn();
  app.sandbox.control.failNext({ method: 'POST', status: 429, retryAfter: 1 });
  await expect(app.host.createPlaylist(app.token, DETAILS, app.signal)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 1000 });
  expect(app.sandbox.control.requests({ method: 'POST' })).toHaveLength(1);
  const closed = await startSpotifySandbox();
  await closed.close();
  await using offline = await startSpotifyApp({}, { apiUrl: closed.apiUrl });
  await expect(offline.spotify.playlistHost.createPlaylist(app.token, DETAILS, app.signal)).rejects.toMatchObject({
    code: 'provider_unavailable',
    context: { ambiguous: false },
  });
});

test('a replace that failed halfway is retried, because it is idempotent', async () => {
  await using app = await startSignedIn();
  const id = await app.host.createPlaylist(app.token, DETAILS, app.signal);
  app.sandbox.control.failNext({ method: 'PUT', status: 502, actFirst: true });
  await app.host.replaceItems(app.token, id, app.urisAt(0, 5), app.signal);
  expect(app.sandbox.control.playlist(id)?.uris).toEqual(app.urisAt(0, 5));
  expect(app.sandbox.control.requests({ method: 'PUT' })).toHaveLength(2);
});
