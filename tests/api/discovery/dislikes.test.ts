import { users } from '#drizzle/schema/index.ts';
import { recordingId, spotifyArtistId, userId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { importTracks } from '#tests/support/spotify/served-albums.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await importTracks(app, [
    { n: 1, title: 'Kettle Song', artists: ['Ida Sound'] },
    { n: 2, title: 'One Song', artists: ['Nils Quiet'] },
  ]);
});
afterAll(() => app[Symbol.asyncDispose]());

async function signIn(name: string) {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: name, createdAt: at, lastSignedInAt: at });
  return { id, dislikes: app.as({ kind: 'user', userId: id, isAdmin: false }).discovery.dislikes };
}

async function subjects() {
  const found = await app.deps.db.execute<{ recording: number; artist: string }>(sql`
    select r.id as recording, ta.artist_id as artist from recordings r join track_artists ta on ta.track_id = r.track_id order by r.id`);
  const [first, second] = found.rows;
  return {
    recording: { kind: 'recording' as const, recordingId: recordingId.parse(first?.recording) },
    artist: { kind: 'artist' as const, artistId: spotifyArtistId.parse(second?.artist) },
  };
}

test('a listener dislikes a recording and an artist, sees both, and takes one back', async () => {
  const { dislikes } = await signIn('Ann');
  const { recording, artist } = await subjects();
  await dislikes.add(recording);
  app.clock.advance(1_000);
  await dislikes.add(artist);
  await dislikes.add(artist);
  expect(await dislikes.list()).toEqual([
    { ...artist, name: 'Nils Quiet', dislikedAt: expect.any(String) },
    { ...recording, name: 'Kettle Song', dislikedAt: expect.any(String) },
  ]);
  await dislikes.remove(artist);
  expect((await dislikes.list()).map(({ name }) => name)).toEqual(['Kettle Song']);
  await dislikes.remove(artist);
});

test('dislikes belong to one listener, and are forgotten with the account', async () => {
  const [ann, ben] = [await signIn('Ann'), await signIn('Ben')];
  await ann.dislikes.add((await subjects()).recording);
  expect(await ben.dislikes.list()).toEqual([]);
  await app.deps.db.execute(sql`delete from users where id = ${ann.id}`);
  expect((await app.deps.db.execute(sql`select 1 from dislikes where user_id = ${ann.id}`)).rows).toEqual([]);
});

test('what is not in the catalog is refused, naming the field', async () => {
  const { dislikes } = await signIn('Ann');
  const missing = { kind: 'recording' as const, recordingId: recordingId.parse(9_999_999) };
  await expect(dislikes.add(missing)).rejects.toMatchObject({ cause: { code: 'not_found', field: 'recordingId' } });
  const unknown = { kind: 'artist' as const, artistId: spotifyArtistId.parse('0'.repeat(22)) };
  await expect(dislikes.add(unknown)).rejects.toMatchObject({ cause: { code: 'not_found', field: 'artistId' } });
});

test('a stranger is asked to sign in', async () => {
  const { dislikes } = app.as({ kind: 'anonymous' }).discovery;
  await expect(dislikes.list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(dislikes.add((await subjects()).recording)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
