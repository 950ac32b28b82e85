import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { searchText } from '#shared/domain/catalog/search-text.ts';
import { matchKey } from '#shared/domain/catalog/recording-identity.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { importTracks, recordingsOf } from '../support/spotify/served-albums.ts';

const ingest = (app: TestApp) => ingestAlbums(app.deps, { signal: new AbortController().signal });
/** The numbers of recordings as they are met first: [7, 9, 7] becomes [0, 1, 0]. */
const grouped = (ids: readonly number[]) => ids.map((id) => [...new Set(ids)].indexOf(id));
const isrcNumber = (n: number) => `GBAYE00000${String(n).padStart(2, '0')}`;
const rows = async <T extends Record<string, unknown>>(app: TestApp, query: ReturnType<typeof sql>) => (await app.deps.db.execute<T>(query)).rows;

describe('what is imported as one recording', () => {
  test('an ISRC is one however it is written, and what is no ISRC is unknown', async () => {
    await using app = await startTestApp();
    const isrcs = ['GBSMU3297525', 'GB-SMU-32-97525', 'gbsmu3297525', ' GB SMU 32 97525 ', 'ISRC GB‐SMU‐32‐97525', 'not an isrc', '', null];
    // Titles differ, so only the ISRC can tell.
    const found = await importTracks(
      app,
      isrcs.map((isrc, n) => ({ n, title: `Title ${n}`, isrc })),
    );
    expect(grouped(found)).toEqual([0, 0, 0, 0, 0, 1, 2, 3]);
    const stored = await rows<{ isrc: string | null; n: number }>(app, sql`select isrc, count(*)::int as n from tracks group by 1 order by 1`);
    expect(stored).toEqual([
      { isrc: 'GBSMU3297525', n: 5 },
      { isrc: null, n: 3 },
    ]);
  });

  test('title, artists and three seconds make one even when ISRCs differ: remasters, editions, clean and explicit versions, guests', async () => {
    await using app = await startTestApp();
    const same = [
      { title: 'River Man' },
      { title: 'River Man - 2011 Remaster' },
      { title: 'River Man', explicit: true },
      { title: 'RIVER MAN (Clean)', durationMs: 202_900 },
      { title: 'River Man (feat. Ben Low)', artists: ['Ida Sound'] },
      { title: 'River Man', artists: ['Ben Low', 'Ida Sound'] },
      { title: 'River Man', durationMs: 203_001 },
      { title: 'River Man - Live' },
      { title: 'River Man (Live)' },
      { title: 'River Man - Acoustic' },
      { title: 'River Man (Demo)' },
      { title: 'River Man, Pt. 2' },
      { title: 'River Man (Part II)' },
      { title: 'River Man (Anna Remix)' },
      { title: 'River Man - Instrumental' },
    ].map((track, n) => ({ n, isrc: isrcNumber(n), artists: ['Ida Sound'], ...track }));
    const found = await importTracks(app, same);
    expect(grouped(found)).toEqual([0, 0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8]);
    // Each track keeps its own ISRC, and a later release with one of them is found by it.
    const again = await importTracks(app, [{ n: 40, title: 'Hombre del Río', isrc: isrcNumber(1) }]);
    expect(again).toEqual([found[0]]);
  });

  test('a renamed artist is found by the new name after the same ingest', async () => {
    await using app = await startTestApp();
    await importTracks(app, [{ n: 1, title: 'One', artists: ['Björk'] }]);
    await app.deps.db.execute(sql`update artists set name = 'Old Name'`);
    await importTracks(app, [{ n: 2, title: 'Two', artists: ['Björk'] }]);
    expect(await rows(app, sql`select search_text as text, match_key as key from recordings order by id`)).toEqual([
      { text: searchText('One', ['Björk']), key: matchKey('One', ['Björk']) },
      { text: searchText('Two', ['Björk']), key: matchKey('Two', ['Björk']) },
    ]);
  });
});

/** As the version before wrote them: each ISRC spelling and each explicit twin its own recording, other match keys, no search texts. */
async function openOld() {
  const app = await startTestApp();
  const tracks = [
    { n: 0, title: 'Kettle Song', isrc: 'GBSMU3297525' },
    { n: 1, title: 'Other Title', isrc: 'GBSMU3297526' },
    { n: 2, title: 'Third Title', isrc: 'GBSMU3297527' },
    { n: 3, title: 'Løv - 2011 Remaster', isrc: 'GBSMU3297530', released: '1999-01-01' },
    { n: 4, title: 'Lov x', isrc: 'GBSMU3297531', explicit: true, released: '1970-01-01' },
    { n: 5, title: 'Lov (Live)', isrc: 'GBSMU3297532' },
    { n: 6, title: 'Untouched', isrc: 'GBSMU3297533' },
  ];
  const before = await importTracks(app, tracks);
  await app.deps.db
    .execute(sql`update recordings set isrc = case id when ${before[1]} then 'GB-SMU-32-97525' when ${before[2]} then 'gbsmu3297525' when ${before[6]} then 'junk' else isrc end,
    title = case when id = ${before[4]} then 'Lov' else title end, match_key = 'old ' || id, search_text = null`);
  await app.deps.db.execute(sql`update tracks t set isrc = r.isrc from recordings r where r.id = t.recording_id`);
  return { app, before, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

describe('what an older version stored', () => {
  test('is merged by the next ingest, with the reason and the confidence of each merge', async () => {
    await using old = await openOld();
    const { app, before } = old;
    expect((await ingest(app)).outcome).toBe('No albums were queued. 3 recordings turned out to be others and were merged.');
    expect(grouped(await recordingsOf(app, [0, 1, 2, 3, 4, 5, 6]))).toEqual([0, 0, 0, 1, 1, 2, 3]);
    const merges = await rows(
      app,
      sql`select from_recording as "from", into_recording as "into", reason, round(confidence::numeric, 2)::float as confidence, shared_windows as windows from recording_merges order by 1`,
    );
    expect(merges).toEqual([
      { from: before[1], into: before[0], reason: 'isrc', confidence: 1, windows: 0 },
      { from: before[2], into: before[0], reason: 'isrc', confidence: 1, windows: 0 },
      { from: before[4], into: before[3], reason: 'title_artists_duration', confidence: 0.8, windows: 0 },
    ]);
    expect(await rows(app, sql`select count(*)::int as n from recordings where search_text is null or match_key like 'old %'`)).toEqual([{ n: 0 }]);
    expect(await rows(app, sql`select isrc from tracks order by id`)).toEqual([
      ...['25', '25', '25', '30', '31', '32'].map((end) => ({ isrc: `GBSMU32975${end}` })),
      { isrc: null },
    ]);
    // The older one has the earliest release and both versions.
    expect(
      await rows(app, sql`select first_released_on::text as released, twin_track_id is not null as twin from recordings where id = ${before[3]}`),
    ).toEqual([{ released: '1970-01-01', twin: true }]);
    expect((await ingest(app)).outcome).toBe('No albums were queued.');
  });

  test('a run that was stopped on the way is finished by the next one', async () => {
    await using old = await openOld();
    const stopped = new AbortController();
    stopped.abort();
    await expect(ingestAlbums(old.app.deps, { signal: stopped.signal })).rejects.toMatchObject({ code: 'rate_limited' });
    expect((await ingest(old.app)).outcome).toContain('3 recordings');
  });
});
