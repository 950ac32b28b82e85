import { foldText } from '#shared/domain/catalog/text-match.ts';

/** True when the texts contain every word of the query, as `foldText` compares them. An empty query matches everything. */
export function matchesSearch(query: string, texts: readonly (string | null)[]): boolean {
  const haystack = foldText(texts.filter((text) => text !== null).join(' '));
  const words = foldText(query).split(' ').filter(Boolean);
  return words.every((word) => haystack.includes(word));
}
