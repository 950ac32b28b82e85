import { CAPABILITY_PROFILES } from '#shared/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { caller, CLIENT_ID, startSignedInSandbox, tokenRequest } from '../fixtures/sandbox-caller.ts';
import type { Reply } from '../fixtures/sandbox-caller.ts';
import { hasOpenApi, openApiChecker, logWhenMissing } from '../fixtures/spotify-openapi.ts';

logWhenMissing();

const JPEG = `/9j/${'A'.repeat(400)}`;

describe.skipIf(!hasOpenApi)("Spotify's OpenAPI description", () => {
  test.each(CAPABILITY_PROFILES)('matches every response of the sandbox in profile %s', async (profile) => {
    await using app = await startSignedInSandbox({ profile });
    const { call, album, uris } = app;
    const checker = openApiChecker({ trimmed: profile === 'dev-2026' });
    const expectMatch = (reply: Reply, method: string, template: string, status = 200) => {
      expect(reply.status, `${method} ${template} ${reply.text.slice(0, 200)}`).toBe(status);
      expect(checker.problems(method, template, status, reply.json), `${method} ${template}`).toEqual([]);
    };
    const { id } = album(5);
    const trackId = album(5).tracks[0]!.id;
    const artistId = album(5).artists[0]!.id;

    expectMatch(await call('GET', '/me'), 'get', '/me');
    for (let i = 0; i < 30; i++) expectMatch(await call('GET', `/albums/${album(i).id}`), 'get', '/albums/{id}');
    expectMatch(await call('GET', `/albums/${id}/tracks?limit=3&offset=2`), 'get', '/albums/{id}/tracks');
    expectMatch(await call('GET', `/tracks/${trackId}`), 'get', '/tracks/{id}');
    expectMatch(await call('GET', `/artists/${artistId}`), 'get', '/artists/{id}');
    expectMatch(await call('GET', `/artists/${artistId}/albums?limit=5`), 'get', '/artists/{id}/albums');
    expectMatch(await call('GET', '/me/top/artists?limit=7'), 'get', '/me/top/{type}');
    expectMatch(await call('GET', '/me/top/tracks?time_range=long_term'), 'get', '/me/top/{type}');
    expectMatch(await call('GET', '/me/player/recently-played?limit=50'), 'get', '/me/player/recently-played');

    const created = await call('POST', '/me/playlists', { name: 'Vibe', description: 'one line' });
    expectMatch(created, 'post', '/me/playlists', 201);
    const playlist = `/playlists/${created.json.id}`;
    expectMatch(await call('POST', `${playlist}/items`, { uris: uris(60) }), 'post', '/playlists/{playlist_id}/items', 201);
    expectMatch(await call('PUT', `${playlist}/items`, { range_start: 0, insert_before: 3 }), 'put', '/playlists/{playlist_id}/items');
    expectMatch(await call('DELETE', `${playlist}/items`, { items: [{ uri: uris(1)[0] }] }), 'delete', '/playlists/{playlist_id}/items');
    expectMatch(await call('PUT', playlist, { name: 'Renamed' }), 'put', '/playlists/{playlist_id}');
    expectMatch(await call('GET', playlist), 'get', '/playlists/{playlist_id}');
    expectMatch(await call('GET', `${playlist}/items?limit=50`), 'get', '/playlists/{playlist_id}/items');
    expectMatch(await call('GET', '/me/playlists'), 'get', '/me/playlists');
    expectMatch(
      await caller(app.sandbox, app.tokens.access_token, 'image/jpeg')('PUT', `${playlist}/images`, JPEG),
      'put',
      '/playlists/{playlist_id}/images',
      202,
    );
    expectMatch(await call('GET', `${playlist}/images`), 'get', '/playlists/{playlist_id}/images');
    expectMatch(await call('GET', '/search?q=the&type=track,album,artist,playlist&limit=10'), 'get', '/search');
    expectMatch(await call('PUT', `/me/library?uris=spotify:track:${trackId},spotify:album:${id}`), 'put', '/me/library');
    expectMatch(await call('GET', `/me/library/contains?uris=spotify:track:${trackId}`), 'get', '/me/library/contains');
    expectMatch(await call('GET', '/me/tracks'), 'get', '/me/tracks');
    expectMatch(await call('GET', '/me/albums'), 'get', '/me/albums');
    expectMatch(await call('DELETE', `/me/library?uris=spotify:album:${id}`), 'delete', '/me/library');

    // Errors have a schema too.
    expectMatch(await caller(app.sandbox, 'nobody')('GET', `/albums/${id}`), 'get', '/albums/{id}', 401);
    app.control.setQuota('albums', 0);
    expectMatch(await call('GET', `/albums/${id}`), 'get', '/albums/{id}', 429);
    if (profile === 'dev-2026') expectMatch(await call('GET', `/tracks?ids=${trackId}`), 'get', '/tracks', 403);
    else {
      expectMatch(await call('GET', `/tracks?ids=${trackId},${'0'.repeat(22)}`.replace(`,${'0'.repeat(22)}`, '')), 'get', '/tracks');
      expectMatch(await call('GET', `/artists?ids=${artistId}`), 'get', '/artists');
      expectMatch(await call('GET', `/artists/${artistId}/top-tracks`), 'get', '/artists/{id}/top-tracks');
      expectMatch(await call('GET', `${playlist}/tracks`), 'get', '/playlists/{playlist_id}/tracks');
      expectMatch(await call('POST', '/users/mara/playlists', { name: 'Old door' }), 'post', '/users/{user_id}/playlists', 201);
      expectMatch(await call('GET', '/users/mara/playlists'), 'get', '/users/{user_id}/playlists');
      expectMatch(await call('GET', '/users/jonas'), 'get', '/users/{user_id}');
    }
    if (profile === 'extended') {
      expectMatch(await call('GET', `/audio-features/${trackId}`), 'get', '/audio-features/{id}');
      expectMatch(await call('GET', `/audio-features?ids=${trackId}`), 'get', '/audio-features');
    }
    expect(checker.checked.size).toBeGreaterThan(25);
  });

  test('rejects an album without its name', async () => {
    await using app = await startSignedInSandbox();
    const { name: _name, ...nameless } = (await app.call('GET', `/albums/${app.album(0).id}`)).json;
    expect(openApiChecker({ trimmed: true }).problems('get', '/albums/{id}', 200, nameless)).not.toEqual([]);
    expect((await tokenRequest(app.sandbox, { grant_type: 'client_credentials', client_id: CLIENT_ID }, 'x')).status).toBe(200);
  });
});
