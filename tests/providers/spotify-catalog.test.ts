import { CAPABILITY_PROFILES } from '#shared/vocabulary.ts';
import { spotifyAlbumId, spotifyTrackId } from '#shared/ids.ts';
import { expect, test, vi } from 'vitest';
import { startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

const apiPaths = (app: Awaited<ReturnType<typeof startSpotifyApp>>) =>
  app.sandbox.control
    .requests()
    .filter(({ service }) => service === 'api')
    .map(({ path, status }) => `${path.split('/')[1]} ${status}`);

test.each(CAPABILITY_PROFILES)('in %s an album is read with its artists, tracks, date and image', async (profile) => {
  await using app = await startSpotifyApp({ profile });
  const [id, other] = [app.albumAt(0), app.albumAt(1)];
  const perRequest = await app.spotify.catalog.albumsPerRequest();
  expect(perRequest).toBe(profile === 'dev-2026' ? 1 : 20);
  const readings = await app.spotify.catalog.readAlbums([id, other], app.signal);
  const expected = app.sandbox.control.catalog.album(id)!;
  expect(readings[0]).toMatchObject({
    kind: 'found',
    album: { id, name: expected.name, releaseDate: expected.releaseDate, upc: expected.upc, totalTracks: expected.tracks.length, skippedItems: 0 },
  });
  const album = readings[0]?.kind === 'found' ? readings[0].album : undefined;
  expect(album?.tracks.map((track) => [track.id, track.durationMs])).toEqual(expected.tracks.map((track) => [track.id, track.durationMs]));
  expect(readings[1]).toMatchObject({ kind: 'found', album: { id: other } });
  expect(apiPaths(app)).toHaveLength(profile === 'dev-2026' ? 2 : 1);
  expect(await app.spotify.catalog.profile()).toBe(profile);
  expect(app.budget.taken).toBe(app.sandbox.control.requests().length);
});

test('ISRCs and popularity are read in batches where the app may, and no request is sent where it may not', async () => {
  await using batch = await startSpotifyApp({ profile: 'extended' });
  const reading = await batch.spotify.catalog.readAlbums([batch.albumAt(0)], batch.signal);
  const ids = reading[0]?.kind === 'found' ? reading[0].album.tracks.map(({ id }) => id) : [];
  const details = await batch.spotify.catalog.readTrackDetails(ids, batch.signal);
  const expected = batch.sandbox.control.catalog.album(batch.albumAt(0))!.tracks;
  expect(details).toEqual(expected.map(({ id, isrc, popularity }) => ({ id, isrc, popularity })));
  await using single = await startSpotifyApp({ profile: 'dev-2026' });
  expect(await single.spotify.catalog.readTrackDetails(ids, single.signal)).toBeUndefined();
  expect(single.budget.taken).toBe(0);
});

test('an album that is removed, blocked, empty or unknown is reported as such, and the others are read', async () => {
  for (const profile of ['dev-2026', 'extended'] as const) {
    await using app = await startSpotifyApp({ profile });
    const ids = [0, 1, 2, 3].map((index) => app.albumAt(index));
    app.sandbox.control.setAlbum(ids[0]!, 'gone');
    app.sandbox.control.setAlbum(ids[1]!, 'region_blocked');
    app.sandbox.control.setAlbum(ids[2]!, 'empty');
    const readings = await app.spotify.catalog.readAlbums([...ids, spotifyAlbumId.parse('zzzzzzzzzzzzzzzzzzzzzz')], app.signal);
    expect(readings.map(({ kind }) => kind)).toEqual(['gone', 'region_blocked', 'empty', 'found', 'gone']);
  }
});

test.each([
  ['malformed_json', 'unreadable'],
  ['null_body', 'unreadable'],
  ['total_too_high', 'incomplete'],
  ['shrink_page', 'incomplete'],
  ['repeat_page', 'incomplete'],
] as const)('an album response with %s is %s', async (distort, kind) => {
  await using app = await startSpotifyApp();
  app.sandbox.control.failNext({ path: '/albums/*', distort });
  expect(await app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal)).toMatchObject([{ kind }]);
});

test.each(['null_item', 'local_item'] as const)('a %s in an album is counted as skipped', async (distort) => {
  await using app = await startSpotifyApp();
  app.sandbox.control.failNext({ path: '/albums/*', distort });
  const [reading] = await app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal);
  expect(reading).toMatchObject({ kind: 'found', album: { skippedItems: 1 } });
  expect(reading?.kind === 'found' && reading.album.tracks.length + 1).toBe(reading?.kind === 'found' && reading.album.totalTracks);
});

