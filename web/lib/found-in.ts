/** Normalizes text for comparison: lowercase, without accents. */
export const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** True when the texts contain every word of the query, ignoring case and accents. An empty query matches everything. */
export function isFoundIn(query: string, texts: readonly (string | null)[]): boolean {
  const haystack = plain(texts.filter((text) => text !== null).join(' '));
  const words = plain(query).split(/\s+/u).filter(Boolean);
  return words.every((word) => haystack.includes(word));
}
