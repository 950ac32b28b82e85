import { SYSTEM } from '#server/actor.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { recordingId, spotifyAlbumId, spotifyArtistId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await submitImport(app.deps, SYSTEM, { text: Array.from({ length: 40 }, (_, at) => app.sandbox.catalog.albumIdAt(at)).join('\n') });
  await app.runJobs();
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

async function pickMusic() {
  const found = await app.deps.db.execute<{ id: number; artist: string; album: string }>(sql`
    select r.id, ta.artist_id as artist, r.album_id as album from recordings r join track_artists ta on ta.track_id = r.track_id and ta.position = 1
    join track_features f on f.recording_id = r.id where f.energy is not null and r.merged_into is null order by r.id limit 1`);
  const { id, artist, album } = found.rows[0]!;
  return { recordingId: recordingId.parse(id), artistId: spotifyArtistId.parse(artist), albumId: spotifyAlbumId.parse(album) };
}

test('music known by its ids comes with names and artwork, in the order of the ids; what the catalog does not have is left out', async () => {
  const { recordingId: id, artistId, albumId } = await pickMusic();
  const unknown = recordingId.parse(9_999_999);
  const found = await app.admin.catalog.lookUp({ recordingIds: [unknown, id], artistIds: [artistId], albumIds: [albumId], playlistIndexes: [7] });
  expect(found.tracks.map((track) => track.recordingId)).toEqual([id]);
  expect(found.tracks[0]).toMatchObject({ albumId, title: expect.stringMatching(/./) });
  expect(found.tracks[0]?.imageUrl).toContain('/_images/album/');
  expect([found.artists[0]?.artistId, found.albums[0]?.albumId, found.playlists]).toEqual([artistId, albumId, []]);
  await expect(app.as({ kind: 'anonymous' }).catalog.lookUp({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('a list goes by the matcher that was chosen, and another shuffle is another list; an unknown matcher is refused with the known ones', async () => {
  const { recordingId: id } = await pickMusic();
  const seeds = [{ kind: 'recording' as const, recordingId: id }];
  const matchers = await app.admin.discovery.matchers();
  expect(matchers.map((matcher) => matcher.id)).toEqual(['hybrid', 'co-playlist', 'artist', 'audio', 'tags']);
  const bySound = await app.admin.discovery.fromSeeds({ seeds, size: 10, matcher: 'audio' });
  expect(new Set(bySound.tracks.map(({ reason }) => reason.fact))).toEqual(new Set(['sound']));
  const again = await app.admin.discovery.fromSeeds({ seeds, size: 10, matcher: 'audio', shuffle: 1 });
  expect(again.tracks.map((track) => track.recordingId)).not.toEqual(bySound.tracks.map((track) => track.recordingId));
  await expect(app.admin.discovery.fromSeeds({ seeds, matcher: 'oracle' })).rejects.toThrow('There is no matcher “oracle”.');
});