test('an app configured with batch reads tries them once, stores the refusal and reads one by one', async () => {
  const remembered: string[] = [];
  const capabilities = { load: async () => remembered, remember: async (endpoint: string) => void remembered.push(endpoint) };
  await using app = await startSpotifyApp({ profile: 'dev-2026' }, { profile: 'extended', capabilities });
  const ids = [app.albumAt(0), app.albumAt(1)];
  expect((await app.spotify.catalog.readAlbums(ids, app.signal)).map(({ kind }) => kind)).toEqual(['found', 'found']);
  await app.spotify.catalog.readAlbums(ids, app.signal);
  expect(remembered).toEqual(['batch-reads']);
  expect(app.sandbox.control.totals()['GET /albums 403']).toBe(1);
  expect(await app.spotify.catalog.profile()).toBe('dev-2026');
  expect(await app.spotify.catalog.albumsPerRequest()).toBe(1);
  await using restarted = await startSpotifyApp({ profile: 'dev-2026' }, { profile: 'extended', capabilities });
  expect(await restarted.spotify.catalog.albumsPerRequest()).toBe(1);
});

test('audio features are read where available, and a refusal without a message disables the source for good', async () => {
  await using allowed = await startSpotifyApp({ profile: 'extended' });
  const ids = allowed.urisAt(0, 3).map((uri) => spotifyTrackId.parse(uri.split(':')[2]));
  const readings = await allowed.spotify.audioFeatures.readFeatures(ids, allowed.signal);
  expect(readings?.map(({ trackId }) => trackId)).toEqual(ids.filter((id) => allowed.sandbox.control.catalog.features(id)));
  expect(readings?.[0]?.features.tempo).toBe(allowed.sandbox.control.catalog.features(ids[0]!)?.tempo);
  await using refused = await startSpotifyApp({ profile: 'dev-legacy' }, { profile: 'extended' });
  expect(await refused.spotify.audioFeatures.readFeatures(ids, refused.signal)).toBeUndefined();
  expect(await refused.spotify.audioFeatures.readFeatures(ids, refused.signal)).toBeUndefined();
  expect(refused.sandbox.control.totals()['GET /audio-features 403']).toBe(1);
  expect(await refused.spotify.catalog.profile()).toBe('dev-legacy');
});

test("concurrent reads share one request for the app's token, and an expired token is renewed once", async () => {
  await using app = await startSpotifyApp();
  await Promise.all(Array.from({ length: 8 }, (_, i) => app.spotify.catalog.readAlbums([app.albumAt(i)], app.signal)));
  expect(app.sandbox.control.totals()['POST /api/token 200']).toBe(1);
  app.sandbox.control.advance(3_601_000);
  expect((await app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal))[0]?.kind).toBe('found');
  expect(app.sandbox.control.totals()['POST /api/token 200']).toBe(2);
});

test("without a secret the catalog is read with a person's token, and without either the error says what to do", async () => {
  await using app = await startSpotifyApp({}, { clientSecret: undefined });
  await expect(app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal)).rejects.toMatchObject({
    code: 'unauthenticated',
    remedy: 'Set SPOTIFY_CLIENT_SECRET, or connect an account.',
  });
  await using donor = await startSpotifyApp();
  const { grant } = await donor.signIn('mara');
  await using borrowed = await startSpotifyApp(
    {},
    { clientSecret: undefined, userToken: async () => grant.accessToken, apiUrl: donor.sandbox.apiUrl, accountsUrl: donor.sandbox.accountsUrl },
  );
  expect((await borrowed.spotify.catalog.readAlbums([donor.albumAt(0)], borrowed.signal))[0]?.kind).toBe('found');
});

test('a read canceled while waiting for the app’s token ends at once, and the others continue with that token', async () => {
  const waiting: (() => void)[] = [];
  const take = () => new Promise<void>((resolve) => waiting.push(resolve));
  await using app = await startSpotifyApp({}, { budget: { take, block: async () => {} } });
  const canceled = new AbortController();
  const first = app.spotify.catalog.readAlbums([app.albumAt(0)], canceled.signal);
  const second = app.spotify.catalog.readAlbums([app.albumAt(1)], app.signal);
  canceled.abort(new Error('The worker is stopping.'));
  await expect(first).rejects.toMatchObject({ context: { kind: 'Stopped' } });
  for (let turns = 0; turns < 2; turns += 1) (await vi.waitUntil(() => waiting.shift(), 60_000))();
  expect(await second).toMatchObject([{ kind: 'found' }]);
  expect(app.sandbox.control.requests({ path: '/api/token' })).toHaveLength(1);
});
