import { previewFromSeeds } from '#server/use-cases/discovery/seeds/preview-from-seeds.ts';
import { fromSeedsInput } from '#shared/contracts/discovery/seeds.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { recordingId, spotifyTrackId } from '#shared/ids.ts';
import { publish, seedPlaylist } from '#tests/support/network/published-network.ts';
import { Client } from 'pg';
import { openBenchDatabase } from '../bench-database.ts';
import { createBenchDeps } from '../bench-deps.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { quantile } from '../lists/statistics.ts';
import { insertSongs, songsToSearch } from './searched-catalog.ts';

const SIZES = (process.env['SEED_RECORDINGS'] ?? '100000,1000000').split(',').map(Number);
const GOAL_MS = (recordings: number) => (recordings <= 100_000 ? 150 : 400);
const RSS_GOAL_MB = 400;
const QUESTIONS = 100;
const WARM_UP = 15;
const LISTS = 200;
const TRACKS = 50;
const DAY = '2026-10-15';
const NOW = new Date('2026-11-01T08:00:00Z');

/** From one to five seeds to fifty explained tracks, at the use case that the API calls, with the database, and the memory that it adds to the catalog's. */
export async function benchSeedPlaylist(): Promise<void> {
  for (const size of SIZES) await measure(size);
}

async function measure(size: number): Promise<void> {
  await using database = await openBenchDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const deps = createBenchDeps(database.url, NOW);
  try {
    await insertSongs(client, songsToSearch(size).songs);
    for (const statement of SOUND) await client.query(statement, [size]);
    await client.query('analyze');
    await publishLists(deps.db, size);
    const ask = (at: number) => {
      const seeds = Array.from({ length: 1 + (at % 5) }, (_, n) => ({ kind: 'recording', recordingId: rowFor(at, n, size) }));
      return previewFromSeeds(deps, { kind: 'admin_key' }, fromSeedsInput.parse({ seeds }));
    };
    const startedAt = performance.now();
    await ask(0);
    reportObserved(`seed-playlist.${size}.first-ms`, performance.now() - startedAt, 'ms with reading the catalog');
    global.gc?.();
    const before = process.memoryUsage.rss();
    for (let at = 0; at < WARM_UP; at++) await ask(1_000 + at);
    const times: number[] = [];
    let explained = 0;
    let peak = before;
    for (let at = 0; at < QUESTIONS; at++) {
      const askedAt = performance.now();
      const { tracks } = await ask(at);
      times.push(performance.now() - askedAt);
      peak = Math.max(peak, process.memoryUsage.rss());
      if (tracks.length === TRACKS && tracks.every(({ why }) => why !== '')) explained += 1;
    }
    reportFigure(`seed-playlist.${size}.with-50-explained-tracks`, explained / QUESTIONS, { atLeast: 1 });
    reportObserved(`seed-playlist.${size}.p50-ms`, quantile(times, 0.5), 'ms');
    reportFigure(`seed-playlist.${size}.p95-ms`, quantile(times, 0.95), { atMost: GOAL_MS(size) });
    reportFigure(`seed-playlist.${size}.rss-added-mb`, (peak - before) / 1e6, { atMost: RSS_GOAL_MB });
  } finally {
    await deps.close();
    await client.end();
  }
}

/** Every other question has a seed that is on lists. */
const rowFor = (at: number, n: number, size: number) => 1 + Math.floor(chanceOf(61 + n, at) * (at % 2 === 0 ? Math.min(size, 3_000) : size));

async function publishLists(db: Parameters<typeof publish>[0], size: number): Promise<void> {
  for (let index = 1; index <= LISTS; index += 1) {
    const ids = new Set(
      Array.from({ length: TRACKS }, (_, n) => 1 + Math.floor(chanceOf(71 + n, index) ** 2 * (n % 3 === 0 ? Math.min(size, 3_000) : size))),
    );
    const tracks = [...ids].map((id) => ({
      recordingId: recordingId.parse(id),
      trackId: spotifyTrackId.parse(`t${String(id).padStart(21, '0')}`),
    }));
    await publish(db, { playlistId: await seedPlaylist(db, index), day: DAY, tracks });
  }
}

/** Features of nearly all recordings and one to three of sixty genres of each; artists keep to a sound. */
const SOUND = [
  `insert into track_features (recording_id, danceability, energy, key, loudness, mode, speechiness, acousticness, instrumentalness, liveness, valence, tempo, source, fetched_at)
    select n, (.5 + .4 * sin(n / 40)), (.5 + .45 * sin(n / 55 + n % 7)), n % 12, -14 + 10 * sin(n / 35), n % 2, .05 + .04 * sin(n), .5 + .45 * cos(n / 50),
      .3 + .3 * sin(n / 90), .2 + .1 * sin(n * 3), .5 + .45 * sin(n / 70 + n % 5), 118 + 50 * sin(n / 65 + n % 3), 'reccobeats', now()
    from generate_series(1, $1::int) n where n % 25 <> 0`,
  `insert into track_tags (recording_id, kind, tag, source, fetched_at)
    select n, 'genre', 'genre ' || ((n / 10 + k * 13) % 60), 'musicbrainz', now() from generate_series(1, $1::int) n, generate_series(0, n % 3) k`,
];
