import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import { sql } from 'drizzle-orm';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createBenchDeps } from './bench-deps.ts';
import { openBenchDatabase } from './bench-database.ts';
import { reportFigure, reportObserved } from './figures.ts';
import { getRequest, loadAtRate, loadSteadily, percentile } from './http-load.ts';

const PLAYLISTS = 667;
const DAYS = 7;
const TRACKS = 2_000;
const CONNECTIONS = 50;
const ROUNDS = 3;
const ROUND_S = 3;
const WRITES = 20;
const MIX_PER_SECOND = 150;
const MIX_S = Number(process.env['READ_SECONDS'] ?? 20);
/** Far more often than a network is written to outside its nightly run. */
const WRITE_EVERY_MS = 10_000;

const inputOf = (input: unknown) => encodeURIComponent(JSON.stringify(input));
const PATHS = {
  status: '/trpc/auth.status?batch=1&input=%7B%7D',
  playlist: `/trpc/playlists.playlist?batch=1&input=${inputOf({ 0: { index: 5 } })}`,
  wall: '/trpc/playlists.overview?batch=1&input=%7B%7D',
};
/** The wall and a playlist at half the rate of a handler that only sends the same bytes; the smallest answer at 0.3 of it. */
const RATIOS = { status: 0.3, playlist: 0.5, wall: 0.5 };

/** Public pages of a network of 667 playlists over seven days, as anonymous browsers read them, against a bare Express that sends the same compressed bytes. */
export async function benchRead(): Promise<void> {
  await using database = await openBenchDatabase();
  const deps = createBenchDeps(database.url, new Date());
  try {
    await fill(deps);
    await using segue = await startServer(['segue', database.url]);
    await using bare = await startServer(['bare', segue.url, ...Object.values(PATHS)]);
    await compare(segue.url, bare.url);
    await readAfterWrites(deps, segue.url);
    await readMixed(deps, segue.url);
  } finally {
    await deps.close();
  }
}

type BenchDeps = ReturnType<typeof createBenchDeps>;

/** Each server in turn, three times, so that what else runs on the machine slows both. */
async function compare(segueUrl: string, bareUrl: string): Promise<void> {
  for (const [at, name] of (['status', 'playlist', 'wall'] as const).entries()) {
    const load = { connections: CONNECTIONS, seconds: ROUND_S };
    const [own, plain] = [getRequest(PATHS[name]), getRequest(`/${at}`)];
    await loadSteadily(segueUrl, own, { ...load, seconds: 1 });
    await loadSteadily(bareUrl, plain, { ...load, seconds: 1 });
    const rates = { segue: 0, bare: 0 };
    const [latencies, bareLatencies]: [number[], number[]] = [[], []];
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const measured = await loadSteadily(segueUrl, own, load);
      rates.segue += measured.perSecond / ROUNDS;
      const compared = await loadSteadily(bareUrl, plain, load);
      rates.bare += compared.perSecond / ROUNDS;
      bareLatencies.push(...compared.latenciesMs);
      latencies.push(...measured.latenciesMs);
      refused += measured.refused;
    }
    reportObserved(`read.${name}.per-second`, rates.segue, `requests/s (bare Express ${Math.round(rates.bare)})`);
    reportFigure(`read.${name}.ratio`, rates.segue / rates.bare, { atLeast: RATIOS[name] });
    reportObserved(`read.${name}.bare-p99-ms`, percentile(bareLatencies, 0.99), 'ms');
    reportFigure(`read.${name}.p99-ms`, percentile(latencies, 0.99), { atMost: 60 });
    reportFigure(`read.${name}.refused`, refused, { atMost: 0 });
  }
}

async function readAfterWrites(deps: BenchDeps, url: string): Promise<void> {
  const longest = { wall: 0, playlist: 0 };
  for (let n = 0; n < WRITES; n += 1) {
    for (const page of ['wall', 'playlist'] as const) {
      await write(deps, n);
      const startedAt = performance.now();
      const answer = await fetch(`${url}${PATHS[page]}`);
      const text = await answer.text();
      longest[page] = Math.max(longest[page], performance.now() - startedAt);
      if (!text.includes(`Written ${n}.`)) throw new Error('A write was not in the next answer.');
    }
  }
  reportFigure('read.wall.after-write-ms', longest.wall, { atMost: 250 });
  reportFigure('read.playlist.after-write-ms', longest.playlist, { atMost: 250 });
}

