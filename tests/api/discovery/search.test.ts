import { SYSTEM } from '#server/actor.ts';
import { users } from '#drizzle/schema/index.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { indexSearch } from '#server/use-cases/discovery/search/index-search.ts';
import { userId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { importTracks, servedTrackId } from '#tests/support/spotify/served-albums.ts';

const never = { signal: new AbortController().signal, report: async () => {} };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await importTracks(app, [
    { n: 1, title: 'Someone Like You', artists: ['Adele'], isrc: 'GBBKS1000351' },
    { n: 2, title: 'Rolling in the Deep', artists: ['Adele'] },
    { n: 3, title: 'Déjà Vu', artists: ['Beyoncé', 'JAY-Z'] },
    { n: 4, title: 'Thunderstruck', artists: ['AC/DC'] },
    { n: 5, title: '群青日和', artists: ['東京事変'] },
    { n: 6, title: 'Группа крови', artists: ['Кино'] },
    { n: 7, title: 'يا ليلي', artists: ['Balti'] },
    { n: 8, title: 'Yes', artists: ['LMFAO'] },
    { n: 9, title: 'Roundabout', artists: ['Yes'] },
    { n: 10, title: 'Ελπίδα', artists: ['Μαρία'] },
    { n: 11, title: 'Someone', artists: ['Like You'] },
  ]);
  await app.runJobs();
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

const search = (query: string) => app.as({ kind: 'anonymous' }).catalog.search({ query });
const titles = async (query: string) => (await search(query)).tracks.map(({ title }) => title);

async function listener(of: TestApp = app) {
  const id = userId.parse(randomUUID());
  const at = of.clock.now();
  await of.deps.db.insert(users).values({ id, displayName: 'Ann', createdAt: at, lastSignedInAt: at });
  return of.as({ kind: 'user', userId: id, isAdmin: false }).catalog;
}

describe('the search', () => {
  test.each([
    ['someone like you adele', 'Someone Like You'],
    ['Adele - Someone Like You', 'Someone Like You'],
    ['someone liek you adele', 'Someone Like You'],
    ['sumone like you adelle', 'Someone Like You'],
    ['someonelike you adele', 'Someone Like You'],
    ['rol ling in the deep', 'Rolling in the Deep'],
    ['roling deep', 'Rolling in the Deep'],
    ['deja vu beyonce', 'Déjà Vu'],
    ['deja vu jay z', 'Déjà Vu'],
    ['beyonse deja vu', 'Déjà Vu'],
    ['acdc thunderstruck', 'Thunderstruck'],
    ['ac dc thunderstuck', 'Thunderstruck'],
    ['群青', '群青日和'],
    ['東京事変 群青日和', '群青日和'],
    ['группа', 'Группа крови'],
    ['група крови кино', 'Группа крови'],
    ['يا ليلي', 'يا ليلي'],
    ['ελπιδα', 'Ελπίδα'],
    ['GB-BKS-10-00351', 'Someone Like You'],
    [`https://open.spotify.com/track/${servedTrackId(4)}?si=x`, 'Thunderstruck'],
    [`spotify:track:${servedTrackId(3)}`, 'Déjà Vu'],
  ])('finds with %j the recording %j first', async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });

  test('finds as somebody types, from the first letters on', async () => {
    for (let letters = 2; letters <= 'thunderstruck'.length; letters++)
      expect(await titles('thunderstruck'.slice(0, letters))).toContain('Thunderstruck');
    expect(await titles('someone l')).toContain('Someone Like You');
  });

  test('shows a recording of exactly that title first, also when an artist has that name', async () => {
    const found = await search('yes');
    expect(found.tracks.map(({ title }) => title)).toEqual(['Yes', 'Roundabout']);
    expect(found.artists.map(({ name, tracks }) => [name, tracks])).toEqual([['Yes', 1]]);
    expect((await search('someone')).tracks[0]?.title).toBe('Someone');
  });

  test('finds artists and albums, each with what a person needs to recognize it', async () => {
    const found = await search('adele');
    expect(found.artists).toEqual([{ artistId: expect.any(String), name: 'Adele', tracks: 2 }]);
    expect(found.tracks).toHaveLength(2);
    expect(found.tracks[0]).toMatchObject({ artists: [{ id: expect.any(String), name: 'Adele' }], album: expect.any(String), durationMs: 200_000 });
    expect((await search('album 7')).albums[0]).toMatchObject({ name: 'Album 7', artists: ['Balti'] });
    const album = (await search('album 7')).albums[0];
    expect((await search(`https://open.spotify.com/album/${album?.albumId}`)).tracks.map(({ title }) => title)).toEqual(['يا ليلي']);
  });

  test.each([
    ['spotify:local:Artist:Album:Title:200', /Local files are not on Spotify/],
    ['https://open.spotify.com/episode/0VjIjW4GlUZAMYd2vXMi3b', /podcast/],
    ['https://open.spotify.com/track/0VjIjW4', /not a complete Spotify link/],
    ['https://open.spotify.com/track/0VjIjW4GlUZAMYd2vXMi3b', /not in the catalog/],
    ['https://open.spotify.com/playlist/0VjIjW4GlUZAMYd2vXMi3b', /not one of the network/],
    ['QZES71982312', /No recording in the catalog has this ISRC/],
  ])('says of %j why nothing is found, and what to do', async (query, notice) => {
    const found = await search(query);
    expect([found.tracks, found.artists, found.albums, found.playlists]).toEqual([[], [], [], []]);
    expect(found.notice).toMatch(notice);
  });

  test.each(['zzxqy', '🙂🙂', '"', '\\', "' & | ! ( ) : *", '% _', '.'.repeat(400), 'word '.repeat(90), '\u202eabc', 'a'.repeat(500)])(
    'answers %j without a result and without a failure',
    async (query) => {
      expect((await search(query)).tracks).toEqual([]);
    },
  );

  test('refuses an empty query and one of more than 500 characters, naming the field', async () => {
    await expect(search('  ')).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('is empty') });
    await expect(search('x'.repeat(501))).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('longer than 500') });
  });
});

