import { userIdentities, users } from '#drizzle/schema/index.ts';
import { userId } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { DAY_ONE, openNetwork } from '#tests/support/network/sync-network.ts';
import { connectAs } from '#tests/support/processes/instance.ts';

/** A listener who signed in as a person of the sandbox. */
async function signInAs(app: TestApp, person: string) {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: person, createdAt: at, lastSignedInAt: at });
  await app.deps.db.insert(userIdentities).values({ provider: 'spotify', subject: person, userId: id, linkedAt: at });
  return app.as({ kind: 'user', userId: id, isAdmin: false });
}

const linked = (link: string) => ({ source: { kind: 'link' as const, link } });
const playlistLink = (id: string) => linked(`https://open.spotify.com/playlist/${id}?si=x`);

/** A playlist of a connected account that is not of the network, with the first tracks of the sandbox's catalog. */
async function openOwnPlaylist(isPublic = true) {
  const app = await startTestApp();
  await connectAs(app.deps, 'segue-north');
  const id = app.spotify.addPlaylist('segue-north', { name: 'Evening', public: isPublic });
  const uris = [0, 1, 2].flatMap((n) =>
    app.sandbox.catalog.album(app.sandbox.catalog.albumIdAt(n) ?? '')!.tracks.map((track) => `spotify:track:${track.id}`),
  );
  app.spotify.editPlaylist(id, { uris });
  return { ...app, id, uris };
}

test('the operator gets the analysis of a connected account’s playlist, with what is known of how many tracks', async () => {
  await using app = await openOwnPlaylist();
  const answer = await app.admin.generation.covers.analyze(playlistLink(app.id));
  expect(answer.of).toEqual({ kind: 'playlist', name: 'Evening' });
  expect(answer.analysis.tracks).toBe(app.uris.length);
  expect(answer.analysis.coverage.sound).toBeGreaterThan(0);
  expect(answer.analysis.moods.length).toBeGreaterThan(0);
  expect(answer.analysis.era?.known).toBe(app.uris.length);
  expect(answer.analysis.facts.tracks).toHaveLength(Math.min(100, app.uris.length));
  expect(answer.artistNames.length).toBeGreaterThan(0);
  expect([answer.isStale, answer.notes]).toEqual([false, []]);
});

