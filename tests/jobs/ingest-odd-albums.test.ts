import { SYSTEM } from '#server/actor.ts';
import type { AlbumReading, CatalogAlbum, CatalogTrack } from '#server/providers/ports.ts';
import { claimSources } from '#server/repos/catalog/album-sources.ts';
import { stageAlbums } from '#server/repos/catalog/stage-albums.ts';
import { listImportLines } from '#server/use-cases/catalog/import/list-import-lines.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { identifyTracks } from '#server/use-cases/catalog/ingest/identify-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { spotifyAlbumId, spotifyTrackId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

const signal = new AbortController().signal;
const idsOf = (app: TestApp, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => spotifyAlbumId.parse(app.sandbox.catalog.albumIdAt(n)));
const submit = (app: TestApp, ids: readonly string[]) => submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
const ingest = (app: TestApp) => ingestAlbums(app.deps, { signal });

async function statuses(app: TestApp, ids: readonly string[]): Promise<string[]> {
  const { items } = await listImportLines(app.deps, SYSTEM, { cursor: 0, limit: 100 });
  return ids.map((id) => items.find((line) => line.albumId === id)).map((line) => line?.failure ?? line?.status ?? 'none');
}

async function stagedCount(app: TestApp): Promise<number | undefined> {
  return (await app.deps.db.execute<{ n: number }>(sql`select count(*)::int as n from ingest_staging`)).rows[0]?.n;
}

/** The app with readings of one album changed after the adapter, as if the adapter had let something through. */
function withReading(app: TestApp, change: (reading: AlbumReading & { kind: 'found' }) => CatalogAlbum) {
  const readAlbums: typeof app.deps.catalog.readAlbums = async (ids, at) =>
    (await app.deps.catalog.readAlbums(ids, at)).map((reading) => (reading.kind === 'found' ? { ...reading, album: change(reading) } : reading));
  return { ...app.deps, catalog: { ...app.deps.catalog, readAlbums } };
}

const firstTrack = (album: CatalogAlbum, change: Partial<CatalogTrack>): CatalogAlbum => ({
  ...album,
  tracks: album.tracks.map((track, at) => (at === 0 ? { ...track, ...change } : track)),
});

describe('an album that Postgres cannot store', () => {
  test.for<readonly [what: string, poison: (album: CatalogAlbum) => CatalogAlbum]>([
    ['NUL in a title', (album) => firstTrack(album, { name: 'a\u0000b' })],
    ['half of an emoji in a title', (album) => firstTrack(album, { name: 'Party \ud83c' })],
    ['half of an emoji in the name of the album', (album) => ({ ...album, name: '\udf89' })],
    ['a duration beyond an integer', (album) => firstTrack(album, { durationMs: 3_000_000_000 })],
    ['a disc beyond a small integer', (album) => firstTrack(album, { discNumber: 40_000 })],
    ['an ISRC too long for its index', (album) => firstTrack(album, { isrc: Array.from({ length: 4_000 }, (_, n) => n.toString(36)).join('') })],
  ])('fails with its reason and nothing else does: %s', async ([, poison]) => {
    await using app = await startTestApp();
    const [good = '', bad = '', other = ''] = idsOf(app, 3);
    await submit(app, [good, bad, other]);
    const deps = withReading(app, ({ album }) => (album.id === bad ? poison(album) : album));
    expect((await ingestAlbums(deps, { signal })).outcome).toBe('2 albums imported, 1 failed.');
    expect(await statuses(app, [good, bad, other])).toEqual(['ingested', 'unreadable_answer', 'ingested']);
    expect(await stagedCount(app)).toBe(0);
    expect(app.logged.filter(({ message }) => message === 'an album cannot be stored')).toHaveLength(1);
  });

  test('does not take recordings with it that another album has, too', async () => {
    await using app = await startTestApp();
    const [bad = '', reissue = ''] = idsOf(app, 2);
    await submit(app, [bad, reissue]);
    let tracks: readonly CatalogTrack[] = [];
    const deps = withReading(app, ({ album }) => {
      if (album.id === bad) {
        ({ tracks } = album);
        return firstTrack(album, { discNumber: 40_000 });
      }
      return { ...album, tracks: tracks.map((track) => ({ ...track, id: spotifyTrackId.parse(`z${track.id.slice(1)}`) })) };
    });
    await ingestAlbums({ ...deps, settings: { ...deps.settings, ingestConcurrency: 1 } }, { signal });
    expect(await statuses(app, [bad, reissue])).toEqual(['unreadable_answer', 'ingested']);
    const stored = await app.deps.db.execute(sql`select 1 from tracks t join recordings r on r.id = t.recording_id`);
    expect(stored.rows).toHaveLength(tracks.length);
  });

  test('that was staged before a crash is read again and stops nothing', async () => {
    await using app = await startTestApp();
    const ids = idsOf(app, 3);
    await submit(app, ids);
    const claimed = await claimSources(app.deps.db, 10, app.deps.now());
    const readings = await app.deps.catalog.readAlbums([spotifyAlbumId.parse(ids[0])], signal);
    const albums = readings.flatMap((reading) => (reading.kind === 'found' ? [firstTrack(reading.album, { durationMs: 3_000_000_000 })] : []));
    const identified = await identifyTracks(app.deps, albums, []);
    const staged = identified.albums.map((album) => ({ sourceId: claimed[0]?.id ?? 0, album }));
    await stageAlbums(app.deps.db, { id: app.deps.newId(), at: app.deps.now() }, staged);
    expect((await ingest(app)).outcome).toBe('3 albums imported.');
    expect(await stagedCount(app)).toBe(0);
  });
});

