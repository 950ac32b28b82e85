import type { AccountsService, AudioFeatureSource, MusicCatalog, PlaylistHost } from '#server/providers/ports.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const PROVIDERS = fileURLToPath(new URL('../../server/providers', import.meta.url));
const DETAILS = { name: 'Asked for once', description: '', isPublic: true };

type App = Awaited<ReturnType<typeof startSpotifyApp>>;
interface SignedInApp extends App {
  readonly token: string;
  readonly refreshToken: string;
  /** A playlist with three tracks in it. */
  readonly playlist: SpotifyPlaylistId;
  /** An unused authorization code. */
  readonly unusedCode: { code: string; verifier: string; redirectUri: string };
}
type Call = (app: SignedInApp) => Promise<unknown>;

/** The beginning of a JPEG; the token of these tests has no scope for pictures. */
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);

/** All calls of the Spotify ports. A port method missing here is a type error. */
const CALLS = {
  host: {
    listOwnPlaylists: ({ spotify, token, signal }) => spotify.playlistHost.listOwnPlaylists(token, 'mara', signal),
    readPlaylist: ({ spotify, token, playlist, signal }) => spotify.playlistHost.readPlaylist(token, playlist, signal),
    readContents: ({ spotify, token, playlist, signal }) => spotify.playlistHost.readContents(token, playlist, { entriesMax: 10, signal }),
    readImages: ({ spotify, token, playlist, signal }) => spotify.playlistHost.readImages(token, playlist, signal),
    downloadImage: ({ spotify, sandbox, playlist, signal }) =>
      spotify.playlistHost
        .downloadImage({ url: `${sandbox.apiUrl}/_images/mosaic/${playlist}/640`, key: '', origin: 'mosaic', width: 640, height: 640 }, signal)
        .catch(() => 'no picture'),
    uploadImage: ({ spotify, token, playlist, signal }) =>
      spotify.playlistHost.uploadImage(token, playlist, JPEG, signal).catch(() => 'no permission'),
    createPlaylist: ({ spotify, token, signal }) => spotify.playlistHost.createPlaylist(token, DETAILS, signal),
    changeDetails: ({ spotify, token, playlist, signal }) => spotify.playlistHost.changeDetails(token, playlist, DETAILS, signal),
    replaceItems: ({ spotify, token, playlist, urisAt, signal }) => spotify.playlistHost.replaceItems(token, playlist, urisAt(0, 3), signal),
    addItems: ({ spotify, token, playlist, urisAt, signal }) =>
      spotify.playlistHost.addItems(token, playlist, { uris: urisAt(3, 3), position: 0 }, signal),
    unfollowPlaylist: ({ spotify, token, playlist, signal }) => spotify.playlistHost.unfollowPlaylist(token, playlist, signal),
  } satisfies Record<keyof PlaylistHost, Call>,
  accounts: {
    exchangeCode: ({ spotify, unusedCode, signal }) => spotify.accounts.exchangeCode(unusedCode, signal),
    refresh: ({ spotify, refreshToken, signal }) => spotify.accounts.refresh(refreshToken, signal),
    identify: ({ spotify, token, signal }) => spotify.accounts.identify(token, signal),
  } satisfies Record<Exclude<keyof AccountsService, 'app' | 'isConfidential' | 'authorizeUrl'>, Call>,
  catalog: {
    readAlbums: ({ spotify, albumAt, signal }) => spotify.catalog.readAlbums([albumAt(1)], signal),
    readTrackDetails: ({ spotify, signal }) => spotify.catalog.readTrackDetails([], signal),
  } satisfies Record<Exclude<keyof MusicCatalog, 'profile' | 'albumsPerRequest'>, Call>,
  features: {
    readFeatures: ({ spotify, signal }) => spotify.audioFeatures.readFeatures([], signal),
  } satisfies Record<Exclude<keyof AudioFeatureSource, 'provenance' | 'batchSize'>, Call>,
} as const;

const ALL = Object.entries(CALLS).flatMap(([port, calls]) => Object.entries<Call>(calls).map(([name, call]) => ({ name: `${port}.${name}`, call })));
/** Calls that send a POST. Reading albums first requests the app's own token. */
const POSTS = ['host.createPlaylist', 'host.addItems', 'accounts.exchangeCode', 'accounts.refresh', 'catalog.readAlbums'];

const FAULTS = [
  ['500', { status: 500 }],
  ['502', { status: 502 }],
  ['502 after doing it', { status: 502, actFirst: true }],
  ['503 with a second to wait', { status: 503, retryAfter: 1 }],
  ['504 after doing it', { status: 504, actFirst: true }],
  ['408', { status: 408 }],
  ['429 with a second to wait', { status: 429, retryAfter: 1 }],
  ['429 with zero seconds', { status: 429, retryAfter: 0 }],
  ['429 with garbage', { status: 429, retryAfter: 'soon' }],
  ['a cut connection', { cut: true }],
  ['a cut connection after doing it', { cut: true, actFirst: true }],
  ['half a response', { cut: 'body' }],
  ['JSON null', { status: 201, body: null, actFirst: true }],
  ['a page of HTML', { status: 200, body: '<html></html>', contentType: 'text/html' }],
] as const;

async function openSignedIn(): Promise<SignedInApp> {
  const app = await startSpotifyApp();
  const { grant } = await app.signIn('mara');
  const playlist = await app.spotify.playlistHost.createPlaylist(grant.accessToken, { ...DETAILS, name: 'Existing playlist' }, app.signal);
  await app.spotify.playlistHost.replaceItems(grant.accessToken, playlist, app.urisAt(0, 3), app.signal);
  const unusedCode = await app.agree('mara');
  app.sandbox.control.clearRequests();
  return { ...app, token: grant.accessToken, refreshToken: grant.refreshToken ?? '', playlist, unusedCode };
}

const posts = (app: SignedInApp) => app.sandbox.control.requests({ method: 'POST' }).length;

test('the table lists all calls that send a POST to Spotify', async () => {
  const sent: string[] = [];
  for (const { name, call } of ALL) {
    await using app = await openSignedIn();
    await call(app);
    if (posts(app) > 0) sent.push(name);
  }
  expect(sent).toEqual(POSTS);
});

// fal and Gemini post through their libraries; the tests of the image vendors (studio/) hold all three to one paid request each.
test('no other adapter sends a POST', () => {
  const files = readdirSync(PROVIDERS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const posting = files.filter((file) => /'post'|method: 'POST'|createPlaylist\(/i.test(readFileSync(path.join(PROVIDERS, file), 'utf8')));
  expect(posting.toSorted()).toEqual([
    'ports.ts',
    'spotify/accounts.ts',
    'spotify/library.ts',
    'spotify/playlist-host.ts',
    'stability/create-stability.ts',
  ]);
});

describe.each(ALL.filter(({ name }) => POSTS.includes(name)))('$name', ({ call }) => {
  test.each(FAULTS)('is sent once when the answer is %s', async (_name, fault) => {
    await using app = await openSignedIn();
    app.sandbox.control.failNext({ method: 'POST', ...fault });
    await call(app).catch(() => {});
    expect(posts(app)).toBe(1);
  });
});
