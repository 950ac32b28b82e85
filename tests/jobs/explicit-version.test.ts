import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { importTracks, servedTrackId } from '../support/spotify/served-albums.ts';

const DAY = '2026-11-21';
const tracks = (...numbers: number[]) => numbers.map(servedTrackId);
const track = (n: number, title: string, explicit: boolean) => ({ n, title, explicit, artists: [`Artist ${title}`] });

test('explicit and clean versions are one recording; a policy places the version that its rules ask for, or leaves the recording out', async () => {
  await using app = await startTestApp({ at: `${DAY}T05:00:00Z` });
  const recordings = await importTracks(
    app,
    [
      track(0, 'Both, explicit first', true),
      track(1, 'Both, explicit first (Clean)', false),
      track(2, 'Both, clean first', false),
      track(3, 'Both, clean first - Explicit', true),
      track(4, 'Only explicit', true),
      track(5, 'Only clean', false),
    ].map((one) => ({ ...one, artists: [one.artists[0]?.replace(/ \(Clean\)| - Explicit/, '') ?? ''] })),
  );
  expect(recordings[1]).toBe(recordings[0]);
  expect(recordings[3]).toBe(recordings[2]);
  const clean = { field: 'explicit', op: 'is', value: false };
  const explicit = { ...clean, value: true };
  const energetic = { field: 'energy', op: 'gte', value: 0.5 };
  const lists = {
    clean: { pool: clean, size: 3 },
    explicit: { pool: explicit, size: 3 },
    notExplicit: { pool: { not: explicit }, size: 1 },
    either: { pool: { any: [clean, energetic] }, size: 3 },
    whatever: { pool: { all: [] }, size: 4 },
    mixed: {
      pool: { all: [] },
      size: 2,
      mix: [{ name: 'Clean', rule: { all: [clean, { field: 'title', op: 'contains', value: 'both' }] }, share: 100 }],
    },
  };
  for (const [name, body] of Object.entries(lists)) {
    const { id } = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, {
      name,
      body: { version: 1, rest: { days: 1, scope: 'playlist' }, ...body },
    });
    await createPlaylists(app.deps, SYSTEM, { themeTag: name, policyId: id, count: 1 });
  }
  await curatePlaylists(app.deps, { day: DAY, trigger: 'test', signal: new AbortController().signal });
  const found = await app.deps.db.execute<{
    theme: string;
    tracks: string[];
  }>(sql`select p.theme_tag as theme, array_agg(h.track_id order by h.track_id) as tracks
    from playlist_entries_history h join playlists p on p.id = h.playlist_id group by 1`);
  const placed = Object.fromEntries(found.rows.map((row) => [row.theme, row.tracks]));
  expect(placed).toEqual({
    clean: tracks(1, 2, 5),
    explicit: tracks(0, 3, 4),
    notExplicit: tracks(5),
    either: tracks(1, 2, 5),
    whatever: tracks(0, 2, 4, 5),
    mixed: tracks(1, 2),
  });
});
