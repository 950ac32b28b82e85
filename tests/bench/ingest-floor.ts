import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import postgres from 'postgres';

/**
 * Lower bound of the ingest time: fetches the same albums with the same concurrency and discards them, then writes the same rows by COPY into bare tables.
 * Arguments: address of the database with the rows, the sandbox's variables as JSON, concurrency.
 */
const TABLES = ['artists', 'albums', 'recordings', 'tracks', 'track_artists', 'album_track_map'];

const [url = '', sandbox = '{}', concurrency = '8'] = process.argv.slice(2);
const { SPOTIFY_API_URL: api = '', SPOTIFY_ACCOUNTS_URL: accounts = '' } = JSON.parse(sandbox) as Record<string, string>;
const sql = postgres(url, { max: 2, onnotice() {} });
const ids = (await sql<{ album_id: string }[]>`select album_id from album_sources order by id`).map((row) => row.album_id);
const rows = new Map<string, Buffer[]>();
for (const table of TABLES) {
  const chunks: Buffer[] = [];
  const source = await sql.unsafe(`copy ${table} to stdout`).readable();
  source.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(source, 'end');
  rows.set(table, chunks);
  await sql.unsafe(`create table floor_${table} (like ${table})`);
}
const token = await fetchToken();

const startedAt = performance.now();
let next = 0;
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      const response = await fetch(`${api}/v1/albums/${id}`, { headers: { authorization: `Bearer ${token}` } });
      await response.arrayBuffer();
    }
  }),
);
const fetchedAt = performance.now();
for (const table of TABLES) {
  const sink = await sql.unsafe(`copy floor_${table} from stdin`).writable();
  for (const chunk of rows.get(table) ?? []) if (!sink.write(chunk)) await once(sink, 'drain');
  sink.end();
  await finished(sink);
}
const endedAt = performance.now();
await sql.end();
console.log(
  JSON.stringify({ seconds: (endedAt - startedAt) / 1000, fetchSeconds: (fetchedAt - startedAt) / 1000, copySeconds: (endedAt - fetchedAt) / 1000 }),
);

async function fetchToken(): Promise<string> {
  const response = await fetch(`${accounts}/api/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('bench:bench').toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
