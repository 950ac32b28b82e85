/** Most lines in one intake: a day's work for the request budget of one Spotify app. */
export const INTAKE_LINES_MAX = 10_000;
/** Most characters in one intake: five times what 10,000 links need. Longer is a wrong file. */
export const INTAKE_BYTES_MAX = 4_000_000;

export interface IntakeLine {
  /** Counts from 1 in the text as given, blank lines included. */
  readonly lineNumber: number;
  readonly given: string;
}

/**
 * Cuts a paste or a file into links, one a line. A table works too: of a line's columns or words those that look like Spotify links
 * are taken, each as a line of its own with the same number; a line with none is kept as it is, so that it can be refused by name.
 */
export function splitIntake(text: string): { readonly lines: readonly IntakeLine[]; readonly blankLines: number } {
  const lines: IntakeLine[] = [];
  let blankLines = 0;
  const rows = text.replace(/^\ufeff/, '').split(/\r\n|[\n\r\u2028\u2029]/);
  // The end of the last line is not a blank line.
  if (rows.at(-1) === '') rows.pop();
  rows.forEach((row, index) => {
    const line = row.replace(CONTROL, ' ').trim();
    if (line.replace(/[\s",;]/g, '') === '') blankLines += 1;
    else for (const given of linksIn(line)) lines.push({ lineNumber: index + 1, given });
  });
  return { lines, blankLines };
}

/** Bytes of a file that is no text; the database could not store some of them. */
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
