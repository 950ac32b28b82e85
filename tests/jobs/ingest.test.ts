import { SYSTEM } from '#server/actor.ts';
import { claimSources } from '#server/repos/catalog/album-sources.ts';
import { applyLoad, listStagedLoads } from '#server/repos/catalog/catalog-load.ts';
import { stageAlbums } from '#server/repos/catalog/stage-albums.ts';
import { identifyTracks } from '#server/use-cases/catalog/ingest/identify-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { listImportLines } from '#server/use-cases/catalog/import/list-import-lines.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { spotifyAlbumId, spotifyTrackId } from '#shared/ids.ts';
import type { SpotifyAlbumId } from '#shared/ids.ts';
import type { CapabilityProfile } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

const never = new AbortController().signal;

function idsOf(app: TestApp, count: number, from = 0): SpotifyAlbumId[] {
  return Array.from({ length: count }, (_, n) => spotifyAlbumId.parse(app.sandbox.catalog.albumIdAt(from + n)));
}

async function submit(app: TestApp, ids: readonly string[]) {
  return submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
}

const ingest = (app: TestApp) => ingestAlbums(app.deps, { signal: never });

async function lines(app: TestApp) {
  const page = await listImportLines(app.deps, SYSTEM, { cursor: 0, limit: 100 });
  return Object.fromEntries(page.items.map((line) => [line.albumId ?? line.given, line]));
}

async function counts(app: TestApp): Promise<Record<string, number>> {
  const found = await app.deps.db.execute<
    Record<string, number>
  >(sql`select (select count(*)::int from albums) as albums, (select count(*)::int from tracks) as tracks,
    (select count(*)::int from recordings) as recordings, (select count(*)::int from track_artists) as credits, (select count(*)::int from album_track_map) as places,
    (select count(*)::int from ingest_staging) as staged`);
  return found.rows[0] ?? {};
}

