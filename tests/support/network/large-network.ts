import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { Client } from 'pg';

export interface LargeNetwork {
  readonly recordings: number;
  readonly playlists: number;
  readonly policies: number;
  readonly historyDays: number;
  readonly today: string;
}

const GENRES = 24;

/** Policy `n` of twenty with the same form over different parts of the catalog; repeat window 30 days within the policy. */
export function policyNumber(n: number): Policy {
  return policyV1.parse({
    version: 1,
    pool: {
      all: [
        { field: 'genre', op: 'has_any', value: [0, 1, 2, 3, 4, 5].map((step) => `genre ${(n + step * 4) % GENRES}`) },
        { field: 'energy', op: 'gte', value: 0.1 + (n % 3) * 0.05 },
      ],
    },
    prefer: [
      { field: 'energy', toward: 0.3 + (n % 5) * 0.12, spread: 0.25, weight: 2 },
      { field: 'tempo', toward: 90 + n * 3, spread: 25, weight: 1 },
      { field: 'release_date', newest: true, weight: 0.5 },
    ],
    caps: { perArtist: 2, perAlbum: 1 },
    rest: { days: 30, scope: 'policy' },
    size: 50,
    seed: `policy ${n}`,
  });
}

/**
 * Fills an empty database with a catalog and a month of history, by SQL on the server: long-tailed artists, about one track in six with a guest
 * artist, features with gaps, and for each policy the placements its playlists would have made. The exclusion constraint stays on.
 */
export async function fillLargeNetwork(url: string, network: LargeNetwork): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off`);
    for (const statement of catalogStatements(network.recordings)) await client.query(statement);
    await fillPlaylists(client, network);
    await client.query('analyze');
    // Flush the statistics now, not at the end of the session.
    await client.query('select pg_stat_force_next_flush()');
  } finally {
    await client.end();
  }
}

function catalogStatements(recordings: number): string[] {
  const artists = Math.max(200, Math.round(recordings / 14));
  // Not a multiple of GENRES, so that each genre is spread over all albums.
  const albums = Math.max(200, Math.round(recordings / 10)) + 1;
  const artistOf = `'r' || lpad((floor(power(random(), 1.6) * ${artists}))::int::text, 21, '0')`;
  return [
    `select setseed(0.42)`,
    `insert into artists (id, name, source, fetched_at) select 'r' || lpad(n::text, 21, '0'), 'Artist ' || n, 'spotify', now() from generate_series(0, ${artists}) n`,
    `insert into albums (id, name, artist_names, total_tracks, release_date, released_on, source, fetched_at)
      select 'a' || lpad(n::text, 21, '0'), 'Album ' || n, '{}', 10, null, date '1960-01-01' + (random() * 24000)::int, 'spotify', now() from generate_series(0, ${albums}) n`,
    `insert into recordings (match_key, title, duration_ms, explicit, popularity, first_released_on, track_id, album_id, basis, confidence, ingested_on, features_asked_at, tags_asked_at)
      select 'key ' || n, 'Title ' || n, 120000 + (random() * 200000)::int, random() < 0.1, case when random() < 0.8 then (random() * 100)::int end, date '1960-01-01' + (random() * 24000)::int,
      't' || lpad(n::text, 21, '0'), 'a' || lpad((n % ${albums})::text, 21, '0'), 'title_artists_duration', 0.9, '2026-10-01', now(), now() from generate_series(1, ${recordings}) n`,
    `insert into tracks (id, name, duration_ms, explicit, recording_id, source, fetched_at) select track_id, title, duration_ms, explicit, id, 'spotify', now() from recordings`,
    `insert into track_artists (track_id, position, artist_id) select track_id, 1, ${artistOf} from recordings`,
    `insert into track_artists (track_id, position, artist_id) select track_id, 2, ${artistOf} from recordings where random() < 0.16`,
    `update recordings r set search_text = ' ' || lower(r.title) || (select string_agg(e'\\n ' || lower(a.name), '' order by ta.position) from track_artists ta join artists a on a.id = ta.artist_id
      where ta.track_id = r.track_id)`,
    `insert into track_features (recording_id, danceability, energy, key, loudness, mode, speechiness, acousticness, instrumentalness, liveness, valence, tempo, source, fetched_at)
      select id, random(), random(), (random() * 11)::int, -20 * random(), (random())::int, random() * .3, random(), random(), random(), random(), 60 + random() * 120, 'reccobeats', timestamptz '2026-10-01T03:30:00Z' from recordings where random() < 0.94`,
    `insert into track_tags (recording_id, kind, tag, source, fetched_at) select id, 'genre', 'genre ' || (id % ${GENRES}), 'musicbrainz', timestamptz '2026-10-01T03:30:00Z' from recordings`,
  ];
}

async function fillPlaylists(client: Client, network: LargeNetwork): Promise<void> {
  for (let n = 0; n < network.policies; n += 1) {
    const body = JSON.stringify(policyNumber(n));
    const inserted = await client.query<{ id: string }>(
      `insert into curation_policies (id, family_id, version, name, body, created_at, created_by) select g, g, 1, $1, $2, now(), 'bench' from (select md5($1)::uuid) p(g) returning id`,
      [`Policy ${n}`, body],
    );
    const policy = inserted.rows[0]?.id ?? '';
    const indexes = Array.from({ length: network.playlists }, (_, i) => i + 1).filter((index) => index % network.policies === n);
    await client.query(
      `insert into playlists (id, global_index, theme_tag, policy_id, created_at) select md5('playlist ' || i)::uuid, i, 'Theme ' || i, $1, now() from unnest($2::int[]) i`,
      [policy, indexes],
    );
    await fillHistory(client, network, { policy, n, playlists: indexes.length });
  }
}

/** Past days as the policy could have made them: its pool in a fixed order, cut into days. */
async function fillHistory(client: Client, network: LargeNetwork, past: { policy: string; n: number; playlists: number }): Promise<void> {
  const genres = [0, 1, 2, 3, 4, 5].map((step) => (past.n + step * 4) % GENRES);
  await client.query(
    `insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
     select l.id, p.id, 'policy:' || $1::text, $2::date - d - 1, $2::date - d - 1, 30
     from (select id, row_number() over (order by hashint4(id + $3)) - 1 as rank from recordings where id % ${GENRES} = any($4::int[])) p
     cross join lateral (select (p.rank / $5::int)::int as d, ((p.rank % $5::int) / 50)::int as which) s
     join (select id, row_number() over (order by global_index) - 1 as which from playlists where policy_id = $1::uuid) l on l.which = s.which
     where p.rank < $5::int * $6::int`,
    [past.policy, network.today, past.n, genres, past.playlists * 50, network.historyDays],
  );
}
