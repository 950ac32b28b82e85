import type { Deps } from '#server/deps.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { Sandbox } from '#server/sandbox/start-sandbox.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { day } from '#shared/ids.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';
import { openBenchDatabase } from './bench-database.ts';
import { connectAs, openInstance } from '#tests/support/processes/instance.ts';
import { reportFigure } from './figures.ts';

/** Names without the day: with the day in the name, each new day costs one more write. */
const TEMPLATE_WITHOUT_DAY = 'Segue {ThemeTag} {GlobalIndex:000}';

/**
 * Counts the requests of a sync by kind of change: first sync, unchanged, five changed, all fifty changed, renamed. The minimum that the API allows: one
 * read before; for a change of up to a hundred tracks one PUT and one read back; for a new name one more PUT.
 */
export async function benchSync(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 200, seed: 1 } });
  const undated = openInstance(database.url, sandbox.env, { variables: { PLAYLIST_NAME_TEMPLATE: TEMPLATE_WITHOUT_DAY } });
  const dated = openInstance(database.url, sandbox.env);
  await connectAs(undated, 'segue-north');
  const playlist = await seedPlaylist(undated.db, 1);
  const tracks = await seedTracks(undated.db, catalogTrackIds(sandbox.catalog, 150));
  const list = (from: number, count: number) => tracks.slice(from, from + count);
  const put = (on: string, chosen: typeof tracks) => publish(undated.db, { playlistId: playlist, day: on, tracks: chosen });

  await put('2026-11-01', list(0, 50));
  report('first', await measure(undated, sandbox, '2026-11-01'), { reads: 2, writes: 2 });
  report('unchanged', await measure(undated, sandbox, '2026-11-01'), { reads: 1, writes: 0 });
  await put('2026-11-02', [...list(0, 45), ...list(50, 5)]);
  report('five-changed', await measure(undated, sandbox, '2026-11-02'), { reads: 2, writes: 1 });
  await put('2026-11-03', list(100, 50));
  report('fifty-changed', await measure(undated, sandbox, '2026-11-03'), { reads: 2, writes: 1 });
  await put('2026-11-04', list(0, 50));
  report('fifty-changed-and-renamed', await measure(dated, sandbox, '2026-11-04'), { reads: 2, writes: 2 });
  await undated.close();
  await dated.close();
}

interface Requests {
  readonly reads: number;
  readonly writes: number;
}

function report(name: string, actual: Requests, minimum: Requests): void {
  reportFigure(`sync.${name}.reads`, actual.reads, { atMost: minimum.reads });
  reportFigure(`sync.${name}.writes`, actual.writes, { atMost: minimum.writes });
}

async function measure(deps: Deps, { spotify }: Sandbox, on: string): Promise<Requests> {
  spotify.control.clearRequests();
  await syncPlaylists(deps, { day: day.parse(on), signal: new AbortController().signal });
  const requests = spotify.control.requests().filter(({ service }) => service === 'api');
  const reads = requests.filter(({ method }) => method === 'GET').length;
  return { reads, writes: requests.length - reads };
}
