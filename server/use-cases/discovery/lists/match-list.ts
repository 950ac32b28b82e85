import type { Deps } from '#server/deps.ts';
import { findRecordingRefs } from '#server/repos/catalog/recording-refs.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { runInSteps } from '#server/use-cases/run-in-steps.ts';
import type { ImportListInput, ImportListView } from '#shared/contracts/discovery/import-list.ts';
import { ListJudge } from '#shared/domain/discovery/lists/list-judge.ts';
import type { ListedLine, ReadList } from '#shared/domain/discovery/lists/listed-track.ts';
import { readList } from '#shared/domain/discovery/lists/read-list.ts';
import { toImportedLines } from '#shared/domain/discovery/lists/imported-lines.ts';
import { cutText } from '#shared/domain/text.ts';
import { AppError } from '#shared/errors.ts';
import { findByTitle, findByWords, findMisspelled } from './find-list-candidates.ts';
import type { ListCandidates } from './find-list-candidates.ts';

const LINES_MAX = 10_000;
const CHARS_MAX = 4_000_000;
/** Lines whose words are also looked for misspelled: it takes the index ten times as long as words that are spelled right. */
const MISSPELLED_LINES_MAX = 2_000;
/** Below, another recording may fit better: the same song in another version is a match, too. */
const SURE_FROM = 0.95;

/**
 * Matches a pasted list or a file with the catalog: each line with its recording, how sure that is, and what else it may be. No line is lost and nothing
 * is stored. Throws `too_large` or `invalid_input` for a text that is too long, has too many lines, or is empty.
 */
export async function matchList(deps: Pick<Deps, 'db' | 'stream' | 'caches'>, input: ImportListInput): Promise<ImportListView> {
  const list = await readWithinLimits(input.text);
  const { catalog, rowOf } = await getCachedCatalog(deps, { texts: true });
  const judge = new ListJudge(catalog);
  const rowsOf = (ids: readonly number[]) => ids.map((id) => rowOf[id] ?? -1).filter((row) => row >= 0);
  const refs = await findRecordingRefs(deps.db, {
    ids: [],
    isrcs: [...new Set(list.tracks.flatMap(({ isrc }) => isrc ?? []))],
    trackIds: [...new Set(list.tracks.flatMap(({ trackId }) => trackId ?? []))],
  });
  for (const track of list.tracks) {
    const [byTrack] = rowsOf([refs.byTrack.get(track.trackId ?? '') ?? -1]);
    const [byIsrc] = rowsOf([refs.byIsrc.get(track.isrc ?? '') ?? -1]);
    if (byTrack !== undefined) judge.decide(track, { row: byTrack, by: 'link' });
    else if (byIsrc !== undefined) judge.decide(track, { row: byIsrc, by: 'isrc' });
  }
  const lookUp = async (find: (tracks: readonly ListedLine[]) => Promise<ListCandidates>, linesMax = LINES_MAX) => {
    const open = list.tracks
      .filter((track) => track.readings.length > 0 && track.problem === null && judge.confidenceOf(track) < SURE_FROM)
      .toSorted((a, b) => judge.confidenceOf(a) - judge.confidenceOf(b));
    const candidates = await find(open.slice(0, linesMax));
    await runInSteps(judge.consider([...candidates].map(([track, ids]) => ({ track, rows: rowsOf(ids) }))));
    return open.slice(linesMax);
  };
  await lookUp((tracks) => findByTitle(deps, tracks));
  await lookUp((tracks) => findByWords(deps, tracks));
  const notCorrected = new Set(await lookUp((tracks) => findMisspelled(deps, tracks), MISSPELLED_LINES_MAX));
  const lines = await runInSteps(toImportedLines(list.tracks, judge, notCorrected));
  const count = (status: string) => lines.filter((line) => line.status === status).length;
  return {
    format: list.format,
    name: list.name ?? nameOf(input.fileName),
    lines,
    counts: {
      matched: count('matched'),
      unsure: count('unsure'),
      unmatched: count('unmatched'),
      notMusic: count('not_music'),
      duplicates: lines.filter(({ duplicateOf }) => duplicateOf !== null).length,
      blank: list.blank,
    },
  };
}

async function readWithinLimits(text: string): Promise<ReadList> {
  if (text.length > CHARS_MAX) {
    throw new AppError('too_large', {
      message: `The list is ${(text.length / 1e6).toFixed(1)} MB; the maximum is ${CHARS_MAX / 1e6} MB.`,
      remedy: 'Split it into smaller parts and import them one after another.',
      field: 'text',
    });
  }
  const list = await runInSteps(readList(text));
  if (list.tracks.length > LINES_MAX) {
    throw new AppError('invalid_input', {
      message: `The list has ${list.tracks.length.toLocaleString('en')} lines; the maximum is ${LINES_MAX.toLocaleString('en')}.`,
      remedy: `Paste the first ${LINES_MAX.toLocaleString('en')} lines, then the rest.`,
      field: 'text',
    });
  }
  if (list.tracks.length === 0) {
    throw new AppError('invalid_input', {
      message: 'The list is empty.',
      remedy: 'Paste lines such as “Artist - Title”, links to tracks, or a CSV or JSPF file.',
      field: 'text',
    });
  }
  return list;
}

/** The name of a file without its ending. */
function nameOf(fileName: string | undefined): string | null {
  const bare = cutText(
    (fileName ?? '')
      .replace(/\.[^.]{1,5}$/, '')
      .replaceAll(/[_\s]+/g, ' ')
      .trim(),
    100,
  );
  return bare === '' ? null : bare;
}
