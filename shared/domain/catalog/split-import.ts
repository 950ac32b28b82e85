/** Maximum lines of one import: about a day's request budget of one Spotify app. */
export const IMPORT_LINES_MAX = 10_000;
/** Maximum characters of one import: five times what 10,000 links need. A longer text is the wrong file. */
export const IMPORT_CHARS_MAX = 4_000_000;

export interface ImportLine {
  /** Counts from 1 in the original text, blank lines included. */
  readonly lineNumber: number;
  readonly given: string;
}

/**
 * Splits pasted text or a file into links, one per line. Accepts tables too: every column or word that looks like a Spotify link becomes a line with the
 * same line number. A line without one is kept unchanged, so that it can be reported as failed.
 */
export function splitImport(text: string): { readonly lines: readonly ImportLine[]; readonly blankLines: number } {
  const lines: ImportLine[] = [];
  let blankLines = 0;
  const rows = text.replace(/^\ufeff/, '').split(/\r\n|[\n\r\u2028\u2029]/);
  // A line break at the end does not start a blank line.
  if (rows.at(-1) === '') rows.pop();
  rows.forEach((row, index) => {
    const line = row.replace(CONTROL, ' ').trim();
    if (line.replace(/[\s",;]/g, '') === '') blankLines += 1;
    else for (const given of linksIn(line)) lines.push({ lineNumber: index + 1, given });
  });
  return { lines, blankLines };
}

/** Control characters of a file that is not text; Postgres cannot store some of them. */
// oxlint-disable-next-line no-control-regex -- these are the characters that must go
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function linksIn(line: string): readonly string[] {
  const columns = line
    .split(/[,;\t\s]+/)
    .map(unquote)
    .filter((column) => column !== '');
  const links = columns.filter((column) => /spotify(\.com|\.link|:)/i.test(column));
  if (links.length > 0) return links;
  const [first = line] = columns;
  return [/^[0-9A-Za-z]{22}$/.test(first) ? first : line];
}

function unquote(column: string): string {
  return column.replace(/^["'<]+/, '').replace(/["'>]+$/, '');
}
