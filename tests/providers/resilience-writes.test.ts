import { expect, test } from 'vitest';
import { startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const DETAILS = { name: 'Once', description: 'made once', isPublic: true };
const FAULTS = [
  ['answers 502 without doing it', { status: 502 }],
  ['answers 502 after doing it', { status: 502, actFirst: true }],
  ['cuts the connection without doing it', { cut: true }],
  ['cuts the connection after doing it', { cut: true, actFirst: true }],
  ['cuts its response halfway', { cut: 'body' }],
  ['answers 503 with a short Retry-After', { status: 503, retryAfter: 1 }],
  ['answers 429 with one second', { status: 429, retryAfter: 1 }],
] as const;

test.each(FAULTS)('when Spotify %s, create-playlist and add-items are sent once', async (_name, fault) => {
  await using app = await startSpotifyApp();
  const { grant } = await app.signIn('mara');
  const { playlistHost } = app.spotify;
  const id = await playlistHost.createPlaylist(grant.accessToken, DETAILS, app.signal);
  app.sandbox.control.clearRequests();
  app.sandbox.control.failNext({ method: 'POST', path: '/me/playlists', ...fault });
  await playlistHost.createPlaylist(grant.accessToken, DETAILS, app.signal).catch(() => {});
  expect(app.sandbox.control.requests({ method: 'POST', path: /playlists$/ })).toHaveLength(1);
  app.sandbox.control.failNext({ method: 'POST', path: '/playlists/*/items', ...fault });
  await playlistHost.addItems(grant.accessToken, id, { uris: app.urisAt(0, 3), position: 0 }, app.signal).catch(() => {});
  expect(app.sandbox.control.requests({ method: 'POST', path: /items$/ })).toHaveLength(1);
});

test.each(FAULTS)('when Spotify %s, a refresh token is sent once', async (_name, fault) => {
  await using app = await startSpotifyApp();
  const { grant } = await app.signIn('mara');
  app.sandbox.control.clearRequests();
  app.sandbox.control.failNext({ service: 'accounts', path: '/api/token', ...fault });
  await app.spotify.accounts.refresh(grant.refreshToken ?? '', app.signal).catch(() => {});
  expect(app.sandbox.control.requests({ path: '/api/token' })).toHaveLength(1);
});
