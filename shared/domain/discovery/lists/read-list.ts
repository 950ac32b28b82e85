import { columnsOf, trackOfRow } from './list-columns.ts';
import type { ListedLine, ReadList } from './listed-track.ts';
import { readJspf } from './read-jspf.ts';
import { readLine } from './read-line.ts';
import { readTable } from './read-table.ts';

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
const SEPARATORS = [',', ';', '\t'] as const;
const HEAD_CHARS = 4_000;
const STEP_LINES = 50;

/** Reads a list in any of its forms: JSPF, a table whose first row names its columns, or lines. Pauses often. */
export function* readList(given: string): Generator<void, ReadList> {
  const text = given.replace(/^\ufeff/, '');
  if (/^\s*\{/.test(text)) {
    const read = readJspf(text);
    if (read) return read;
  }
  const head =
    text
      .slice(0, HEAD_CHARS)
      .split(LINE_BREAK)
      .find((row) => row.trim() !== '') ?? '';
  for (const separator of SEPARATORS) {
    const columns = columnsOf(head.split(separator).map((cell) => cell.replaceAll('"', '')));
    if (!columns) continue;
    const rows = yield* readTable(text, separator);
    const header = rows.findIndex(({ cells }) => cells.some((cell) => cell !== ''));
    const filled = rows.slice(header + 1).filter(({ cells }) => cells.some((cell) => cell !== ''));
    const tracks: ListedLine[] = [];
    for (const row of filled) {
      tracks.push(trackOfRow(columns, row));
      if (tracks.length % STEP_LINES === 0) yield;
    }
    return { format: 'csv', name: null, tracks, blank: rows.length - 1 - filled.length };
  }
  return yield* readLines(text);
}

function* readLines(text: string): Generator<void, ReadList> {
  const tracks: ListedLine[] = [];
  const lines = text.split(LINE_BREAK);
  // A line break at the end does not start another line.
  if (lines.at(-1) === '') lines.pop();
  let blank = 0;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') blank += 1;
    else tracks.push(readLine(at + 1, line));
    if (at % STEP_LINES === 0) yield;
  }
  return { format: 'lines', name: null, tracks, blank };
}
