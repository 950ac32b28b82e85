import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Reads a gzipped CSV file with a header line; quoted fields may contain commas, quotes and line breaks. */
export function readCsv(path: string): Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = parse(gunzipSync(readFileSync(path)).toString('utf8'));
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;
  for (let match = field.exec(text); match && match.index < text.length; match = field.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
