/** A text as it is compared: without case and accents. */
export const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** True when every word of what is asked for stands somewhere in the texts; asking for nothing finds all. */
export function isFoundIn(find: string, texts: readonly (string | null)[]): boolean {
  const ground = plain(texts.filter((text) => text !== null).join(' '));
  const words = plain(find).split(/\s+/u).filter(Boolean);
  return words.every((word) => ground.includes(word));
}
