import { expect, test } from 'vitest';
import { ALL_SCOPES, startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const PICTURES = [...ALL_SCOPES, 'ugc-image-upload'];
/** The beginning of a JPEG and as many more bytes as are asked for. */
const jpeg = (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => [0xff, 0xd8, 0xff][i] ?? i % 251);

async function openWithPlaylist(scopes: readonly string[] = PICTURES) {
  const app = await startSpotifyApp();
  const { grant } = await app.signIn('mara', scopes);
  const { playlistHost: host } = app.spotify;
  const details = { name: 'A list', description: '', isPublic: true };
  const id = await host.createPlaylist(grant.accessToken, details, app.signal);
  return { ...app, host, id, token: grant.accessToken, details };
}

test('an uploaded picture is shown under a new address, byte for byte', async () => {
  await using app = await openWithPlaylist();
  expect(await app.host.readImages(app.token, app.id, app.signal)).toEqual([]);
  await app.host.replaceItems(app.token, app.id, app.urisAt(0, 3), app.signal);
  const [mosaic] = await app.host.readImages(app.token, app.id, app.signal);
  expect(mosaic).toMatchObject({ width: 640, height: 640 });
  await app.host.uploadImage(app.token, app.id, jpeg(1_000), app.signal);
  const [shown] = await app.host.readImages(app.token, app.id, app.signal);
  expect(shown).toMatchObject({ width: null, height: null });
  expect(shown?.url).not.toBe(mosaic?.url);
  expect(new Uint8Array(await (await fetch(shown!.url)).arrayBuffer())).toEqual(jpeg(1_000));
});

test('a picture that Spotify shows later is not shown before', async () => {
  await using app = await openWithPlaylist();
  app.sandbox.control.setSwitches({ coverDelayMs: 60_000 });
  await app.host.uploadImage(app.token, app.id, jpeg(100), app.signal);
  expect(await app.host.readImages(app.token, app.id, app.signal)).toEqual([]);
  app.sandbox.control.advance(60_000);
  expect(await app.host.readImages(app.token, app.id, app.signal)).toHaveLength(1);
});

test('without the scope for pictures the upload is refused as a missing permission, and is not repeated', async () => {
  await using app = await openWithPlaylist(ALL_SCOPES);
  const upload = app.host.uploadImage(app.token, app.id, jpeg(100), app.signal);
  await expect(upload).rejects.toMatchObject({ code: 'forbidden', context: { kind: 'InsufficientScope' } });
  expect(app.sandbox.control.requests({ method: 'PUT' })).toHaveLength(1);
});

test('the largest picture that fits is taken, and one byte more is refused before anything is sent', async () => {
  await using app = await openWithPlaylist();
  await app.host.uploadImage(app.token, app.id, jpeg(196_608), app.signal);
  await expect(app.host.uploadImage(app.token, app.id, jpeg(196_609), app.signal)).rejects.toMatchObject({ code: 'too_large' });
  expect(app.sandbox.control.requests({ method: 'PUT' })).toHaveLength(1);
});

test('Spotify’s own refusals are told apart: too large, no JPEG, another’s playlist', async () => {
  await using app = await openWithPlaylist();
  app.sandbox.control.failNext({ method: 'PUT', status: 413 });
  await expect(app.host.uploadImage(app.token, app.id, jpeg(100), app.signal)).rejects.toMatchObject({ code: 'too_large' });
  await expect(app.host.uploadImage(app.token, app.id, new Uint8Array(100), app.signal)).rejects.toMatchObject({ code: 'provider_rejected' });
  const other = await app.signIn('segue-north', PICTURES);
  await expect(app.host.uploadImage(other.grant.accessToken, app.id, jpeg(100), app.signal)).rejects.toMatchObject({ code: 'forbidden' });
});

test('the contents of a playlist are its entries for the owner, hidden for others, and gone when it is private', async () => {
  await using app = await openWithPlaylist();
  const uris = [...app.urisAt(0, 60), null, 'spotify:local:Artist:Album:Title:200'];
  app.sandbox.control.editPlaylist(app.id, { uris });
  const own = await app.host.readContents(app.token, app.id, { entriesMax: 500, signal: app.signal });
  if (own.kind !== 'found') throw new Error(`The playlist is ${own.kind}.`);
  expect([own.total, own.entries.length, own.ownerId]).toEqual([62, 62, 'mara']);
  expect(own.entries[0]).toMatchObject({ kind: 'track', durationMs: expect.any(Number), isrc: expect.any(String), releaseDate: expect.any(String) });
  expect(own.entries.slice(60).map(({ kind }) => kind)).toEqual(['gone', 'local_file']);
  const first = await app.host.readContents(app.token, app.id, { entriesMax: 55, signal: app.signal });
  expect(first).toMatchObject({ kind: 'found', total: 62, entries: { length: 55 } });
  const { grant } = await app.signIn('segue-north');
  expect(await app.host.readContents(grant.accessToken, app.id, { entriesMax: 55, signal: app.signal })).toEqual({
    kind: 'hidden',
    name: 'A list',
    ownerId: 'mara',
  });
  app.sandbox.control.editPlaylist(app.id, { public: false });
  expect(await app.host.readContents(grant.accessToken, app.id, { entriesMax: 55, signal: app.signal })).toEqual({ kind: 'gone' });
});
