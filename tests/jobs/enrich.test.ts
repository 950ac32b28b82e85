import { SYSTEM } from '#server/actor.ts';
import { saveIsrcs } from '#server/repos/catalog/learned-isrcs.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import type { RecordingId } from '#shared/ids.ts';
import type { CapabilityProfile } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

const never = new AbortController().signal;
const enrich = (app: TestApp) => enrichTracks(app.deps, { signal: never });

async function startWithAlbums(count: number, profile: CapabilityProfile = 'dev-2026') {
  const app = await startTestApp({ sandbox: { profile }, env: { SPOTIFY_PROFILE: profile, MUSICBRAINZ_CONTACT: 'tests@example.org' } });
  const ids = Array.from({ length: count }, (_, n) => app.sandbox.catalog.albumIdAt(n));
  await submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
  await ingestAlbums(app.deps, { signal: never });
  return app;
}

async function one<T>(app: TestApp, query: ReturnType<typeof sql>): Promise<T> {
  return (await app.deps.db.execute(query)).rows[0] as T;
}

describe('enrichment', () => {
  test('features are stored with their source, and what no source knows stays unknown and is not requested again', async () => {
    await using app = await startWithAlbums(12);
    await enrich(app);
    const seen = await one<{ all: number; known: number; asked: number; source: string }>(
      app,
      sql`select (select count(*)::int from recordings) as all, (select count(*)::int from track_features) as known,
        (select count(*)::int from recordings where features_asked_at is not null) as asked, (select min(source::text) || max(source::text) from track_features) as source`,
    );
    expect(seen.known).toBeGreaterThan(0);
    expect(seen.known).toBeLessThan(seen.all);
    expect(seen.asked).toBe(seen.all);
    expect(seen.source).toBe('reccobeatsreccobeats');
    const before = app.sandbox.reccobeats.requests().length;
    expect((await enrich(app)).outcome).toBe('Nothing was missing.');
    expect(app.sandbox.reccobeats.requests()).toHaveLength(before);
  });

  test('an app that may read Spotify’s own features uses them first, and requests popularity and ISRC for fifty tracks at a time', async () => {
    await using app = await startWithAlbums(6, 'extended');
    await enrich(app);
    const seen = await one<{ spotify: number; all: number; isrcs: number; popular: number }>(
      app,
      sql`select (select count(*)::int from track_features where source = 'spotify') as spotify, count(*)::int as all, count(isrc)::int as isrcs, count(popularity)::int as popular from recordings where merged_into is null`,
    );
    expect(seen.spotify).toBeGreaterThan(seen.all * 0.9);
    expect(seen.isrcs).toBe(seen.all);
    expect(seen.popular).toBe(seen.all);
    const tracks = await one<{ n: number }>(app, sql`select count(*)::int as n from tracks`);
    expect(app.spotify.requests({ path: /^\/tracks$/ }).length).toBeLessThanOrEqual(Math.ceil(tracks.n / 50));
  });

  test('genres are requested once per artist; the requested recording has them from the source, the artist’s others as derived', async () => {
    await using app = await startWithAlbums(12);
    await enrich(app);
    const seen = await one<{ asked: number; derived: number; artists: number }>(
      app,
      sql`select count(distinct recording_id) filter (where source = 'musicbrainz')::int as asked, count(distinct recording_id) filter (where source = 'derived')::int as derived,
        (select count(distinct artist_id)::int from track_artists where position = 1) as artists from track_tags`,
    );
    expect(seen.asked).toBeGreaterThan(0);
    expect(seen.derived).toBeGreaterThan(seen.asked);
    expect(app.sandbox.musicbrainz.requests().length).toBeLessThanOrEqual(seen.artists);
  });

  test('when a source rate-limits Segue, its answers so far are kept and the next run continues from there', async () => {
    await using app = await startWithAlbums(60);
    app.sandbox.reccobeats.failNext({ status: 429, headers: { 'retry-after': '600' }, skip: 12 });
    await expect(enrich(app)).rejects.toMatchObject({ code: 'rate_limited' });
    const part = await one<{ asked: number; all: number }>(
      app,
      sql`select count(features_asked_at)::int as asked, count(*)::int as all from recordings`,
    );
    expect(part.asked).toBeGreaterThan(0);
    expect(part.asked).toBeLessThan(part.all);
    app.clock.advance(601_000);
    await enrich(app);
    expect(
      (await one<{ left: number }>(app, sql`select count(*)::int as left from recordings where features_asked_at is null and merged_into is null`))
        .left,
    ).toBe(0);
  });
});

async function startWithDuplicates() {
  const app = await startWithAlbums(2);
  const ids = (await app.deps.db.execute<{ id: RecordingId }>(sql`select id from recordings order by id limit 2`)).rows.map((row) => row.id);
  const [older, younger] = ids as [RecordingId, RecordingId];
  await app.deps.db.execute(sql`update recordings set isrc = 'GBAYE0601498', isrc_source = 'spotify' where id = ${older}`);
  const policy = await one<{ id: string }>(
    app,
    sql`insert into curation_policies (id, family_id, version, name, body, created_at, created_by) select g, g, 1, 'P', '{}', now(), 'test' from gen_random_uuid() g returning id`,
  );
  const playlist = await one<{ id: string }>(
    app,
    sql`insert into playlists (id, global_index, theme_tag, policy_id, created_at) values (gen_random_uuid(), 1, 'T', ${policy.id}, now()) returning id`,
  );
  const place = (recording: number, day: string) =>
    app.deps.db.execute(
      sql`insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days) values (${playlist.id}, ${recording}, 'network', ${day}, ${day}, 30)`,
    );
  const learn = () =>
    app.deps.db.transaction((tx) =>
      saveIsrcs(tx, [{ recordingId: younger, isrc: 'GBAYE0601498', popularity: null }], { source: 'reccobeats', at: app.deps.now() }),
    );
  return { app, older, younger, place, learn, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

describe('two recordings that turn out to be one', () => {
  test('are merged: tracks move to the older one, placements stay as they were placed, and both share one repeat window from then on', async () => {
    await using duplicates = await startWithDuplicates();
    await duplicates.place(duplicates.younger, '2026-10-01');
    expect(await duplicates.learn()).toBe(1);
    const moved = await one<{ merged: number; tracks: number; placed: number }>(
      duplicates.app,
      sql`select merged_into as merged, (select count(*)::int from tracks where recording_id = ${duplicates.younger}) as tracks,
        (select count(*)::int from placements where recording_id = ${duplicates.older}) as placed from recordings where id = ${duplicates.younger}`,
    );
    expect(moved).toEqual({ merged: duplicates.older, tracks: 0, placed: 0 });
    await expect(duplicates.place(duplicates.older, '2026-10-20')).rejects.toMatchObject({ cause: { constraint: 'placements_no_repeat' } });
  });

  test('keep their history when both were placed within one window: the ledger is not rewritten', async () => {
    await using duplicates = await startWithDuplicates();
    await duplicates.place(duplicates.older, '2026-10-01');
    await duplicates.place(duplicates.younger, '2026-10-10');
    await duplicates.learn();
    const placed = await duplicates.app.deps.db.execute<{ recording_id: number }>(sql`select recording_id from placements order by first_day`);
    expect(placed.rows.map((row) => row.recording_id)).toEqual([duplicates.older, duplicates.younger]);
  });
});
