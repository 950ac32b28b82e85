import { describe, expect, test } from 'vitest';
import { startSignedInSandbox } from '../fixtures/sandbox-caller.ts';
import { shapeDifferences, hasRecordings, recordings, logWhenMissing } from '../fixtures/spotify-recordings.ts';

logWhenMissing();

/** Expected differences. */
const KNOWN = [
  // Track relinking and restrictions appear only where they apply.
  /linked_from/,
  /restrictions/,
  // Added in May 2026, after these recordings.
  /^adds \$\.account_id/,
  // The recording of a new playlist has only the old field name; all others have both.
  /^adds \$\.items(\.(href|limit|next|offset|previous|total|items))?$/,
];

describe.skipIf(!hasRecordings)('recorded responses of the real Spotify', () => {
  test('have the same shape as the sandbox’s', async () => {
    await using app = await startSignedInSandbox({ profile: 'extended' });
    const { call, album, uris } = app;
    const { id } = album(5);
    const artistId = album(5).artists[0]!.id;
    const trackIds = album(5)
      .tracks.slice(0, 3)
      .map((track) => track.id);
    const created = await call('POST', '/me/playlists', { name: 'New Playlist', public: false });
    const playlist = `/playlists/${created.json.id}`;
    const updated = await call('POST', `${playlist}/items`, { uris: uris(40) });
    const now = recordings('python-spotify');
    const before = recordings('python-spotify-pre2026');
    const differences: Record<string, string[]> = {};
    const compare = (name: string, ours: unknown, real: unknown) => {
      expect(real, name).toBeDefined();
      const found = shapeDifferences(ours, real).filter((difference) => !KNOWN.some((known) => known.test(difference)));
      if (found.length > 0) differences[name] = found;
    };
    compare('get_album', (await call('GET', `/albums/${id}`)).json, now.get('get_album'));
    compare('albums', (await call('GET', `/albums?ids=${id}`)).json, before.get('albums'));
    compare('album_tracks', (await call('GET', `/albums/${id}/tracks`)).json, now.get('album_tracks'));
    compare('artist', (await call('GET', `/artists/${artistId}`)).json, before.get('artist'));
    compare('artists', (await call('GET', `/artists?ids=${artistId}`)).json, before.get('artists'));
    compare('artist_albums', (await call('GET', `/artists/${artistId}/albums`)).json, now.get('artist_albums'));
    compare('artist_top_tracks', (await call('GET', `/artists/${artistId}/top-tracks`)).json, before.get('artist_top_tracks'));
    compare('top_tracks', (await call('GET', '/me/top/tracks')).json, now.get('top_tracks'));
    compare('top_artists', (await call('GET', '/me/top/artists')).json, now.get('top_artists'));
    compare('recently_played', (await call('GET', '/me/player/recently-played')).json, now.get('recently_played_tracks'));
    compare('current_user', (await call('GET', '/me')).json, before.get('current_user'));
    compare('new_playlist', created.json, now.get('new_playlist'));
    compare('playlist', (await call('GET', playlist)).json, now.get('playlist_1'));
    compare('playlist_items', (await call('GET', `${playlist}/items`)).json, now.get('playlist_items'));
    compare('my_playlists', (await call('GET', '/me/playlists')).json, now.get('current_user_playlist_1'));
    compare('playlist_update_items', updated.json, now.get('playlist_update_items'));
    compare('cover', (await call('GET', `${playlist}/images`)).json, now.get('playlist_cover_image'));
    compare('library_contains', (await call('GET', `/me/library/contains?uris=spotify:track:${trackIds[0]}`)).json, now.get('library_contains'));
    compare('audio_features', (await call('GET', `/audio-features/${trackIds[0]}`)).json, now.get('audio_features'));
    compare('search', (await call('GET', '/search?q=the&type=track')).json, now.get('search'));
    compare('not_found', (await call('GET', `/playlists/${'0'.repeat(22)}`)).json, now.get('playlist_not_found'));
    app.control.setRateWindow({ requests: 1, windowMs: 30_000 });
    await call('GET', '/me');
    compare('rate_limit', (await call('GET', '/me')).json, now.get('rate_limit'));
    expect(differences).toEqual({});
  });
});
