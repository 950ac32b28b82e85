/** Maximum lines of one import: about a day's request budget of one Spotify app. */
export const IMPORT_LINES_MAX = 10_000;
/** Maximum characters of one import: five times what 10,000 links need. A longer text is the wrong file. */
export const IMPORT_CHARS_MAX = 4_000_000;

export interface ImportLine {
  /** Counts from 1 in the original text, blank lines included. */
  readonly lineNumber: number;
  readonly given: string;
}

export interface SplitImport {
  readonly lines: readonly ImportLine[];
  readonly blankLines: number;
}

/** Work between two pauses: a few milliseconds at most. */
const STEP_CHARS = 5_000;

/**
 * Splits pasted text or a file into links, one per line. Accepts tables too: every column or word that looks like a Spotify link becomes a line with the
 * same line number. A line without one is kept unchanged, so that it can be reported as failed.
 */
export function splitImport(text: string): SplitImport {
  const steps = splitImportInSteps(text);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The same with a pause after every millisecond of work, for a server that has other things to do. */
export function* splitImportInSteps(text: string): Generator<void, SplitImport> {
  const lines: ImportLine[] = [];
  let [lineNumber, blankLines, chars] = [0, 0, 0];
  for (const row of rowsOf(text.replace(/^\ufeff/, ''))) {
    lineNumber += 1;
    // A single row may be as long as the whole text; each look at all of it is a step.
    const isLong = row.length > STEP_CHARS;
    if (isLong) yield;
    const line = row.replace(CONTROL, ' ').trim();
    if (isLong) yield;
    const hasText = !isBlank(line);
    if (isLong) yield;
    if (hasText) for (const given of yield* linksIn(line)) lines.push({ lineNumber, given });
    else blankLines += 1;
    chars += row.length + 1;
    if (chars < STEP_CHARS) continue;
    chars = 0;
    yield;
  }
  return { lines, blankLines };
}

const [SPACE, DOUBLE_QUOTE, COMMA, SEMICOLON] = [0x20, 0x22, 0x2c, 0x3b];

/** Whether a line has nothing but separators. A loop, because a pattern takes ten times as long for millions of commas. */
function isBlank(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code > SPACE && code !== DOUBLE_QUOTE && code !== COMMA && code !== SEMICOLON) return !/[^\s",;]/.test(line.slice(at));
  }
  return true;
}

/** The rows of a text. A line break at the end does not start another one. */
function* rowsOf(text: string): Generator<string> {
  let start = 0;
  for (const end of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) {
    yield text.slice(start, end.index);
    start = end.index + end[0].length;
  }
  if (start < text.length) yield text.slice(start);
}

/** Control characters of a file that is not text; Postgres cannot store some of them. */
// oxlint-disable-next-line no-control-regex -- these are the characters that must go
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function* linksIn(line: string): Generator<void, readonly string[]> {
  const links: string[] = [];
  let first: string | undefined;
  let chars = 0;
  for (const [word] of line.matchAll(/[^,;\s]+/g)) {
    const column = unquote(word);
    if (column !== '') first ??= column;
    if (/spotify(\.com|\.link|:)/i.test(column)) links.push(column);
    chars += word.length + 1;
    if (chars < STEP_CHARS) continue;
    chars = 0;
    yield;
  }
  if (links.length > 0) return links;
  return [first !== undefined && /^[0-9A-Za-z]{22}$/.test(first) ? first : line];
}

/** A loop, because a pattern for the end of a text takes quadratic time where a text has many quotes. */
function unquote(column: string): string {
  let [start, end] = [0, column.length];
  while (start < end && `"'<`.includes(column.charAt(start))) start += 1;
  while (end > start && `"'>`.includes(column.charAt(end - 1))) end -= 1;
  return column.slice(start, end);
}
