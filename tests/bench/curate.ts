import { SYSTEM } from '#server/actor.ts';
import { makeScalingPlan } from '#server/use-cases/scaling/make-scaling-plan.ts';
import { Client } from 'pg';
import { openBenchDatabase } from './bench-database.ts';
import { createBenchDeps } from './bench-deps.ts';
import { runChild } from './child.ts';
import { reportFigure, reportObserved } from './figures.ts';
import { fillLargeNetwork, policyNumber } from '#tests/support/network/large-network.ts';
import type { LargeNetwork } from '#tests/support/network/large-network.ts';

const TODAY = '2026-11-21';
const LARGE: LargeNetwork = { recordings: 1_000_000, playlists: 667, policies: 20, historyDays: 29, today: TODAY };
const SMALL: LargeNetwork = { ...LARGE, recordings: 100_000, playlists: 67 };
const PEER_SAMPLE = 40;

interface CuratedDay {
  readonly seconds: number;
  readonly outcome: string;
  readonly peakBytes: number;
}

/** One day of the whole network on a million recordings, compared with a tenth of it and with the usual SQL query of similar tools. */
export async function benchCurate(): Promise<void> {
  await using database = await openBenchDatabase();
  const small = await curateNetwork(database.url, SMALL);
  const large = await curateNetwork(await database.createDatabase(), LARGE);
  reportObserved('curate.seconds-1x', small.day.seconds, 's (100,000 recordings, 67 playlists)');
  reportObserved('curate.seconds-10x', large.day.seconds, 's (1,000,000 recordings, 667 playlists, 29 days of history)');
  reportFigure('curate.time-per-playlist-ratio', large.day.seconds / LARGE.playlists / (small.day.seconds / SMALL.playlists), { atMost: 2 });
  reportFigure('curate.peak-rss-gb', large.day.peakBytes / 1e9, { atMost: 1.5 });
  reportFigure('curate.playlists-filled', large.check.filled, { atLeast: LARGE.playlists });
  reportFigure('curate.rules-broken', large.check.broken, { atMost: 0 });
  reportFigure('curate.rules-broken-by-peer-query', large.peer.broken, { atLeast: 1 });
  reportObserved('curate.scaling-plan-seconds', large.scaling.first, 's, mostly reading the catalog once');
  reportObserved('curate.scaling-plan-again-seconds', large.scaling.again, 's while catalog, policies and day are unchanged');
  reportObserved('curate.peer-query-seconds-per-playlist', large.peer.secondsEach, 's');
}

async function curateNetwork(url: string, network: LargeNetwork) {
  const startedAt = performance.now();
  await fillLargeNetwork(url, network);
  console.log(`filled ${network.recordings.toLocaleString('en')} recordings in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  const day = await runChild<CuratedDay>('./curate-day.ts', [url, TODAY]);
  console.log(day.outcome);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return { day, check: await checkDay(client), scaling: await planTwice(url), peer: await runPeerQueries(client) };
  } finally {
    await client.end();
  }
}

/** Calculates the scaling plan twice, as the scheduler does: each policy's rules over the whole catalog. */
async function planTwice(url: string): Promise<{ first: number; again: number }> {
  const deps = createBenchDeps(url, new Date(`${TODAY}T02:00:00Z`));
  const plan = async () => {
    const startedAt = performance.now();
    await makeScalingPlan(deps, SYSTEM);
    return (performance.now() - startedAt) / 1000;
  };
  try {
    return { first: await plan(), again: await plan() };
  } finally {
    await deps.close();
  }
}

/** Counts broken rules of the day's playlists by independent SQL: size, repeat window, artist cap, album cap, pool. */
async function checkDay(client: Client): Promise<{ filled: number; broken: number }> {
  const result = await client.query<{ filled: number; broken: number }>(
    `with today as (select h.*, r.album_id, r.track_id as track from playlist_entries_history h join recordings r on r.id = h.recording_id where h.batch_tag = $1),
      artists as (select playlist_id, ta.artist_id, count(*) n from today join track_artists ta on ta.track_id = today.track group by 1, 2),
      albums as (select playlist_id, album_id, count(*) n from today group by 1, 2),
      stays as (select first_day, lag(last_day + rest_days) over (partition by rest_scope, recording_id order by first_day) as until from placements)
    select (select count(*)::int from snapshots where batch_tag = $1 and status = 'published' and size = 50) as filled,
      ((select count(*) from artists where n > 2) + (select count(*) from albums where n > 1) + (select count(*) from stays where first_day < until)
       + (select count(*) from today t join track_features f on f.recording_id = t.recording_id where f.energy < 0.1))::int as broken`,
    [TODAY],
  );
  return result.rows[0] ?? { filled: 0, broken: 0 };
}

/** The usual way: filter, `order by random() limit 50`, caps applied afterwards. Counts short playlists and repeats within the repeat window. */
async function runPeerQueries(client: Client): Promise<{ broken: number; secondsEach: number }> {
  let broken = 0;
  const startedAt = performance.now();
  for (let n = 0; n < PEER_SAMPLE; n += 1) {
    const policy = policyNumber(n % LARGE.policies);
    const rows = await client.query<{ id: number; artist_id: string; album_id: string; resting: boolean }>(
      `select p.*, exists (select 1 from placements s join curation_policies c on s.rest_scope = 'policy:' || c.family_id::text
          where c.name = $1 and s.recording_id = p.id and s.rest @> $2::date) as resting
       from (select r.id, ta.artist_id, r.album_id from recordings r join track_artists ta on ta.track_id = r.track_id and ta.position = 1
         join track_features f on f.recording_id = r.id and f.energy >= 0.1 join track_tags t on t.recording_id = r.id and t.kind = 'genre' and t.tag = any($3::text[])
         order by random() limit 50) p`,
      [`Policy ${n % LARGE.policies}`, TODAY, genresOf(policy.pool)],
    );
    const artists = new Map<string, number>();
    const albums = new Set<string>();
    const admitted = rows.rows.filter(({ artist_id: artist, album_id: album }) => {
      const count = artists.get(artist) ?? 0;
      if (count >= policy.caps.perArtist || albums.has(album)) return false;
      artists.set(artist, count + 1);
      albums.add(album);
      return true;
    });
    broken += (admitted.length < policy.size ? 1 : 0) + admitted.filter((row) => row.resting).length;
  }
  return { broken, secondsEach: (performance.now() - startedAt) / 1000 / PEER_SAMPLE };
}

function genresOf(pool: object): string[] {
  return [...JSON.stringify(pool).matchAll(/genre \d+/g)].map(([word]) => word);
}
