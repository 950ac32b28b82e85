import type { ImportedLine } from '#shared/contracts/discovery/import-list.ts';
import { MATCHED_FROM, UNSURE_FROM } from './judge-match.ts';
import type { LineVerdict, ListJudge } from './list-judge.ts';
import { describeLineProblem } from './listed-track.ts';
import type { LineProblem, ListedLine } from './listed-track.ts';

const NOT_MUSIC: ReadonlySet<LineProblem> = new Set(['podcast', 'album_link', 'artist_link', 'playlist_link', 'other_link']);
/** Another recording that is almost as likely is offered even where a line is matched. */
const CLOSE = 0.05;
const STEP_LINES = 500;

/** The lines of a list as people see them, in their order; each with its recording, what else it may be, and what is wrong with it. Pauses often. */
export function* toImportedLines(
  tracks: readonly ListedLine[],
  judge: ListJudge,
  notCorrected: ReadonlySet<ListedLine>,
): Generator<void, ImportedLine[]> {
  const firstLineOf = new Map<number, number>();
  const lines: ImportedLine[] = [];
  for (const track of tracks) {
    const line = toLine(track, judge.verdictOf(track), notCorrected.has(track));
    const id = line.track?.recordingId;
    const isChosen = id !== undefined && (line.status === 'matched' || line.status === 'unsure');
    const duplicateOf = isChosen ? (firstLineOf.get(id) ?? null) : null;
    if (isChosen && duplicateOf === null) firstLineOf.set(id, track.line);
    lines.push({ ...line, duplicateOf });
    if (lines.length % STEP_LINES === 0) yield;
  }
  return lines;
}

function toLine(track: ListedLine, { by, candidates }: LineVerdict, isNotCorrected: boolean): ImportedLine {
  const [best, ...rest] = candidates;
  const confidence = best?.confidence ?? 0;
  const status =
    track.problem !== null && NOT_MUSIC.has(track.problem)
      ? 'not_music'
      : confidence >= MATCHED_FROM
        ? 'matched'
        : confidence >= UNSURE_FROM
          ? 'unsure'
          : 'unmatched';
  const isKept = status === 'matched' || status === 'unsure';
  const others = status === 'matched' ? rest.filter((other) => other.confidence > confidence - CLOSE) : isKept ? rest : candidates;
  return {
    line: track.line,
    given: track.given,
    status,
    track: isKept ? (best ?? null) : null,
    confidence: isKept ? confidence : 0,
    by: isKept ? by : null,
    others: by === 'words' ? others.slice(0, 4) : [],
    duplicateOf: null,
    note: noteOf(track, { status, by, isNotCorrected }),
  };
}

interface Said {
  readonly status: ImportedLine['status'];
  readonly by: LineVerdict['by'];
  readonly isNotCorrected: boolean;
}

function noteOf(track: ListedLine, { status, by, isNotCorrected }: Said): string | null {
  if (track.problem !== null) return describeLineProblem(track.problem);
  if (status === 'unmatched') {
    if (track.readings.length === 0) return 'This track is not in the catalog. Search for its title, or submit its album.';
    if (track.isLocalFile) return 'A local file, and nothing in the catalog fits. Search for it.';
    if (isNotCorrected)
      return 'Nothing in the catalog fits as it is spelled. In long lists only the first lines are looked for misspelled: paste this one again.';
    return 'Nothing in the catalog fits. Search for it, or submit its album.';
  }
  if (track.isLocalFile) return 'A local file, matched by artist and title.';
  if (by === 'words' && track.trackId !== null) return 'The linked track is not in the catalog. Matched by artist and title.';
  return status === 'unsure' ? 'Check this match, or choose another.' : null;
}
