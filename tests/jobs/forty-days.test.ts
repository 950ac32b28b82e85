import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { readCatalogFile } from '#server/sandbox/catalog/loaded-catalog.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { Sandbox } from '#server/sandbox/start-sandbox.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { addDays } from '#shared/domain/calendar.ts';
import type { Day } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { cloneDatabase } from '../support/database.ts';
import { connectAs, openInstance } from '#tests/support/processes/instance.ts';
import { realData } from '../support/real-data.ts';

const FIRST_DAY = '2026-10-01';
const DAYS = 40;
const ALBUMS = 800;
const never = new AbortController().signal;

/** Real Spotify albums where they are available, the richest ones first; otherwise a generated catalog. */
async function openCatalog() {
  const table = realData('spotify-tracks/playlists-tracks.csv.gz');
  return table ? readCatalogFile([table]) : createGeneratedCatalog({ albums: ALBUMS, seed: 3 });
}

/** Three playlists with different repeat scopes; every rule holds for forty days on a few thousand recordings. */
async function createNetwork(deps: Deps): Promise<void> {
  const base = {
    version: 1,
    pool: { all: [] },
    caps: { perArtist: 3, perAlbum: 2 },
    prefer: [{ field: 'energy', toward: 0.7, spread: 0.3, weight: 1 }],
  };
  const lists = [
    { name: 'Shared rest', count: 2, body: { ...base, size: 25, rest: { days: 30, scope: 'network' } } },
    { name: 'Own rest', count: 1, body: { ...base, size: 40, rest: { days: 30, scope: 'playlist' } } },
  ];
  for (const { name, count, body } of lists) {
    const { id } = await createPolicy({ ...deps, provePolicy }, SYSTEM, { name, body });
    await createPlaylists(deps, SYSTEM, { themeTag: name, policyId: id, count });
  }
}

test('forty days of a network on real albums: no repeat, no duplicate playlist, Spotify equal to the ledger', { timeout: 300_000 }, async () => {
  let today = FIRST_DAY;
  const now = () => new Date(`${today}T04:00:00Z`);
  await using sandbox = await startSandbox({ catalog: await openCatalog(), now: () => now().getTime() });
  const deps = openInstance(await cloneDatabase(), sandbox.env, { now });
  await using _ = { [Symbol.asyncDispose]: () => deps.close() };
  await connectAs(deps, 'segue-north');
  await connectAs(deps, 'segue-south');
  await createNetwork(deps);
  const ids = Array.from({ length: ALBUMS }, (_unused, n) => sandbox.catalog.albumIdAt(n));
  const receipt = await submitImport(deps, SYSTEM, { text: ids.map((id) => `https://open.spotify.com/album/${id}`).join('\n') });
  expect(receipt).toMatchObject({ queued: ALBUMS, failed: 0 });
  await ingestAlbums(deps, { signal: never });
  await enrichTracks(deps, { signal: never });
  expect(await countRows(deps, sql`select count(*)::int as n from album_sources where status = 'ingested'`)).toBe(ALBUMS);

  for (let n = 0; n < DAYS; n += 1) {
    today = addDays(FIRST_DAY, n);
    await curatePlaylists(deps, { day: today, trigger: 'test', signal: never });
    await syncPlaylists(deps, { day: today as Day, signal: never });
    await expectSpotifyEqualsLedger(deps, sandbox, today);
  }

  expect(await countRows(deps, sql`select count(*)::int as n from snapshots where status = 'published'`)).toBe(DAYS * 3);
  expect(await countRows(deps, REPEATS)).toBe(0);
  expect(sandbox.spotify.control.playlists()).toHaveLength(3);
});

/** Days between two uses of a recording in one repeat scope, read from the history alone: the placements and their constraint are not used. */
const REPEATS = sql`
  select count(*)::int as n from (
    select h.batch_tag - lag(h.batch_tag) over (partition by h.recording_id, case when c.body->'rest'->>'scope' = 'network' then 'network' else p.id::text end order by h.batch_tag) as gap
    from playlist_entries_history h join playlists p on p.id = h.playlist_id join curation_policies c on c.id = p.policy_id) g
  where gap < 30`;

async function countRows(deps: Deps, query: ReturnType<typeof sql>): Promise<number> {
  return (await deps.db.execute<{ n: number }>(query)).rows[0]?.n ?? -1;
}

async function expectSpotifyEqualsLedger(deps: Deps, sandbox: Sandbox, day: string): Promise<void> {
  const published = await deps.db.execute<{ id: string; uris: string[]; index: number }>(sql`
    select m.spotify_playlist_id as id, p.global_index as "index", array_agg('spotify:track:' || h.track_id order by h.position) as uris
    from playlist_account_map m join playlists p on p.id = m.playlist_id join playlist_entries_history h on h.playlist_id = p.id and h.batch_tag = ${day}::date
    group by 1, 2 order by 2`);
  expect(published.rows).toHaveLength(3);
  for (const { id, uris, index } of published.rows) {
    const remote = sandbox.spotify.control.playlist(id);
    expect(remote?.uris, `playlist ${index} on ${day}`).toEqual(uris);
    expect(remote?.name).toContain(`#${String(index).padStart(3, '0')} • ${day}`);
  }
}
