import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import { AuthorizationCodeWithPKCEStrategy, ClientCredentialsStrategy, InMemoryCachingStrategy, SpotifyApi } from '@spotify/web-api-ts-sdk';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ALL_SCOPES, sendRequest, CLIENT_ID, REDIRECT_URI } from '../fixtures/sandbox-caller.ts';

afterEach(() => vi.unstubAllGlobals());

/** Redirects the library's requests to the sandbox: it has both addresses built in and requests tokens with the global `fetch`. */
function pointAt(sandbox: { origin: string }): typeof fetch {
  const real = globalThis.fetch;
  const redirected: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return real(sandbox.origin + url.pathname + url.search, init);
  };
  vi.stubGlobal('fetch', redirected);
  return redirected;
}

/** Stubs the browser globals that the library reads. */
function stubBrowser(address: string): void {
  const { search, href } = new URL(address);
  vi.stubGlobal('window', { location: { search, href }, history: { replaceState() {} }, crypto });
  vi.stubGlobal('document', { title: '' });
}

describe.each(['dev-legacy', 'extended'] as const)('an independent client library, in profile %s', (profile) => {
  test('signs a person in by PKCE, reads the catalog in batches and edits a playlist', async () => {
    await using sandbox = await startSpotifySandbox({ profile, catalog: { albums: 200, seed: 7 } });
    const redirected = pointAt(sandbox);
    let consentUrl = '';
    const redirectionStrategy = {
      redirect: async (url: string | URL) => void (consentUrl = String(url)),
      onReturnFromRedirect: async () => {},
    };
    const strategy = new AuthorizationCodeWithPKCEStrategy(CLIENT_ID, REDIRECT_URI, [...ALL_SCOPES]);
    const api = new SpotifyApi(strategy, { fetch: redirected, redirectionStrategy, cachingStrategy: new InMemoryCachingStrategy() });

    stubBrowser(REDIRECT_URI);
    await api.authenticate();
    await vi.waitUntil(() => consentUrl !== '', 60_000);
    const page = new URL(consentUrl);
    const agreed = await sendRequest(`${sandbox.accountsUrl}/authorize${page.search}&sandbox_user=jonas&sandbox_consent=yes`);
    stubBrowser(agreed.headers.get('location')!);
    expect((await api.authenticate()).authenticated).toBe(true);

    const me = await api.currentUser.profile();
    expect([me.id, me.product]).toEqual(['jonas', 'premium']);
    const ids = [0, 1, 2].map((i) => sandbox.control.catalog.albumIdAt(i)!);
    const albums = await api.albums.get(ids);
    expect(albums.map(({ id }) => id)).toEqual(ids);
    const [album] = albums;
    expect((await api.albums.tracks(album!.id, undefined, 2)).items).toHaveLength(2);
    const tracks = await api.tracks.get(album!.tracks.items.map(({ id }) => id));
    expect(tracks.every((track) => track.external_ids.isrc.length === 12)).toBe(true);
    expect((await api.artists.get([album!.artists[0]!.id]))[0]!.genres.length).toBeGreaterThan(0);
    expect((await api.search(album!.name, ['album'], undefined, 50)).albums.items.map(({ id }) => id)).toContain(album!.id);
    expect((await api.currentUser.topItems('tracks')).items).toHaveLength(20);

    const playlist = await api.playlists.createPlaylist(me.id, { name: 'Made elsewhere' });
    await api.playlists.addItemsToPlaylist(
      playlist.id,
      tracks.map(({ uri }) => uri),
    );
    await api.playlists.removeItemsFromPlaylist(playlist.id, { tracks: [{ uri: tracks[0]!.uri }] });
    const items = await api.playlists.getPlaylistItems(playlist.id);
    expect(items.items.map(({ track }) => track.id)).toEqual(tracks.slice(1).map(({ id }) => id));
    if (profile === 'extended') expect((await api.tracks.audioFeatures(tracks[0]!.id)).tempo).toBeGreaterThan(50);
  });

  test('reads with the app’s credentials only', async () => {
    await using sandbox = await startSpotifySandbox({ profile, catalog: { albums: 200, seed: 7 } });
    const api = new SpotifyApi(new ClientCredentialsStrategy(CLIENT_ID, 'secret'), { fetch: pointAt(sandbox) });
    const id = sandbox.control.catalog.albumIdAt(9)!;
    expect((await api.albums.get(id)).id).toBe(id);
  });
});
