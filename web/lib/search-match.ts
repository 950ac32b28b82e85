/** Normalizes text for comparison: lowercase, without accents. */
export const normalizeText = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** True when the texts contain every word of the query, ignoring case and accents. An empty query matches everything. */
export function matchesSearch(query: string, texts: readonly (string | null)[]): boolean {
  const haystack = normalizeText(texts.filter((text) => text !== null).join(' '));
  const words = normalizeText(query).split(/\s+/u).filter(Boolean);
  return words.every((word) => haystack.includes(word));
}
