/** A comparison of texts. */
interface TextTest {
  readonly op: 'equals' | 'contains' | 'one_of';
  readonly value: string | readonly string[];
}

/** A text as text rules compare it: lower case, trimmed, without compatibility forms. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

/** The predicate of a comparison, for folded texts. */
export function matchesText(test: TextTest): (folded: string) => boolean {
  const wanted = (typeof test.value === 'string' ? [test.value] : test.value).map(foldText);
  if (test.op === 'contains') return (text) => wanted.some((part) => text.includes(part));
  const exact = new Set(wanted);
  return (text) => exact.has(text);
}
