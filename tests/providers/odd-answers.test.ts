import { missingScopes, grantedScopes } from '#server/use-cases/accounts/account-scopes.ts';
import { createMusicbrainz } from '#server/providers/musicbrainz/create-musicbrainz.ts';
import { createReccobeats } from '#server/providers/reccobeats/create-reccobeats.ts';
import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { startMusicbrainzSandbox } from '#server/sandbox/musicbrainz/server.ts';
import { startReccobeatsSandbox } from '#server/sandbox/reccobeats/server.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import { describe, expect, test } from 'vitest';
import { createUnlimitedBudget, startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const id = (letter: string) => letter.repeat(22);
const artist = { id: id('z'), name: 'Sigur Rós' };
const track = (letter: string, rest: object = {}) => ({
  id: id(letter),
  name: `Track ${letter}`,
  type: 'track',
  duration_ms: 200_000,
  explicit: false,
  disc_number: 1,
  track_number: letter.charCodeAt(0) - 96,
  artists: [artist],
  ...rest,
});
/** An album with two good tracks and what a test adds. */
const album = (albumId: string, rest: object = {}, added: readonly unknown[] = []) => {
  const items = [track('a'), track('b'), ...added];
  return {
    id: albumId,
    name: 'Ágætis byrjun',
    album_type: 'album',
    artists: [artist],
    total_tracks: items.length,
    release_date: '1999-06-12',
    images: [{ url: 'https://i.example/1' }],
    tracks: { items, total: items.length, next: null, offset: 0 },
    ...rest,
  };
};

async function read(body: (albumId: string) => object) {
  await using app = await startSpotifyApp();
  const albumId = app.albumAt(0);
  app.sandbox.control.failNext({ path: `/albums/${albumId}`, status: 200, body: body(albumId) });
  const [reading] = await app.spotify.catalog.readAlbums([albumId], app.signal);
  return reading;
}

describe('an album with an odd track', () => {
  test.for<readonly [what: string, odd: unknown]>([
    ['a negative duration', track('c', { duration_ms: -2_000 })],
    ['no duration', track('c', { duration_ms: null })],
    ['an object for a duration', track('c', { duration_ms: { totalMilliseconds: 20_000 } })],
    ['a duration of a century', track('c', { duration_ms: 3.2e12 })],
    ['a text for an id', track('c', { id: 'short' })],
    ['a number for an id', track('c', { id: 7 })],
    ['a local file', track('c', { is_local: true })],
    ['a text for a track', 'track'],
    ['nothing', null],
  ])('keeps its good tracks and counts what it skips: %s', async ([, odd]) => {
    expect(await read((albumId) => album(albumId, {}, [odd]))).toMatchObject({
      kind: 'found',
      album: { totalTracks: 3, skippedItems: 1, tracks: [{ id: id('a') }, { id: id('b') }] },
    });
  });

  test.for<readonly [what: string, odd: object, expected: object]>([
    ['null artists', { artists: [null] }, { artists: [] }],
    ['artists that are no list', { artists: 'Björk' }, { artists: [] }],
    ['one unreadable artist of two', { artists: [{ id: 1 }, artist] }, { artists: [artist] }],
    ['a null name', { name: null }, { name: '' }],
    ['positions that are no small numbers', { disc_number: 1e9, track_number: 2.5 }, { discNumber: 1, trackNumber: 0 }],
    ['popularity beyond its scale', { popularity: 1_000_000 }, { popularity: null }],
    ['a text for explicit', { explicit: 'no' }, { explicit: null }],
    ['a number for an ISRC', { external_ids: { isrc: 7 } }, { isrc: null }],
  ])('takes the track without what cannot be read: %s', async ([, odd, expected]) => {
    expect(await read((albumId) => album(albumId, {}, [track('c', odd)]))).toMatchObject({
      kind: 'found',
      album: { skippedItems: 0, tracks: [{}, {}, { id: id('c'), ...expected }] },
    });
  });

  test.for<readonly [what: string, odd: object, expected: object]>([
    ['null images', { images: [null] }, { imageUrl: null }],
    ['a null image before a good one', { images: [null, { url: 'https://i.example/2' }] }, { imageUrl: 'https://i.example/2' }],
    ['a null name', { name: null }, { name: '' }],
    ['null artists', { artists: [null] }, { artists: [] }],
    ['a list for a UPC', { external_ids: { upc: [] } }, { upc: null }],
    ['a number for a release date', { release_date: 1999 }, { releaseDate: null }],
    ['a negative number of tracks', { total_tracks: -3 }, { totalTracks: 2 }],
  ])('an album is read without what cannot be read: %s', async ([, odd, expected]) => {
    expect(await read((albumId) => album(albumId, odd))).toMatchObject({ kind: 'found', album: { ...expected, tracks: [{}, {}] } });
  });

  test('a track at two places of its album is one track, and the album is whole', async () => {
    const twice = track('a', { track_number: 9 });
    expect(await read((albumId) => album(albumId, {}, [twice]))).toMatchObject({
      kind: 'found',
      album: { totalTracks: 3, tracks: [{ id: id('a'), trackNumber: 1 }, { id: id('b') }] },
    });
    const onAnotherDisc = track('b', { disc_number: 2 });
    expect(await read((albumId) => album(albumId, {}, [onAnotherDisc]))).toMatchObject({ kind: 'found' });
    expect(await read((albumId) => album(albumId, {}, [track('a')]))).toMatchObject({ kind: 'incomplete', expected: 3, got: 2 });
  });
});

/** An album of two tracks with the same fields. */
const each = (rest: object) => (albumId: string) => {
  const items = [track('a', rest), track('b', rest)];
  return album(albumId, { tracks: { items, total: 2, next: null, offset: 0 } });
};

describe('what Spotify leaves out is unknown, not a verdict', () => {
  test.for<readonly [what: string, body: (albumId: string) => object, kind: string]>([
    ['an empty list of markets', (albumId) => album(albumId, { available_markets: [] }), 'found'],
    ['null for markets', (albumId) => album(albumId, { available_markets: null }), 'found'],
    ['restrictions without a reason', (albumId) => album(albumId, { available_markets: [], restrictions: {} }), 'found'],
    ['a restriction for another reason', (albumId) => album(albumId, { restrictions: { reason: 'explicit' } }), 'found'],
    ['tracks that do not say whether they are playable', each({ available_markets: [] }), 'found'],
    ['null for playable', each({ is_playable: null }), 'found'],
    ['a restriction to other markets', (albumId) => album(albumId, { restrictions: { reason: 'market' } }), 'region_blocked'],
    ['no playable track', each({ is_playable: false }), 'region_blocked'],
    [
      'an empty page of twelve tracks',
      (albumId) => album(albumId, { total_tracks: 12, tracks: { items: [], total: 0, next: null, offset: 0 } }),
      'incomplete',
    ],
    ['no tracks of none', (albumId) => album(albumId, { total_tracks: 0, tracks: { items: [], total: 0, next: null, offset: 0 } }), 'empty'],
    ['nothing but null tracks', (albumId) => album(albumId, { tracks: { items: [null, null], total: 2, next: null, offset: 0 } }), 'unreadable'],
  ])('an album with %s is %s', async ([, body, kind]) => {
    expect(await read(body)).toMatchObject({ kind });
  });

  test('a grant that names no scopes has those that were requested, and one that names fewer lacks the others', () => {
    expect(missingScopes(grantedScopes([]))).toEqual([]);
    expect(missingScopes(grantedScopes(['playlist-read-private', 'playlist-modify-public']))).toEqual(['playlist-modify-private']);
  });
});

test('text of a vendor that Postgres cannot store is cleaned, and whole emoji and backslashes stay', async () => {
  const odd = [track('c', { name: 'Party \ud83c' }), track('d', { name: 'a\u0000b' }), track('e', { name: '🎉 C:\\u0000 \\ud83c' })];
  const reading = await read((albumId) => album(albumId, { name: '\udf89' }, odd));
  const names = reading?.kind === 'found' ? [reading.album.name, ...reading.album.tracks.map(({ name }) => name)] : [];
  expect(names).toEqual(['\ufffd', 'Track a', 'Track b', 'Party \ufffd', 'ab', '🎉 C:\\u0000 \\ud83c']);
});

test('an odd row of ReccoBeats or name of MusicBrainz does not cost the others theirs', async () => {
  const catalog = createGeneratedCatalog({ albums: 10, seed: 7 });
  const shared = { budget: createUnlimitedBudget(), now: () => new Date(), resilience: { firstDelayMs: 1 } };
  const signal = new AbortController().signal;
  const reccobeats = await startReccobeatsSandbox({ catalog });
  const features = createReccobeats({ url: reccobeats.url, ...shared });
  const href = (letter: string) => `https://open.spotify.com/track/${id(letter)}`;
  const rows = [null, { href: null }, { href: href('a'), key: 1.5, mode: 1e9, tempo: 'fast', energy: 0.5 }, { href: href('b'), tempo: 120, isrc: 7 }];
  reccobeats.failNext({ status: 200, body: { content: rows } });
  const ids = ['a', 'b'].map((letter) => spotifyTrackId.parse(id(letter)));
  expect(await features.readFeatures(ids, signal)).toEqual([
    { trackId: id('a'), isrc: null, features: { energy: 0.5 } },
    { trackId: id('b'), isrc: null, features: { tempo: 120 } },
  ]);
  await reccobeats.close();
  const musicbrainz = await startMusicbrainzSandbox({ catalog });
  const genres = createMusicbrainz({ url: musicbrainz.url, contact: 'me@example.org', ...shared });
  musicbrainz.failNext({
    status: 200,
    body: { recordings: [null, { genres: [null, { name: 7 }, { name: 'x'.repeat(5_000), count: 9 }, { name: 'Dub', count: 2 }] }] },
  });
  expect(await genres.readGenres('GBAYE0000001', signal)).toEqual(['dub']);
  await musicbrainz.close();
});
