import { CAPABILITY_PROFILES } from '#shared/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { caller, CLIENT_ID, signedIn, tokenRequest } from '../fixtures/sandbox-caller.ts';
import type { Reply } from '../fixtures/sandbox-caller.ts';
import { hasOpenApi, openApiChecker, sayWhenAbsent } from '../fixtures/spotify-openapi.ts';

sayWhenAbsent();

const JPEG = `/9j/${'A'.repeat(400)}`;

describe.skipIf(!hasOpenApi)("Spotify's own description of its API", () => {
  test.each(CAPABILITY_PROFILES)('fits every answer of the sandbox in profile %s', async (profile) => {
    await using house = await signedIn({ profile });
    const { call, album, uris } = house;
    const checker = openApiChecker({ trimmed: profile === 'dev-2026' });
    const fits = (reply: Reply, method: string, template: string, status = 200) => {
      expect(reply.status, `${method} ${template} ${reply.text.slice(0, 200)}`).toBe(status);
      expect(checker.problems(method, template, status, reply.json), `${method} ${template}`).toEqual([]);
    };
    const { id } = album(5);
    const trackId = album(5).tracks[0]!.id;
    const artistId = album(5).artists[0]!.id;

    fits(await call('GET', '/me'), 'get', '/me');
    for (let i = 0; i < 30; i++) fits(await call('GET', `/albums/${album(i).id}`), 'get', '/albums/{id}');
    fits(await call('GET', `/albums/${id}/tracks?limit=3&offset=2`), 'get', '/albums/{id}/tracks');
    fits(await call('GET', `/tracks/${trackId}`), 'get', '/tracks/{id}');
    fits(await call('GET', `/artists/${artistId}`), 'get', '/artists/{id}');
    fits(await call('GET', `/artists/${artistId}/albums?limit=5`), 'get', '/artists/{id}/albums');
    fits(await call('GET', '/me/top/artists?limit=7'), 'get', '/me/top/{type}');
    fits(await call('GET', '/me/top/tracks?time_range=long_term'), 'get', '/me/top/{type}');
    fits(await call('GET', '/me/player/recently-played?limit=50'), 'get', '/me/player/recently-played');

    const created = await call('POST', '/me/playlists', { name: 'Vibe', description: 'one line' });
    fits(created, 'post', '/me/playlists', 201);
    const playlist = `/playlists/${created.json.id}`;
    fits(await call('POST', `${playlist}/items`, { uris: uris(60) }), 'post', '/playlists/{playlist_id}/items', 201);
    fits(await call('PUT', `${playlist}/items`, { range_start: 0, insert_before: 3 }), 'put', '/playlists/{playlist_id}/items');
    fits(await call('DELETE', `${playlist}/items`, { items: [{ uri: uris(1)[0] }] }), 'delete', '/playlists/{playlist_id}/items');
    fits(await call('PUT', playlist, { name: 'Renamed' }), 'put', '/playlists/{playlist_id}');
    fits(await call('GET', playlist), 'get', '/playlists/{playlist_id}');
    fits(await call('GET', `${playlist}/items?limit=50`), 'get', '/playlists/{playlist_id}/items');
    fits(await call('GET', '/me/playlists'), 'get', '/me/playlists');
    fits(
      await caller(house.sandbox, house.tokens.access_token, 'image/jpeg')('PUT', `${playlist}/images`, JPEG),
      'put',
      '/playlists/{playlist_id}/images',
      202,
    );
    fits(await call('GET', `${playlist}/images`), 'get', '/playlists/{playlist_id}/images');
    fits(await call('GET', '/search?q=the&type=track,album,artist,playlist&limit=10'), 'get', '/search');
    fits(await call('PUT', `/me/library?uris=spotify:track:${trackId},spotify:album:${id}`), 'put', '/me/library');
    fits(await call('GET', `/me/library/contains?uris=spotify:track:${trackId}`), 'get', '/me/library/contains');
    fits(await call('GET', '/me/tracks'), 'get', '/me/tracks');
    fits(await call('GET', '/me/albums'), 'get', '/me/albums');
    fits(await call('DELETE', `/me/library?uris=spotify:album:${id}`), 'delete', '/me/library');

    // Refusals have a form too.
    fits(await caller(house.sandbox, 'nobody')('GET', `/albums/${id}`), 'get', '/albums/{id}', 401);
    house.control.setQuota('albums', 0);
    fits(await call('GET', `/albums/${id}`), 'get', '/albums/{id}', 429);
    if (profile === 'dev-2026') fits(await call('GET', `/tracks?ids=${trackId}`), 'get', '/tracks', 403);
    else {
      fits(await call('GET', `/tracks?ids=${trackId},${'0'.repeat(22)}`.replace(`,${'0'.repeat(22)}`, '')), 'get', '/tracks');
      fits(await call('GET', `/artists?ids=${artistId}`), 'get', '/artists');
      fits(await call('GET', `/artists/${artistId}/top-tracks`), 'get', '/artists/{id}/top-tracks');
      fits(await call('GET', `${playlist}/tracks`), 'get', '/playlists/{playlist_id}/tracks');
      fits(await call('POST', '/users/mara/playlists', { name: 'Old door' }), 'post', '/users/{user_id}/playlists', 201);
      fits(await call('GET', '/users/mara/playlists'), 'get', '/users/{user_id}/playlists');
      fits(await call('GET', '/users/jonas'), 'get', '/users/{user_id}');
    }
    if (profile === 'extended') {
      fits(await call('GET', `/audio-features/${trackId}`), 'get', '/audio-features/{id}');
      fits(await call('GET', `/audio-features?ids=${trackId}`), 'get', '/audio-features');
    }
    expect(checker.checked.size).toBeGreaterThan(25);
  });

  test('is a real check: an album without its name does not fit', async () => {
    await using house = await signedIn();
    const { name: _name, ...nameless } = (await house.call('GET', `/albums/${house.album(0).id}`)).json;
    expect(openApiChecker({ trimmed: true }).problems('get', '/albums/{id}', 200, nameless)).not.toEqual([]);
    expect((await tokenRequest(house.sandbox, { grant_type: 'client_credentials', client_id: CLIENT_ID }, 'x')).status).toBe(200);
  });
});
