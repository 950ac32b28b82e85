import { hostileRequests, nestedLists } from '#tests/support/hostile/hostile-requests.ts';
import type { HostileRequest } from '#tests/support/hostile/hostile-requests.ts';
import { startHostileServer } from '#tests/support/hostile/hostile-server.ts';
import { connect } from 'node:net';
import { openBenchDatabase } from './bench-database.ts';
import { reportFigure, reportObserved } from './figures.ts';

const REQUESTS_MIN = 8_000;
const BOMBS = 10;
const CONNECTIONS = 600;
const HEALTH: HostileRequest = { name: 'health', method: 'GET', path: '/healthz', headers: {}, isOperator: false };
const WALL = 'GET /trpc/playlists.overview HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';

type Server = Awaited<ReturnType<typeof startHostileServer>>;

/** What hostile requests and too many requests cost a real server process: pauses of its event loop, memory, and the time of a health check. */
export async function benchHostile(): Promise<void> {
  await using database = await openBenchDatabase();
  await using server = await startHostileServer(database.url);
  const requests = hostileRequests(REQUESTS_MIN);
  // Every kind of request once, so that what a process needs to work at all is not counted.
  await server.sendAll(requests.filter((_, at) => at % 8 === 0));
  const before = await server.read();
  const statuses = await server.sendAll(requests);
  const after = await server.read();
  reportObserved('hostile.requests', requests.length, '');
  reportFigure('hostile.failed', statuses.filter((status) => status === 0 || status >= 500).length, { atMost: 0 });
  reportFigure('hostile.gap_ms', after.gapMs, { atMost: 100 });
  reportFigure('hostile.rss_growth_mb', after.rssMb - before.rssMb, { atMost: 100 });
  for (const isOperator of [false, true]) {
    const bombs = Promise.all(Array.from({ length: BOMBS }, () => server.send(nestedLists(isOperator))));
    reportFigure(`hostile.lists_${isOperator ? 'operator' : 'stranger'}_healthz_ms`, await slowestHealth(server, bombs), { atMost: 1_000 });
    reportFigure(`hostile.lists_${isOperator ? 'operator' : 'stranger'}_gap_ms`, (await server.read()).gapMs, { atMost: 100 });
  }
  const flood = floodOf(new URL(server.url));
  reportFigure('hostile.flood_healthz_ms', await slowestHealth(server, flood), { atMost: 1_000 });
  const counts = await flood;
  reportFigure('hostile.flood_failed', counts.failed, { atMost: 0 });
  reportObserved('hostile.flood_answered', counts.answered, 'requests');
  reportObserved('hostile.flood_refused', counts.refused, 'requests with 503');
}

/** Health checks one after another until the work is done. Returns the time of the slowest. */
async function slowestHealth(server: Server, work: Promise<unknown>): Promise<number> {
  let isDone = false;
  void work.finally(() => (isDone = true));
  let slowestMs = 0;
  while (!isDone) {
    const startedMs = performance.now();
    const status = await server.send(HEALTH);
    slowestMs = Math.max(slowestMs, status === 200 ? performance.now() - startedMs : Number.POSITIVE_INFINITY);
  }
  return slowestMs;
}

/** Opens all connections at once, each with three requests one after another. */
async function floodOf({ hostname, port }: URL): Promise<{ answered: number; refused: number; failed: number }> {
  const counts = { answered: 0, refused: 0, failed: 0 };
  const open = () =>
    new Promise<void>((resolve) => {
      let [left, text] = [3, ''];
      const socket = connect(Number(port), hostname, () => socket.write(WALL));
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
        if (!status || !/\r\n0\r\n\r\n$|"requestId":"[^"]*"\}+$|\}$/.test(text)) return;
        if (status === '200') counts.answered += 1;
        else if (status === '503') counts.refused += 1;
        else counts.failed += 1;
        text = '';
        left -= 1;
        if (left > 0) socket.write(WALL);
        else socket.end();
      });
      socket.on('error', () => (counts.failed += 1));
      socket.on('close', () => resolve());
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, open));
  return counts;
}
