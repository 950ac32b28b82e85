import { indexSearch } from '#server/use-cases/discovery/search/index-search.ts';
import type { TrackHit } from '#shared/contracts/discovery/search.ts';
import { matchKey } from '#shared/domain/catalog/recording-identity.ts';
import { titleKeyOf, wordsOf } from '#shared/domain/discovery/search/words.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { openBenchDatabase } from '../bench-database.ts';
import { createBenchDeps } from '../bench-deps.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { quantile } from '../lists/statistics.ts';
import { insertSongs, songsToSearch } from './searched-catalog.ts';
import type { SearchedSong } from './searched-catalog.ts';
import { misspell } from './misspell.ts';

const RECORDINGS = Number(process.env['SEARCH_RECORDINGS'] ?? 1_000_000);
const QUERIES = 500;
const TYPED = 60;
const LETTERS_MIN = 8;

/** Searching a million recordings over HTTP, as somebody types and with 500 generated typos, beside a search by trigrams. */
export async function benchSearch(): Promise<void> {
  await using database = await openBenchDatabase();
  const { songs, real } = songsToSearch(RECORDINGS);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const deps = createBenchDeps(database.url, new Date());
  try {
    await timedStep('filled', () => insertSongs(client, songs));
    await timedStep('indexed', () => indexSearch(deps, { signal: new AbortController().signal, report: async () => {} }));
    console.log(`${songs.length.toLocaleString('en')} recordings, ${real.toLocaleString('en')} of them real`);
    await using server = await startServer(database.url);
    const chosen = chooseSongs(songs.slice(0, real));
    await measureTyping(server, client, chosen.slice(0, TYPED));
    await measureFinding(server, chosen);
  } finally {
    await deps.close();
    await client.end();
  }
}

type Server = Awaited<ReturnType<typeof startServer>>;

const letters = ({ title, artist }: SearchedSong) => `${title}${artist}`.replaceAll(/[^\p{L}\p{N}]/gu, '').length;

function chooseSongs(songs: readonly SearchedSong[]): SearchedSong[] {
  return songs
    .map((song, at) => ({ song, draw: chanceOf(31, at) }))
    .filter(({ song }) => letters(song) >= LETTERS_MIN)
    .toSorted((a, b) => a.draw - b.draw)
    .slice(0, QUERIES)
    .map(({ song }) => song);
}

/** Every beginning of what somebody types, of two characters and more. */
async function measureTyping(server: Server, client: Client, songs: readonly SearchedSong[]): Promise<void> {
  const queries = songs.flatMap(({ title, artist }) => {
    const text = `${title} ${artist}`.slice(0, 40);
    return Array.from({ length: text.length - 1 }, (_, at) => text.slice(0, at + 2)).filter((query) => query.trim() !== '');
  });
  for (const query of queries.filter((_, at) => at % 7 === 0)) await server.search(query);
  const times: { query: string; ms: number }[] = [];
  for (const query of queries) {
    const startedAt = performance.now();
    await server.search(query);
    times.push({ query, ms: performance.now() - startedAt });
  }
  const slowest = times.toSorted((a, b) => b.ms - a.ms).slice(0, 8);
  console.log(`slowest: ${slowest.map(({ query, ms }) => `${JSON.stringify(query)} ${ms.toFixed(0)} ms`).join(', ')}`);
  const ms = times.map((one) => one.ms);
  reportObserved('search.typing-p50-ms', quantile(ms, 0.5), 'ms');
  reportFigure('search.typing-p95-ms', quantile(ms, 0.95), { atMost: 30 });
  reportObserved('search.trigram-p95-ms', await measureTrigrams(client, songs), 'ms for finding the same by similar trigrams in SQL alone');
}

/** What an index of trigrams over titles and artists takes for the whole queries, warm. */
async function measureTrigrams(client: Client, songs: readonly SearchedSong[]): Promise<number> {
  await client.query(`create index bench_trigrams on search_entries using gin (text gin_trgm_ops) where kind = 'recording'`);
  await client.query(`set pg_trgm.similarity_threshold = 0.5`);
  const times: number[] = [];
  for (const { title, artist } of [...songs.slice(0, 10), ...songs]) {
    const startedAt = performance.now();
    await client.query(`select ref from search_entries where kind = 'recording' and text % $1 order by similarity(text, $1) desc limit 20`, [
      wordsOf(`${title} ${artist}`).join(' '),
    ]);
    times.push(performance.now() - startedAt);
  }
  await client.query('drop index bench_trigrams');
  return quantile(times.slice(10), 0.95);
}

async function measureFinding(server: Server, songs: readonly SearchedSong[]): Promise<void> {
  const found = { exact: 0, typo: 0, title: 0 };
  const missed: string[] = [];
  for (const [at, song] of songs.entries()) {
    const text = `${song.title} ${song.artist}`;
    const typo = misspell(text, at);
    if (isAmong(await server.search(text), song)) found.exact += 1;
    else missed.push(`exact: ${text}`);
    if (isAmong(await server.search(typo), song)) found.typo += 1;
    else missed.push(`${typo} (${text})`);
    const first = (await server.search(song.title))[0];
    if (first && titleKeyOf(wordsOf(first.title)) === titleKeyOf(wordsOf(song.title))) found.title += 1;
    else missed.push(`title: ${song.title} (${first?.title})`);
  }
  console.log(`missed: ${missed.slice(0, 40).join(' | ')}`);
  reportFigure('search.found-without-typos', found.exact / songs.length, { atLeast: 1 });
  reportFigure('search.found-with-typos', found.typo / songs.length, { atLeast: 0.97 });
  reportFigure('search.title-first', found.title / songs.length, { atLeast: 1 });
}

function isAmong(hits: readonly TrackHit[], { title, artist }: SearchedSong): boolean {
  const key = matchKey(title, [artist]);
  return hits.slice(0, 5).some(
    (hit) =>
      matchKey(
        hit.title,
        hit.artists.map(({ name }) => name),
      ) === key,
  );
}

/** Segue in a process of its own. */
async function startServer(databaseUrl: string) {
  const child = fork(fileURLToPath(new URL('../read-server.ts', import.meta.url)), ['segue', databaseUrl], {
    execArgv: ['--max-semi-space-size=32', '--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [url] = (await once(child, 'message')) as [string];
  return {
    search: async (query: string): Promise<readonly TrackHit[]> => {
      const response = await fetch(`${url}/trpc/catalog.search?input=${encodeURIComponent(JSON.stringify({ query }))}`, {
        headers: { 'x-admin-api-key': 'an-admin-key-of-no-consequence' },
      });
      const body = (await response.json()) as { result?: { data: { tracks: TrackHit[] } } };
      if (!body.result) throw new Error(`The search of ${JSON.stringify(query)} failed: ${JSON.stringify(body)}`);
      return body.result.data.tracks;
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

async function timedStep(name: string, work: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  await work();
  console.log(`${name} in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}