test('while Spotify is away the last reading is used, with its date, and a first reading fails with its reason', async () => {
  await using app = await openOwnPlaylist();
  const first = await app.admin.generation.covers.analyze(playlistLink(app.id));
  app.clock.advance(3_600_000);
  app.spotify.failNext({ status: 503, times: 1_000 });
  const second = await app.admin.generation.covers.analyze(playlistLink(app.id));
  expect(second).toMatchObject({ isStale: true, readAt: first.readAt, analysis: { tracks: first.analysis.tracks } });
  expect(second.notes[0]).toMatch(/^Spotify cannot be asked now\. These tracks were read on \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/);
  const other = app.spotify.addPlaylist('segue-north', { name: 'Other' });
  await expect(app.admin.generation.covers.analyze(playlistLink(other))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});

test('within ten minutes a playlist is read once', async () => {
  await using app = await openOwnPlaylist();
  await app.admin.generation.covers.analyze(playlistLink(app.id));
  app.spotify.clearRequests();
  await app.admin.generation.covers.analyze(playlistLink(app.id));
  expect(app.spotify.requests({ path: /playlists/ })).toEqual([]);
});

test('a listener reads the account that they signed in with, and no other, also not from the cache', async () => {
  await using app = await openOwnPlaylist(false);
  await app.admin.generation.covers.analyze(playlistLink(app.id));
  const owner = await signInAs(app, 'segue-north');
  expect((await owner.generation.covers.analyze(playlistLink(app.id))).analysis.tracks).toBe(app.uris.length);
  const stranger = await signInAs(app, 'ben');
  await expect(stranger.generation.covers.analyze(playlistLink(app.id))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(app.as({ kind: 'anonymous' }).generation.covers.analyze(playlistLink(app.id))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('a foreign playlist is refused with the other ways, and a private one as missing', async () => {
  await using app = await openOwnPlaylist();
  const foreign = app.spotify.addPlaylist('mara', { name: 'Not ours' });
  await expect(app.admin.generation.covers.analyze(playlistLink(foreign))).rejects.toMatchObject({
    code: 'FORBIDDEN',
    cause: { remedy: expect.stringContaining('paste the links of the tracks') },
  });
  const hidden = app.spotify.addPlaylist('mara', { name: 'Private', public: false });
  await expect(app.admin.generation.covers.analyze(playlistLink(hidden))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['no entries', [], 'the playlist is empty'],
  ['only podcast episodes', ['spotify:episode:512ojhOuo1ktJprKbVcKyQ', 'spotify:episode:4Gvs1Kx0NbBJhVnRhnpT9H'], '2 podcast episodes'],
  ['only local files', ['spotify:local:Artist:Album:Title:200', 'spotify:local:A:B:C:1'], '2 local files'],
  ['only tracks that are gone', [null], '1 track that Spotify no longer has'],
])('a playlist with %s has no music to analyze, and the answer says why', async (_name, uris, reason) => {
  await using app = await openOwnPlaylist();
  app.spotify.editPlaylist(app.id, { uris });
  await expect(app.admin.generation.covers.analyze(playlistLink(app.id))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining(reason),
  });
});

test('music of which no service knows the sound is described by what is known, and every figure says for how many tracks', async () => {
  await using app = await openOwnPlaylist();
  app.sandbox.reccobeats.failNext({ status: 200, body: { content: [] }, times: 1_000 });
  const { analysis } = await app.admin.generation.covers.analyze(playlistLink(app.id));
  expect(analysis.coverage.sound).toBe(0);
  expect([analysis.moods, analysis.palette]).toEqual([[], null]);
  expect(analysis.facts).toMatchObject({ valence: null, energy: null, tempo: null });
  expect(analysis.era?.known).toBe(app.uris.length);
  expect(analysis.sentences.join(' ')).not.toMatch(/NaN|undefined|null/);
});

test('a local file among tracks is left out and named', async () => {
  await using app = await openOwnPlaylist();
  app.spotify.editPlaylist(app.id, { uris: [...app.uris.slice(0, 3), 'spotify:local:A:B:C:1'] });
  const { analysis, notes } = await app.admin.generation.covers.analyze(playlistLink(app.id));
  expect([analysis.tracks, notes]).toEqual([3, ['Not analyzed: 1 local file.']]);
});

test.each([
  ['https://example.com/playlist/37i9dQZF1DX0XUsuxWHRQd', 'open.spotify.com'],
  ['https://open.spotify.com/episode/512ojhOuo1ktJprKbVcKyQ', 'podcast episode'],
  ['https://open.spotify.com/show/512ojhOuo1ktJprKbVcKyQ', 'podcast'],
  ['https://open.spotify.com/artist/512ojhOuo1ktJprKbVcKyQ', 'an artist'],
  ['spotify:album:short', 'incomplete'],
  ['', 'not a Spotify link'],
  ['‮evil', 'not a Spotify link'],
])('a wrong link is refused with its reason: %s', async (link, reason) => {
  await using app = await startTestApp();
  await expect(app.admin.generation.covers.analyze(linked(link))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining(reason),
  });
});

test('an album is read from Spotify when it is not imported, and an unknown one is not found', async () => {
  await using app = await startTestApp();
  const id = app.sandbox.catalog.albumIdAt(5) ?? '';
  const { of, analysis } = await app.admin.generation.covers.analyze(linked(`spotify:album:${id}`));
  expect(of).toEqual({ kind: 'album', name: app.sandbox.catalog.album(id)!.name });
  expect(analysis.tracks).toBe(app.sandbox.catalog.album(id)!.tracks.length);
  await expect(app.admin.generation.covers.analyze(linked('spotify:album:0000000000000000000000'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a pasted list takes links, URIs, ids and ISRCs, and names the lines that are none', async () => {
  await using app = await startTestApp();
  const tracks = app.sandbox.catalog.album(app.sandbox.catalog.albumIdAt(1) ?? '')!.tracks;
  const text = [`https://open.spotify.com/track/${tracks[0]!.id}`, 'nonsense', `spotify:track:${tracks[1]!.id}`, '', 'US-RC1-76-07839'].join('\r\n');
  const { analysis, notes } = await app.admin.generation.covers.analyze({ source: { kind: 'list', text } });
  expect([analysis.tracks, notes]).toEqual([3, ['Not a link of a track or an ISRC: line 2.']]);
  await expect(app.admin.generation.covers.analyze({ source: { kind: 'list', text: 'a\nb' } })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('No line'),
  });
});

test('a playlist of the network needs no request to Spotify, by its number or by the link of its copy', async () => {
  await using network = await openNetwork();
  await network.publishDay(DAY_ONE, network.list(0, 5));
  await network.sync(DAY_ONE);
  network.spotify.clearRequests();
  const byNumber = await network.admin.generation.covers.analyze({ source: { kind: 'playlist', index: 1 } });
  const byLink = await network.admin.generation.covers.analyze(playlistLink(network.spotify.playlists()[0]!.id));
  expect(byLink).toEqual(byNumber);
  expect(byNumber.analysis.tracks).toBe(5);
  expect(network.spotify.requests({ path: /playlists/ })).toEqual([]);
  await expect(network.admin.generation.covers.analyze({ source: { kind: 'playlist', index: 99 } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
