/** A row of a table, and the line on which it begins, from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quoted cell that is longer has a quotation mark that was never closed, which is then taken as it is. */
const QUOTED_CHARS_MAX = 5_000;
const STEP_ROWS = 50;

/** Reads comma-separated values (RFC 4180) with any one-character separator. Pauses often. A blank line is a row with one empty cell. */
export function* readTable(text: string, separator: string): Generator<void, TableRow[]> {
  const rows: TableRow[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const row = readRow(text, at, separator);
    rows.push({ line, cells: row.cells });
    line += row.lines;
    at = row.end;
    if (rows.length % STEP_ROWS === 0) yield;
  }
  return rows;
}

function readRow(text: string, start: number, separator: string): { cells: string[]; end: number; lines: number } {
  const cells: string[] = [];
  let [at, lines] = [start, 1];
  for (;;) {
    const cell = readCell(text, at, separator);
    cells.push(cell.value);
    lines += cell.breaks;
    if (text[cell.end] === separator) {
      at = cell.end + 1;
      continue;
    }
    const isPair = text[cell.end] === '\r' && text[cell.end + 1] === '\n';
    return { cells, end: cell.end + (isPair ? 2 : 1), lines };
  }
}

function readCell(text: string, start: number, separator: string): { value: string; end: number; breaks: number } {
  const quoted = text[start] === '"' ? readQuoted(text, start + 1) : undefined;
  let end = quoted?.end ?? start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  if (!quoted) return { value: text.slice(start, end).trim(), end, breaks: 0 };
  return { value: quoted.value.trim(), end, breaks: quoted.value.split(/\r\n|\r|\n/).length - 1 };
}

function readQuoted(text: string, start: number): { value: string; end: number } | undefined {
  const limit = Math.min(text.length, start + QUOTED_CHARS_MAX);
  for (let at = start; at < limit; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at += 1;
    else return { value: text.slice(start, at).replaceAll('""', '"'), end: at + 1 };
  }
  return undefined;
}