describe('ingest', () => {
  test('every track of every album is imported once, with its artists, its position and its recording', async () => {
    await using app = await startTestApp();
    const ids = idsOf(app, 30);
    await submit(app, ids);
    expect((await ingest(app)).outcome).toBe('30 albums imported.');
    const albums = ids.map((id) => app.sandbox.catalog.album(id));
    const tracks = new Set(albums.flatMap((album) => album?.tracks.map((track) => track.id) ?? []));
    expect(await counts(app)).toMatchObject({ albums: 30, tracks: tracks.size, staged: 0 });
    expect(new Set(Object.values(await lines(app)).map((line) => line.status))).toEqual(new Set(['ingested']));
    const stored = await app.deps.db.execute<{ id: string; names: string[] }>(sql`select t.id, array_agg(a.name order by ta.position) as names
      from tracks t join track_artists ta on ta.track_id = t.id join artists a on a.id = ta.artist_id group by t.id`);
    const named = new Map(stored.rows.map((row) => [row.id, row.names]));
    for (const track of albums.flatMap((album) => album?.tracks ?? []))
      expect(named.get(track.id), track.name).toEqual(track.artists.map((artist) => artist.name));
  });

  test.each<{ profile: CapabilityProfile; requests: number }>([
    { profile: 'dev-2026', requests: 40 },
    { profile: 'extended', requests: 2 },
  ])('forty albums cost $requests requests in the profile $profile', async ({ profile, requests }) => {
    await using app = await startTestApp({ sandbox: { profile }, env: { SPOTIFY_PROFILE: profile } });
    const short = idsOf(app, 60)
      .filter((id) => (app.sandbox.catalog.album(id)?.tracks.length ?? 0) <= 50)
      .slice(0, 40);
    await submit(app, short);
    await ingest(app);
    expect(app.spotify.requests({ path: /^\/albums/ })).toHaveLength(requests);
  });

  test('reading an album again changes nothing, and importing it again sends no request', async () => {
    await using app = await startTestApp();
    const ids = idsOf(app, 5);
    await submit(app, ids);
    await ingest(app);
    const before = await counts(app);
    await app.deps.db.execute(sql`update album_sources set status = 'queued'`);
    await ingest(app);
    expect(await counts(app)).toEqual(before);
    app.spotify.clearRequests();
    expect(await submit(app, ids)).toMatchObject({ duplicates: 5, queued: 0 });
    expect((await ingest(app)).outcome).toBe('No albums were queued.');
    expect(app.spotify.requests({ path: /^\/albums/ })).toEqual([]);
  });

  test('albums that are gone, blocked, empty or unreadable say so on their line, and the rest of the batch is imported', async () => {
    await using app = await startTestApp();
    const [gone, blocked, empty, garbled, shrunk, good] = idsOf(app, 6) as [
      SpotifyAlbumId,
      SpotifyAlbumId,
      SpotifyAlbumId,
      SpotifyAlbumId,
      SpotifyAlbumId,
      SpotifyAlbumId,
    ];
    app.spotify.setAlbum(gone, 'gone');
    app.spotify.setAlbum(blocked, 'region_blocked');
    app.spotify.setAlbum(empty, 'empty');
    app.spotify.failNext({ path: `/albums/${garbled}`, distort: 'null_body', times: Infinity });
    app.spotify.failNext({ path: `/albums/${shrunk}`, distort: 'shrink_page', times: Infinity });
    await submit(app, [gone, blocked, empty, garbled, shrunk, good]);
    expect((await ingest(app)).outcome).toBe('1 album imported, 5 failed.');
    const statuses = await lines(app);
    expect([gone, blocked, empty, garbled, shrunk, good].map((id) => statuses[id]?.failure ?? statuses[id]?.status)).toEqual([
      'album_gone',
      'album_region_blocked',
      'album_empty',
      'unreadable_answer',
      'album_incomplete',
      'ingested',
    ]);
    for (const id of [gone, blocked, empty, garbled, shrunk]) expect(statuses[id]?.remedy, id).toMatch(/\w/);
  });

  test('null items are skipped and never become tracks', async () => {
    await using app = await startTestApp();
    const [id] = idsOf(app, 1) as [SpotifyAlbumId];
    app.spotify.failNext({ path: `/albums/${id}`, distort: 'null_item' });
    await submit(app, [id]);
    await ingest(app);
    const whole = app.sandbox.catalog.album(id)?.tracks.length ?? 0;
    expect((await counts(app))['tracks']).toBe(whole - 1);
  });

  test('when Spotify rate-limits Segue, what was read is kept, the rest waits, and the job is postponed until the limit ends', async () => {
    await using app = await startTestApp();
    await submit(app, idsOf(app, 40));
    app.spotify.failNext({ path: '/albums/*', skip: 20, status: 429, retryAfter: 600, times: Infinity });
    await expect(ingest(app)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
    const first = await counts(app);
    expect(first['albums']).toBeGreaterThan(0);
    expect(first['albums']).toBeLessThan(40);
    const waiting = await app.deps.db.execute<{ n: number }>(sql`select count(*)::int as n from album_sources where status = 'queued'`);
    expect(waiting.rows[0]?.n).toBe(40 - (first['albums'] ?? 0));
    app.spotify.clearFaults();
    app.clock.advance(601_000);
    await ingest(app);
    expect(await counts(app)).toMatchObject({ albums: 40 });
  });

  test('what was staged before a crash is applied without asking Spotify again, and unfinished lines are read', async () => {
    await using app = await startTestApp();
    const ids = idsOf(app, 4);
    await submit(app, ids);
    const claimed = await claimSources(app.deps.db, 10, app.deps.now());
    const results = await Promise.all(ids.slice(0, 2).map((id) => app.deps.catalog.readAlbums([id], never)));
    const albums = results.flat().flatMap((reading) => (reading.kind === 'found' ? [reading.album] : []));
    const identified = await identifyTracks(app.deps, albums, []);
    const staged = identified.albums.map((album, i) => ({ sourceId: claimed[i]?.id ?? 0, album }));
    await stageAlbums(app.deps.db, { id: app.deps.newId(), at: app.deps.now() }, staged);
    app.spotify.clearRequests();
    await ingest(app);
    expect(app.spotify.requests({ path: /^\/albums/ })).toHaveLength(2);
    expect(await counts(app)).toMatchObject({ albums: 4, staged: 0 });
  });

  test('a load that is applied twice changes nothing', async () => {
    await using app = await startTestApp();
    const [id] = idsOf(app, 1) as [SpotifyAlbumId];
    const [reading] = await app.deps.catalog.readAlbums([id], never);
    const albums = reading?.kind === 'found' ? [reading.album] : [];
    const stage = async () => {
      const identified = await identifyTracks(app.deps, albums, []);
      await stageAlbums(app.deps.db, { id: app.deps.newId(), at: app.deps.now() }, [{ sourceId: 0, album: identified.albums[0] ?? {} }]);
    };
    const apply = async () => {
      for (const loadId of await listStagedLoads(app.deps.db))
        await app.deps.db.transaction((tx) => applyLoad(tx, { loadId, at: app.deps.now(), source: 'spotify' }));
    };
    await stage();
    await stage();
    await apply();
    const once = await counts(app);
    await stage();
    await apply();
    expect({ ...(await counts(app)), recordings: 0 }).toEqual({ ...once, recordings: 0 });
  });

  test('a re-release is the same recording, within one load and across loads', async () => {
    await using app = await startTestApp();
    const everything = idsOf(app, 200);
    await submit(app, everything.slice(0, 100));
    await ingest(app);
    await submit(app, everything.slice(100));
    await ingest(app);
    const { tracks = 0, recordings = 0 } = await counts(app);
    expect(recordings).toBeLessThan(tracks);
    const split = await app.deps.db.execute(
      sql`select match_key from recordings group by match_key having max(duration_ms) - min(duration_ms) <= 3000 and count(*) > 1`,
    );
    expect(split.rows).toEqual([]);
  });

  test('no credit and no album position ever points to something missing', async () => {
    await using app = await startTestApp();
    await submit(app, idsOf(app, 60));
    await ingest(app);
    const orphans = await app.deps.db.execute(sql`
      select 'credit' from track_artists ta left join tracks t on t.id = ta.track_id left join artists a on a.id = ta.artist_id where t.id is null or a.id is null
      union all select 'place' from album_track_map m left join tracks t on t.id = m.track_id left join albums a on a.id = m.album_id where t.id is null or a.id is null`);
    expect(orphans.rows).toEqual([]);
    expect((await counts(app))['credits']).toBeGreaterThan(0);
  });

  test('a load that is staged while another is in progress knows the recordings that the other one numbered', async () => {
    await using app = await startTestApp();
    const [reading] = await app.deps.catalog.readAlbums(idsOf(app, 1), never);
    const albums = reading?.kind === 'found' ? [reading.album] : [];
    const first = await identifyTracks(app.deps, albums, []);
    const reissued = albums.map((album) => ({
      ...album,
      tracks: album.tracks.map((track) => ({ ...track, id: spotifyTrackId.parse(`z${track.id.slice(1)}`) })),
    }));
    const second = await identifyTracks(app.deps, reissued, [first]);
    expect(second.added).toEqual([]);
    expect(second.albums[0]?.tracks.map((track) => track.recordingId)).toEqual(first.albums[0]?.tracks.map((track) => track.recordingId));
  });
});