describe('an album that cannot be read', () => {
  test.for<readonly [what: string, fault: object]>([
    ['a server error', { status: 500 }],
    ['a cut connection', { cut: true }],
    ['a response of nine megabytes', { status: 200, body: 'x'.repeat(9 * 1024 * 1024) }],
  ])('does not stop the others, and fails once others can be read and it cannot: %s', async ([, fault]) => {
    await using app = await startTestApp();
    const ids = idsOf(app, 5);
    const [bad = '', ...good] = ids;
    await submit(app, [bad, ...good.slice(0, 3)]);
    app.spotify.failNext({ path: `/albums/${bad}`, times: Infinity, ...fault });
    await expect(ingest(app)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(await statuses(app, ids.slice(0, 4))).toEqual(['queued', 'ingested', 'ingested', 'ingested']);
    await app.deps.db.execute(sql`update album_sources set attempts = 2 where album_id = ${bad}`);
    app.clock.advance(3_600_000);
    await submit(app, good.slice(3));
    expect((await ingest(app)).outcome).toBe('1 album imported, 1 failed.');
    expect(await statuses(app, ids)).toEqual(['unreadable_answer', 'ingested', 'ingested', 'ingested', 'ingested']);
  });

  test('alone, or while none can be read, stays queued: that is an outage', async () => {
    await using app = await startTestApp();
    const ids = idsOf(app, 6);
    await submit(app, ids);
    await app.deps.db.execute(sql`update album_sources set attempts = 7`);
    app.spotify.failNext({ path: '/albums/*', status: 503, times: Infinity });
    await expect(ingest(app)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(new Set(await statuses(app, ids))).toEqual(new Set(['queued']));
  });
});

test('a title with half an emoji between two good albums is imported with them, through the real queue', async () => {
  await using app = await startTestApp();
  const ids = idsOf(app, 3);
  const [, odd = ''] = ids;
  const artist = { id: 'z'.repeat(22), name: 'A\u0000B' };
  const item = { id: 'a'.repeat(22), name: 'Party \ud83c', duration_ms: 200_000, disc_number: 1, track_number: 1, artists: [artist] };
  const body = { id: odd, name: 'Odd', total_tracks: 1, artists: [artist], tracks: { items: [item], total: 1, next: null, offset: 0 } };
  app.spotify.failNext({ path: `/albums/${odd}`, status: 200, times: Infinity, body });
  await submit(app, ids);
  await app.runJobs();
  expect(await statuses(app, ids)).toEqual(['ingested', 'ingested', 'ingested']);
  const stored = await app.deps.db.execute(sql`select t.name, a.name as artist from tracks t join track_artists ta on ta.track_id = t.id
    join artists a on a.id = ta.artist_id where t.id = ${item.id}`);
  expect(stored.rows).toEqual([{ name: 'Party \ufffd', artist: 'AB' }]);
});
