import type { AccountsService, AudioFeatureSource, MusicCatalogue, PlaylistHost } from '#server/providers/ports.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const PROVIDERS = fileURLToPath(new URL('../../server/providers', import.meta.url));
const FACE = { name: 'Asked for once', description: '', isPublic: true };

type App = Awaited<ReturnType<typeof startSpotifyApp>>;
interface Place extends App {
  readonly token: string;
  readonly refreshToken: string;
  /** A playlist with three tracks in it. */
  readonly playlist: SpotifyPlaylistId;
  /** A way back from Spotify that nobody has used. */
  readonly back: { code: string; verifier: string; redirectUri: string };
}
type Ask = (place: Place) => Promise<unknown>;

/** Everything that the house can ask of Spotify: a method that is missing here does not compile. */
const ASKS = {
  host: {
    listOwnPlaylists: ({ spotify, token, signal }) => spotify.playlistHost.listOwnPlaylists(token, 'mara', signal),
    readPlaylist: ({ spotify, token, playlist, signal }) => spotify.playlistHost.readPlaylist(token, playlist, signal),
    createPlaylist: ({ spotify, token, signal }) => spotify.playlistHost.createPlaylist(token, FACE, signal),
    changeDetails: ({ spotify, token, playlist, signal }) => spotify.playlistHost.changeDetails(token, playlist, FACE, signal),
    replaceItems: ({ spotify, token, playlist, urisAt, signal }) => spotify.playlistHost.replaceItems(token, playlist, urisAt(0, 3), signal),
    addItems: ({ spotify, token, playlist, urisAt, signal }) =>
      spotify.playlistHost.addItems(token, playlist, { uris: urisAt(3, 3), position: 0 }, signal),
    unfollowPlaylist: ({ spotify, token, playlist, signal }) => spotify.playlistHost.unfollowPlaylist(token, playlist, signal),
  } satisfies Record<keyof PlaylistHost, Ask>,
  accounts: {
    exchangeCode: ({ spotify, back, signal }) => spotify.accounts.exchangeCode(back, signal),
    refresh: ({ spotify, refreshToken, signal }) => spotify.accounts.refresh(refreshToken, signal),
    identify: ({ spotify, token, signal }) => spotify.accounts.identify(token, signal),
  } satisfies Record<Exclude<keyof AccountsService, 'app' | 'isConfidential' | 'authorizeUrl'>, Ask>,
  catalogue: {
    readAlbums: ({ spotify, albumAt, signal }) => spotify.catalogue.readAlbums([albumAt(1)], signal),
    readTrackDetails: ({ spotify, signal }) => spotify.catalogue.readTrackDetails([], signal),
  } satisfies Record<Exclude<keyof MusicCatalogue, 'profile' | 'albumsPerRequest'>, Ask>,
  features: {
    readFeatures: ({ spotify, signal }) => spotify.audioFeatures.readFeatures([], signal),
  } satisfies Record<Exclude<keyof AudioFeatureSource, 'provenance' | 'batchSize'>, Ask>,
} as const;

const ALL = Object.entries(ASKS).flatMap(([part, asks]) => Object.entries<Ask>(asks).map(([name, ask]) => ({ name: `${part}.${name}`, ask })));
/** What goes out as a POST; reading albums first asks for the app's own token. */
const POSTS = ['host.createPlaylist', 'host.addItems', 'accounts.exchangeCode', 'accounts.refresh', 'catalogue.readAlbums'];

const FAULTS = [
  ['500', { status: 500 }],
  ['502', { status: 502 }],
  ['502 after doing it', { status: 502, actFirst: true }],
  ['503 with a second to wait', { status: 503, retryAfter: 1 }],
  ['504 after doing it', { status: 504, actFirst: true }],
  ['408', { status: 408 }],
  ['429 with a second to wait', { status: 429, retryAfter: 1 }],
  ['429 with nothing to wait', { status: 429, retryAfter: 0 }],
  ['429 with garbage', { status: 429, retryAfter: 'soon' }],
  ['a cut line', { cut: true }],
  ['a cut line after doing it', { cut: true, actFirst: true }],
  ['half an answer', { cut: 'body' }],
  ['the word null', { status: 201, body: null, actFirst: true }],
  ['a page of HTML', { status: 200, body: '<html></html>', contentType: 'text/html' }],
] as const;

async function openPlace(): Promise<Place> {
  const app = await startSpotifyApp();
  const { grant } = await app.signIn('mara');
  const playlist = await app.spotify.playlistHost.createPlaylist(grant.accessToken, { ...FACE, name: 'There already' }, app.signal);
  await app.spotify.playlistHost.replaceItems(grant.accessToken, playlist, app.urisAt(0, 3), app.signal);
  const back = await app.agree('mara');
  app.sandbox.control.clearRequests();
  return { ...app, token: grant.accessToken, refreshToken: grant.refreshToken ?? '', playlist, back };
}

const posts = (place: Place) => place.sandbox.control.requests({ method: 'POST' }).length;

test('every POST that the house sends to Spotify is in this table', async () => {
  const sent: string[] = [];
  for (const { name, ask } of ALL) {
    await using place = await openPlace();
    await ask(place);
    if (posts(place) > 0) sent.push(name);
  }
  expect(sent).toEqual(POSTS);
});

test('no other adapter of the house sends a POST', () => {
  const files = readdirSync(PROVIDERS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const posting = files.filter((file) => /'post'|method: 'POST'|createPlaylist\(/i.test(readFileSync(path.join(PROVIDERS, file), 'utf8')));
  expect(posting.toSorted()).toEqual(['ports.ts', 'spotify/accounts.ts', 'spotify/library.ts', 'spotify/playlist-host.ts']);
});

describe.each(ALL.filter(({ name }) => POSTS.includes(name)))('$name', ({ ask }) => {
  test.each(FAULTS)('is sent once when the answer is %s', async (_name, fault) => {
    await using place = await openPlace();
    place.sandbox.control.failNext({ method: 'POST', ...fault });
    await ask(place).catch(() => {});
    expect(posts(place)).toBe(1);
  });
});
