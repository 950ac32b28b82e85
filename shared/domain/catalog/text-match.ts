import type { TextRule } from '#shared/contracts/policies/policy.ts';

/** A text as text rules compare it: lower case, trimmed, without compatibility forms. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

/** The predicate of a text rule, for folded texts. */
export function matchesText(leaf: TextRule): (folded: string) => boolean {
  const wanted = (typeof leaf.value === 'string' ? [leaf.value] : leaf.value).map(foldText);
  if (leaf.op === 'contains') return (text) => wanted.some((part) => text.includes(part));
  const exact = new Set(wanted);
  return (text) => exact.has(text);
}
