import fs from 'node:fs';
import { parseEnv } from 'node:util';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** Numbers of the lines that are no assignment, comment or part of a quoted value. */
  readonly oddLines: readonly number[];
}

const ASSIGNMENT = /^\s*(?:export\s+)?[\w.-]+\s*=\s*(.*)$/;

/**
 * Reads a .env file in UTF-8, with or without a byte order mark, with any line ends. A missing file is an empty one. Throws a StartError for a file that
 * cannot be read or has another encoding, which would otherwise be ignored as a whole.
 */
export function readEnvFile(file: string): EnvFile {
  if (!fs.existsSync(file)) return { values: {}, oddLines: [] };
  const text = decodeText(readBytes(file), file).replaceAll(/\r\n?/g, '\n');
  const values = Object.fromEntries(Object.entries(parseEnv(text)).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return { values, oddLines: findOddLines(text) };
}

function readBytes(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new StartError(`${file} cannot be read (${code}). Make it readable for this user, or remove it.`, { exitCode: EXIT_CONFIG, cause });
  }
}

function decodeText(bytes: Buffer, file: string): string {
  const isUtf16 = ['fffe', 'feff'].includes(bytes.subarray(0, 2).toString('hex')) || bytes.includes(0);
  try {
    // The decoder drops a byte order mark.
    if (!isUtf16) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Another 8-bit encoding: refused below.
  }
  throw new StartError(`${file} is saved ${isUtf16 ? 'as UTF-16' : 'in another encoding than UTF-8'}. Save it as UTF-8.`, { exitCode: EXIT_CONFIG });
}

function findOddLines(text: string): number[] {
  let openQuote: string | undefined;
  const odd: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (openQuote !== undefined) {
      if (line.includes(openQuote)) openQuote = undefined;
      continue;
    }
    const value = ASSIGNMENT.exec(line)?.[1];
    if (value === undefined && line.trim() !== '' && !line.trim().startsWith('#')) odd.push(index + 1);
    const quote = value === undefined ? undefined : /^["'`]/.exec(value)?.[0];
    if (quote !== undefined && value !== undefined && !value.slice(1).includes(quote)) openQuote = quote;
  }
  return odd;
}
