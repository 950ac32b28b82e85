import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The files of a @fontsource package by the characters they hold. A package splits a face into slices; only those that a text needs are loaded. */

const resolve = createRequire(import.meta.url).resolve;

export interface FontSlice {
  readonly file: string;
  /** First and last code points, in pairs. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** The slices of a package's stylesheet, such as `@fontsource-variable/archivo` and `standard.css`. Throws when the package is not installed. */
export function readSlices(packageName: string, stylesheet: string): readonly FontSlice[] {
  const css = resolve(`${packageName}/${stylesheet}`);
  return readFileSync(css, 'utf8')
    .split('@font-face')
    .flatMap((rule) => {
      const file = /url\(\.\/([^)]+\.woff2)\)/u.exec(rule)?.[1];
      const ranges = /unicode-range:\s*([^;]+);/u.exec(rule)?.[1];
      return file ? [{ file: path.join(path.dirname(css), file), ranges: ranges ? parseRanges(ranges) : [[0, 0x10ffff] as const] }] : [];
    });
}

/** Whether a slice holds a code point. */
export function holdsCodePoint({ ranges }: FontSlice, codePoint: number): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

function parseRanges(text: string): readonly (readonly [number, number])[] {
  return text.split(',').map((part) => {
    const [first = '0', last = first] = part.trim().replace(/^U\+/iu, '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}
