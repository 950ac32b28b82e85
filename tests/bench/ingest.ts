import { SYSTEM } from '#server/actor.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { Client } from 'pg';
import { realData } from '../support/real-data.ts';
import { openBenchDatabase } from './bench-database.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { startBenchSandbox } from './bench-sandbox.ts';
import type { BenchSandbox } from './bench-sandbox.ts';
import { runChild } from './child.ts';
import { reportFigure, reportObserved } from './figures.ts';

const ALBUMS = 10_000;
const REAL_ALBUMS = 2_000;
const CONCURRENCY = 8;
/** Requests per 30 s. RATE_ALBUMS is enough for two windows and the ramp of one. */
const RATE = 600;
const RATE_ALBUMS = 1_500;

interface Run {
  readonly seconds: number;
  readonly outcome: string;
  readonly peakBytes: number;
}

/** Ingests ten thousand albums from the sandbox, one request each, compared with the lower bound of fetching and copying; then with a rate limit. */
export async function benchIngest(): Promise<void> {
  await using database = await openBenchDatabase();
  await withoutRateLimit(database.url);
  await withRateLimit(await database.createDatabase());
}

async function withoutRateLimit(url: string): Promise<void> {
  const table = realData('spotify-tracks/playlists-tracks.csv.gz');
  const generated = ALBUMS - (table ? REAL_ALBUMS : 0);
  await using sandbox = await startBenchSandbox({ albums: generated, table });
  await queueAlbums(url, sandbox, ALBUMS);
  const sandboxEnv = JSON.stringify(sandbox.env);
  const run = await runChild<Run>('./ingest-run.ts', [url, sandboxEnv, JSON.stringify({ INGEST_CONCURRENCY: String(CONCURRENCY) })]);
  console.log(run.outcome);
  const floor = await runChild<{ seconds: number; fetchSeconds: number; copySeconds: number }>('./ingest-floor.ts', [
    url,
    sandboxEnv,
    String(CONCURRENCY),
  ]);
  reportObserved('ingest.seconds', run.seconds, 's');
  reportObserved('ingest.floor-seconds', floor.seconds, `s (fetch ${floor.fetchSeconds.toFixed(1)}, copy ${floor.copySeconds.toFixed(1)})`);
  reportObserved('ingest.tracks', await countTracks(url), 'tracks');
  reportFigure('ingest.wall-ratio', run.seconds / floor.seconds, { atMost: 1.6 });
  reportFigure('ingest.peak-rss-mb', run.peakBytes / 1e6, { atMost: 600 });
}

async function withRateLimit(url: string): Promise<void> {
  await using sandbox = await startBenchSandbox({ albums: RATE_ALBUMS, rate: RATE });
  await queueAlbums(url, sandbox, RATE_ALBUMS);
  const run = await runChild<Run>('./ingest-run.ts', [url, JSON.stringify(sandbox.env), JSON.stringify({ SPOTIFY_REQUESTS_PER_30S: String(RATE) })]);
  const totals = await sandbox.totals();
  const refused = Object.entries(totals).reduce((sum, [what, count]) => sum + (what.endsWith(' 429') ? count : 0), 0);
  const requests = Object.entries(totals).reduce((sum, [what, count]) => sum + (what.includes('/v1/') || what.includes('/albums') ? count : 0), 0);
  reportFigure('ingest.budget-used', requests / ((RATE * run.seconds) / 30), { atLeast: 0.95 });
  reportFigure('ingest.refusals-provoked', refused, { atMost: 0 });
}

async function queueAlbums(url: string, sandbox: BenchSandbox, count: number): Promise<void> {
  const deps = openInstance(url, sandbox.env);
  const ids = await sandbox.albumIds(0, count);
  await submitImport(deps, SYSTEM, { text: ids.map((id) => `https://open.spotify.com/album/${id}`).join('\n') });
  await deps.close();
}

async function countTracks(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const result = await client.query<{ n: number }>('select count(*)::int as n from tracks');
  await client.end();
  return result.rows[0]?.n ?? 0;
}
