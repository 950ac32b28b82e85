import { SYSTEM } from '#server/actor.ts';
import { users } from '#drizzle/schema/index.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { recordingId, spotifyAlbumId, spotifyArtistId, userId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const ids = Array.from({ length: 60 }, (_, at) => app.sandbox.catalog.albumIdAt(at));
  await submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
  await app.runJobs();
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

async function signIn() {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: 'Ann', createdAt: at, lastSignedInAt: at });
  return app.as({ kind: 'user', userId: id, isAdmin: false }).discovery;
}

/** A recording with known features, its artist and its album. */
async function pickSeed() {
  const found = await app.deps.db.execute<{ id: number; artist: string; album: string }>(sql`
    select r.id, ta.artist_id as artist, r.album_id as album from recordings r join track_artists ta on ta.track_id = r.track_id and ta.position = 1
    join track_features f on f.recording_id = r.id where f.energy is not null order by r.id limit 1`);
  const row = found.rows[0]!;
  return { recordingId: recordingId.parse(row.id), artistId: spotifyArtistId.parse(row.artist), albumId: spotifyAlbumId.parse(row.album) };
}

async function artistsOfTracks(ids: readonly number[]) {
  const found = await app.deps.db.execute<{ id: number; artist: string; album: string }>(sql`
    select r.id, ta.artist_id as artist, r.album_id as album from recordings r join track_artists ta on ta.track_id = r.track_id
    where r.id = any(${sql.param([...ids])}::int[])`);
  return found.rows;
}

const most = (values: readonly string[]) => Math.max(0, ...values.map((value) => values.filter((other) => other === value).length));

test('a seed becomes a list of the asked length within its caps, each track with a fact as its reason, the same again on the same day', async () => {
  const discovery = await signIn();
  const seed = await pickSeed();
  const input = { seeds: [{ kind: 'recording' as const, recordingId: seed.recordingId }], size: 30 };
  const list = await discovery.fromSeeds(input);
  expect(list.shortfall).toEqual([]);
  expect(list.tracks).toHaveLength(30);
  expect(list.candidates).toBeGreaterThanOrEqual(30);
  expect(list.tracks.map((track) => track.recordingId)).not.toContain(seed.recordingId);
  for (const { why, title, reason } of list.tracks) {
    expect(title).not.toBe('');
    expect(why).toMatch(/\d|Same album/);
    if ('seed' in reason) expect(reason.seed).toBe(seed.recordingId);
  }
  const rows = await artistsOfTracks(list.tracks.map((track) => track.recordingId));
  expect(most(rows.map(({ artist }) => artist))).toBeLessThanOrEqual(2);
  expect(await discovery.fromSeeds(input)).toEqual(list);
});

test('artists, albums and playlists are seeds, too; one that cannot be used is named, and the others are', async () => {
  const discovery = await signIn();
  const { artistId, albumId } = await pickSeed();
  const list = await discovery.fromSeeds({
    seeds: [
      { kind: 'artist', artistId },
      { kind: 'album', albumId },
      { kind: 'playlist', index: 7 },
      { kind: 'recording', recordingId: recordingId.parse(9_999_999) },
    ],
    size: 10,
  });
  expect(list.tracks).toHaveLength(10);
  expect(list.notes.slice(0, 2)).toEqual(['Playlist 7 has no list yet.', 'Recording 9999999 is not in the catalog.']);
});

test('what is excluded or disliked is not offered', async () => {
  const discovery = await signIn();
  const seed = await pickSeed();
  const input = { seeds: [{ kind: 'recording' as const, recordingId: seed.recordingId }], size: 20 };
  const first = await discovery.fromSeeds(input);
  const [disliked, excluded] = first.tracks.map((track) => recordingId.parse(track.recordingId));
  await discovery.dislikes.add({ kind: 'recording', recordingId: disliked! });
  await discovery.dislikes.add({ kind: 'artist', artistId: seed.artistId });
  const second = await discovery.fromSeeds({ ...input, exclude: { recordings: [excluded!] } });
  const ids = second.tracks.map((track) => track.recordingId);
  expect(ids).not.toContain(disliked);
  expect(ids).not.toContain(excluded);
  expect((await artistsOfTracks(ids)).map(({ artist }) => artist)).not.toContain(seed.artistId);
});

test('seeds that cannot be used, too many tracks and hidden features each get a clear reason', async () => {
  const discovery = await signIn();
  const seed = await pickSeed();
  await expect(discovery.fromSeeds({ seeds: [{ kind: 'playlist', index: 9 }] })).rejects.toMatchObject({
    cause: { code: 'not_found', field: 'seeds', message: expect.stringContaining('Playlist 9 has no list yet') },
  });
  await expect(discovery.fromSeeds({ seeds: [] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const own = { kind: 'recording' as const, recordingId: seed.recordingId };
  await expect(discovery.fromSeeds({ seeds: [own, own, own, own, own, own] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const short = await discovery.fromSeeds({ seeds: [own], size: 200, perArtist: 1, perAlbum: 1 });
  expect(short.tracks).toEqual([]);
  expect(short.shortfall.length).toBeGreaterThan(0);
});

test('a stranger is asked to sign in', async () => {
  const seed = await pickSeed();
  const ask = app.as({ kind: 'anonymous' }).discovery.fromSeeds({ seeds: [{ kind: 'recording', recordingId: seed.recordingId }] });
  await expect(ask).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
