/** More words than this narrow a search no further. */
const WORDS_MAX = 12;

/** The words of a search as they are compared: letters, marks and digits, in lower case. */
export function searchWords(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu))].slice(0, WORDS_MAX);
}
