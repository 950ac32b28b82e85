import { searchRecordings } from '#server/use-cases/playlists/search-recordings.ts';
import { whyNot } from '#server/use-cases/playlists/why-not.ts';
import { viewPlaylist } from '#server/use-cases/playlists/view-playlist.ts';
import { Client } from 'pg';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';
import type { LargeNetwork } from '#tests/support/network/large-network.ts';
import { createBenchDeps } from './bench-deps.ts';
import { openBenchDatabase } from './bench-database.ts';
import { runChild } from './child.ts';
import { reportFigure, reportObserved } from './figures.ts';

const TODAY = '2026-11-21';
const LARGE: LargeNetwork = { recordings: 1_000_000, playlists: 667, policies: 20, historyDays: 29, today: TODAY };
const QUESTIONS = 300;
const SEARCHES = ['Title 4711', 'Artist 99', 'no such thing', 'Ti', 'artist 7', 'TITLE 12'];

/** "Why this track" and "why not" on a million recordings with a month of placements, through the use-cases, on a real PostgreSQL. */
export async function benchExplain(): Promise<void> {
  await using database = await openBenchDatabase();
  await fillLargeNetwork(database.url, LARGE);
  const { outcome } = await runChild<{ outcome: string }>('./curate-day.ts', [database.url, TODAY]);
  console.log(outcome);
  const questions = await chooseQuestions(database.url);
  const deps = createBenchDeps(database.url, new Date(`${TODAY}T05:00:00Z`));
  try {
    const settings = { playlistNameTemplate: '{ThemeTag}', spotifyWebUrl: '' } as never;
    for (const question of [...questions.why, ...questions.whyNot].slice(0, 20)) await whyNot(deps, question);
    reportFigure('explain.why_p95_ms', p95(await timeEach(questions.why, (question) => whyNot(deps, question))), { atMost: 200 });
    reportFigure('explain.why_not_p95_ms', p95(await timeEach(questions.whyNot, (question) => whyNot(deps, question))), { atMost: 200 });
    const lists = questions.why.slice(0, 60);
    reportObserved('explain.playlist_p95_ms', p95(await timeEach(lists, ({ index }) => viewPlaylist({ ...deps, settings }, { index }))), 'ms');
    const searches = Array.from({ length: 10 }, () => SEARCHES).flat();
    reportObserved('explain.search_p95_ms', p95(await timeEach(searches, (query) => searchRecordings(deps, { query }))), 'ms');
  } finally {
    await deps.close();
  }
}

interface Question {
  readonly index: number;
  readonly day: string;
  readonly recordingId: number;
}

/** Entries of today's playlists, and recordings across the catalog: admitted, excluded, in their repeat window, and placed elsewhere. */
async function chooseQuestions(url: string): Promise<{ why: Question[]; whyNot: Question[] }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const why = await client.query<Question>(
      `select l.global_index as "index", h.batch_tag::text as day, h.recording_id as "recordingId" from playlist_entries_history h join playlists l on l.id = h.playlist_id
       where h.batch_tag = $1 order by hashint4(h.recording_id) limit $2`,
      [TODAY, QUESTIONS],
    );
    const whyNots = Array.from({ length: QUESTIONS }, (_, n) => ({
      index: 1 + ((n * 7) % LARGE.playlists),
      day: TODAY,
      recordingId: 1 + ((n * 7_919 * 31) % LARGE.recordings),
    }));
    return { why: why.rows, whyNot: whyNots };
  } finally {
    await client.end();
  }
}

async function timeEach<Q>(questions: readonly Q[], ask: (question: Q) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const question of questions) {
    const startedAt = performance.now();
    await ask(question);
    times.push(performance.now() - startedAt);
  }
  return times;
}

function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
}
