/** What one version of a prompt has that the one before had not, and the reverse, as runs of words in their order. */
export interface PromptChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Two prompts are versions of one when this share of the words of the shorter one is in both. */
const SHARED_MIN = 0.5;
/** Longer prompts are compared by their first words. */
const WORDS_MAX = 400;

/** The words that a prompt gained and lost, by the longest common sequence of words. */
export function promptChange(before: string, after: string): PromptChange {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const kept = commonWords(old, fresh);
  return { added: runsWithout(fresh, kept.other), removed: runsWithout(old, kept.one) };
}

/** The prompts that lead to the first of a list, newest first: each is a version of the one after it, and differs from it. */
export function promptVersions<T extends { readonly prompt: string }>(newestFirst: readonly T[]): readonly T[] {
  const versions: T[] = [];
  for (const entry of newestFirst) {
    const last = versions.at(-1);
    if (last && last.prompt.trim() === entry.prompt.trim()) continue;
    if (last && !isVersion(entry.prompt, last.prompt)) break;
    versions.push(entry);
  }
  return versions;
}

function isVersion(one: string, other: string): boolean {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  const shorter = Math.min(first.length, second.length);
  return shorter > 0 && commonWords(first, second).one.size >= shorter * SHARED_MIN;
}

const wordsOf = (prompt: string): readonly string[] => prompt.split(/\s+/u).filter(Boolean).slice(0, WORDS_MAX);
/** Words are the same in spite of capitals and of marks around them. */
const plainWord = (word: string) => word.toLowerCase().replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

/** The places of the words of the longest common sequence in each list. */
function commonWords(one: readonly string[], other: readonly string[]): { readonly one: ReadonlySet<number>; readonly other: ReadonlySet<number> } {
  const [a, b] = [one.map(plainWord), other.map(plainWord)];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i];
    if (row) for (let j = b.length - 1; j >= 0; j -= 1) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const places = { one: new Set<number>(), other: new Set<number>() };
  for (let i = 0, j = 0; i < a.length && j < b.length;)
    if (a[i] === b[j]) {
      places.one.add(i);
      places.other.add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  return places;
}

function runsWithout(words: readonly string[], kept: ReadonlySet<number>): readonly string[] {
  const runs: string[] = [];
  for (const [at, word] of words.entries()) {
    if (kept.has(at)) continue;
    const isNext = at > 0 && !kept.has(at - 1) && runs.length > 0;
    if (isNext) runs[runs.length - 1] = `${runs.at(-1) ?? ''} ${word}`;
    else runs.push(word);
  }
  return runs.map((run) => run.replaceAll(/[.,;:]+$/gu, ''));
}