/** Visits at a fixed rate, while the network is written to. */
async function readMixed(deps: BenchDeps, url: string): Promise<void> {
  let writes = 0;
  const writing = setInterval(() => void write(deps, (writes += 1)), WRITE_EVERY_MS);
  const mixed = await loadAtRate(url, visit, { perSecond: MIX_PER_SECOND, seconds: MIX_S });
  clearInterval(writing);
  reportObserved('read.mix.p50-ms', percentile(mixed.latenciesMs, 0.5), `ms over ${MIX_S} s with ${writes} writes`);
  reportFigure('read.mix.p95-ms', percentile(mixed.latenciesMs, 0.95), { atMost: 80 });
  reportFigure('read.mix.refused', mixed.refused, { atMost: 0 });
}

/** One visit: most open the wall or a playlist, well-known playlists more often. */
function visit(): string {
  const [draw, index] = [Math.random(), Math.ceil(PLAYLISTS ** Math.random())];
  if (draw < 0.4) return `/trpc/auth.status,playlists.overview?batch=1&input=%7B%7D`;
  if (draw < 0.8) return `/trpc/auth.status,playlists.playlist?batch=1&input=${inputOf({ 1: { index } })}`;
  if (draw < 0.9) return `/trpc/playlists.history?batch=1&input=${inputOf({ 0: { index } })}`;
  return `/trpc/playlists.trends?batch=1&input=${inputOf({ 0: { index } })}`;
}

const write = (deps: BenchDeps, n: number) => deps.db.execute(sql`update playlists set blurb = ${`Written ${n}.`} where global_index = 5`);

/** Every playlist published on each of the last days, fifty tracks each, by SQL: as curation would, but in seconds. */
async function fill(deps: BenchDeps): Promise<void> {
  const tracks = await seedTracks(deps.db, catalogTrackIds(createGeneratedCatalog({ albums: 400, seed: 1 }), TRACKS));
  const first = await seedPlaylist(deps.db, 1);
  for (let index = 2; index <= PLAYLISTS; index += 1) await seedPlaylist(deps.db, index);
  const today = deps.now().toISOString().slice(0, 10);
  await publish(deps.db, { playlistId: first, day: '2020-01-01', tracks: tracks.slice(0, 50) });
  await deps.db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into snapshots (playlist_id, batch_tag, policy_id, status, size, report, created_at)
      select p.id, ${today}::date - d, p.policy_id, 'published', 50, (select report from snapshots limit 1), now() from playlists p, generate_series(0, ${DAYS - 1}::int) d`);
    await tx.execute(sql`
      with numbered as (select id, track_id, row_number() over (order by id) - 1 as n from recordings),
        stays as (
          insert into placements (playlist_id, recording_id, rest_scope, first_day, last_day, rest_days)
          select p.id, r.id, 'playlist:' || p.id, ${today}::date - d, ${today}::date - d, 0
          from playlists p, generate_series(0, ${DAYS - 1}::int) d, generate_series(0, 49) i join numbered r on true
          where r.n = (p.global_index * 3 + d * 50 + i) % ${TRACKS}::int returning id, playlist_id, recording_id, first_day)
      insert into playlist_entries_history (playlist_id, batch_tag, position, recording_id, track_id, placement_id, score, reasons, added_at)
      select s.playlist_id, s.first_day, row_number() over (partition by s.playlist_id, s.first_day order by s.id), s.recording_id, r.track_id, s.id, 1,
        (select reasons from playlist_entries_history limit 1), now() from stays s join numbered r on r.id = s.recording_id`);
  });
  await deps.db.execute(sql`analyze`);
}

/** The product's flags (package.json). */
const NODE_FLAGS = ['--max-semi-space-size=32', '--import', 'tsx'];

async function startServer(args: readonly string[]): Promise<{ readonly url: string; [Symbol.asyncDispose]: () => Promise<void> }> {
  const path = fileURLToPath(new URL('./read-server.ts', import.meta.url));
  const child = fork(path, args, { execArgv: NODE_FLAGS, env: { ...process.env, NODE_ENV: 'production' } });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
