import { chanceOf } from '#shared/domain/hash.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A text as somebody in a hurry types it: one or two letters wrong, two words swapped, or accents left out; `n` draws which. */
export function misspell(text: string, n: number): string {
  const kind = Math.floor(chanceOf(41, n) * 4);
  if (kind === 3) return swapWords(withEdits(text, n, 1), n);
  const typed = kind === 2 ? text.normalize('NFD').replaceAll(/\p{M}/gu, '') : text;
  return withEdits(typed, n, kind === 0 ? 2 : 1);
}

function withEdits(text: string, n: number, edits: number): string {
  let letters = Array.from(text);
  for (let edit = 0; edit < edits; edit++) {
    const draw = (salt: number) => chanceOf(salt + 10 * edit, n);
    const at = Math.floor(draw(50) * (letters.length - 1));
    const letter = LETTERS[Math.floor(draw(51) * LETTERS.length)] ?? 'x';
    const kind = Math.floor(draw(52) * 4);
    letters =
      kind === 0
        ? letters.toSpliced(at, 1)
        : kind === 1
          ? letters.toSpliced(at, 0, letter)
          : kind === 2
            ? letters.toSpliced(at, 1, letter)
            : letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? '');
  }
  return letters.join('');
}

function swapWords(text: string, n: number): string {
  const words = text.split(' ');
  if (words.length < 2) return text;
  const at = Math.floor(chanceOf(60, n) * (words.length - 1));
  return words.toSpliced(at, 2, words[at + 1] ?? '', words[at] ?? '').join(' ');
}