test('a renamed artist, a new popularity, a merge and its undoing reach the search with the next index', async () => {
  await using own = await startTestApp();
  const [older, younger] = await importTracks(own, [
    { n: 1, title: 'Kettle Song', artists: ['Ida Sound'], durationMs: 100_000 },
    { n: 2, title: 'Kettle Song', artists: ['Ida Sound'], durationMs: 200_000 },
  ]);
  await own.runJobs();
  const found = async (query: string) => (await own.as({ kind: 'anonymous' }).catalog.search({ query })).tracks.map(({ recordingId }) => recordingId);
  expect(await found('kettle')).toEqual([older, younger]);
  const index = async () => {
    await indexSearch(own.deps, never);
    return found('kettle');
  };
  await own.deps.db.execute(sql`update recordings set popularity = 90 where id = ${younger}`);
  expect(await index()).toEqual([younger, older]);
  await own.deps.db.execute(sql`update recordings set merged_into = ${older} where id = ${younger}`);
  expect(await found('kettle')).toEqual([older]);
  expect(await index()).toEqual([older]);
  await own.deps.db.execute(sql`update recordings set merged_into = null where id = ${younger}`);
  expect(await index()).toEqual([younger, older]);
  await own.deps.db.execute(sql`update artists set name = 'Nils Quiet'`);
  await own.deps.db.execute(sql`update recordings set search_text = search_text || ' ' where id = ${younger}`);
  expect(await index()).toEqual([younger, older]);
  expect(await found('nils kettle')).toEqual([younger]);
  expect(await indexSearch(own.deps, never)).toEqual({ outcome: 'The search was up to date.' });
});

const spotifyRequests = (of: TestApp) => of.spotify.requests().filter(({ path }) => path.includes('/search')).length;

describe('the search on Spotify', () => {
  test('is asked only for by signed-in people, when they ask or the catalog has few', async () => {
    const before = spotifyRequests(app);
    const own = await listener();
    expect((await own.search({ query: 'thunderstruck' })).spotify.state).toBe('not_asked');
    expect((await app.as({ kind: 'anonymous' }).catalog.search({ query: 'thunderstruck', spotify: 'always' })).spotify).toMatchObject({
      state: 'sign_in',
    });
    expect((await own.search({ query: 'spotify:local:a:b:c:1', spotify: 'always' })).spotify.state).toBe('not_asked');
    expect(spotifyRequests(app)).toBe(before);
    const album = app.sandbox.catalog.album(app.sandbox.catalog.albumIdAt(0) ?? '');
    const track = album?.tracks[0];
    const query = `${track?.name} ${track?.artists[0]?.name}`;
    const found = await own.search({ query, spotify: 'when_few' });
    expect(found.spotify.state).toBe('answered');
    expect(found.tracks.find(({ trackId }) => trackId === track?.id)).toMatchObject({ recordingId: null, title: track?.name });
    await own.search({ query, spotify: 'always' });
    expect(spotifyRequests(app)).toBe(before + 1);
  });

  test('shows a recording of the catalog once, as the catalog has it', async () => {
    await using own = await startTestApp();
    const album = own.sandbox.catalog.album(own.sandbox.catalog.albumIdAt(3) ?? '');
    const track = album?.tracks[0];
    await submitImport(own.deps, SYSTEM, { text: album?.id ?? '' });
    await own.runJobs();
    const found = await (await listener(own)).search({ query: `${track?.name} ${track?.artists[0]?.name}`, spotify: 'always' });
    expect(found.spotify.state).toBe('answered');
    expect(found.tracks.filter(({ trackId }) => trackId === track?.id)).toEqual([expect.objectContaining({ recordingId: expect.any(Number) })]);
    const albums = await (await listener(own)).search({ query: album?.name ?? '', spotify: 'always' });
    expect(albums.albums.filter(({ albumId }) => albumId === album?.id)).toHaveLength(1);
  });

  test.each([
    ['is rate limited', { status: 429, retryAfter: '40' }, /rate-limited/],
    ['answers with an error', { status: 503, times: 20 }, /Spotify/],
    ['answers nonsense', { status: 200, body: '<html>' }, /Spotify/],
    ['refuses the app', { status: 403, body: { error: { status: 403, message: 'Forbidden' } } }, /Spotify/],
  ])('%s: the catalog answers alone and says so', async (_, fault, message) => {
    await using own = await startTestApp();
    await importTracks(own, [{ n: 1, title: 'Kettle Song' }]);
    await own.runJobs();
    own.spotify.failNext({ path: '/search', ...fault });
    const found = await (await listener(own)).search({ query: 'kettle', spotify: 'always' });
    expect(found.tracks.map(({ title }) => title)).toEqual(['Kettle Song']);
    expect(found.spotify.state).toBe('unavailable');
    expect(found.spotify.message).toMatch(message);
    expect(found.spotify.message).toMatch(/results of the catalog/);
  });
});
