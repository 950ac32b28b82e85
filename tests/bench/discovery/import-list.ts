import { indexSearch } from '#server/use-cases/discovery/search/index-search.ts';
import { matchList } from '#server/use-cases/discovery/lists/match-list.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Client } from 'pg';
import { openBenchDatabase } from '../bench-database.ts';
import { createBenchDeps } from '../bench-deps.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { insertSongs, songsToSearch } from './searched-catalog.ts';
import { misspell } from './misspell.ts';

const RECORDINGS = Number(process.env['SEARCH_RECORDINGS'] ?? 100_000);
const LINES = 10_000;
const SECONDS_MAX = 20;
const PAUSE_MS_MAX = 150;
const FOUND_MIN = 0.97;

/** A pasted list of ten thousand lines: most as they are, a fifth misspelled, a tenth junk. */
export async function benchImportList(): Promise<void> {
  await using database = await openBenchDatabase();
  const { songs } = songsToSearch(RECORDINGS);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const deps = createBenchDeps(database.url, new Date());
  try {
    await insertSongs(client, songs);
    await indexSearch(deps, { signal: new AbortController().signal, report: async () => {} });
    const wanted = Array.from({ length: LINES }, (_, line) => Math.floor(chanceOf(71, line) * songs.length));
    const lines = wanted.map((song, line) => {
      const text = `${songs[song]!.artist} - ${songs[song]!.title}`;
      return line % 10 === 0 ? `junk ${line} of no song at all` : line % 5 === 1 ? misspell(text, line) : text;
    });
    await matchList(deps, { text: lines.slice(0, 10).join('\n') });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const list = await matchList(deps, { text: lines.join('\n') });
    const seconds = (performance.now() - started) / 1_000;
    delay.disable();
    const found = (isWanted: (line: number) => boolean) => {
      const asked = list.lines.filter(({ line }) => isWanted(line - 1));
      const right = asked.filter(({ line, track, others }) => [track, ...others].some((one) => one?.recordingId === (wanted[line - 1] ?? 0) + 1));
      return right.length / asked.length;
    };
    reportFigure('import-list.seconds', seconds, { atMost: SECONDS_MAX });
    reportFigure('import-list.longest_pause_ms', delay.max / 1e6, { atMost: PAUSE_MS_MAX });
    reportFigure(
      'import-list.found_as_written',
      found((line) => line % 10 !== 0 && line % 5 !== 1),
      { atLeast: FOUND_MIN },
    );
    reportObserved(
      'import-list.found_misspelled',
      found((line) => line % 5 === 1),
      'of the misspelled lines',
    );
    reportObserved('import-list.matched', list.counts.matched, 'lines');
  } finally {
    await deps.close();
    await client.end();
  }
}
