import { editDistance } from './edit-distance.ts';
import type { QueryWord, WordsQuery } from './read-query.ts';

/** A stored word and how many entries have it. */
export interface KnownWord {
  readonly word: string;
  readonly uses: number;
}

/** What the vocabulary says of the words of a query. */
export interface WordForms {
  readonly uses: ReadonlyMap<string, number>;
  /** Words that begin with the last word of the query, most used first. */
  readonly beginnings: readonly KnownWord[];
  /** Whether there are more such words. */
  readonly hasMoreBeginnings: boolean;
}

/** What must hold for one word of a query: all words of at least one of the groups. `uses` estimates how many entries that are. */
interface Condition {
  readonly groups: readonly (readonly string[])[];
  readonly uses: number;
}

/** A condition on entries, and an estimate of how many fulfill it. */
export interface EntryCondition {
  /** At least one holds, each in the language of `tsquery`. They are apart, so that an index reads the rarest word of each first. */
  readonly anyOf: readonly string[];
  /** How a word of the entry begins, beside that. */
  readonly beginning?: string;
  readonly uses: number;
}

/** Corrections of one word that are tried. */
const CORRECTIONS_MAX = 12;
const TWO_EDITS_FROM_LETTERS = 5;
/** An entry without one of the words is looked for only by words that fewer entries have: others would find thousands of no use. */
const USES_MAX_WITHOUT_ONE = 20_000;
/** Entries that are read for how their words begin. */
const USES_MAX_TO_READ = 10_000;

/** Every word as typed; the last one also as a beginning while it is being typed. Undefined when no entry can fulfill it. */
export function exactCondition({ words, isTyping }: WordsQuery, vocabulary: WordForms): EntryCondition | undefined {
  const conditions = words.map((word, at) => conditionAsTyped(word, vocabulary, isTyping && at === words.length - 1));
  if (conditions.some(({ uses }) => uses === 0)) return undefined;
  const [beginning, ...more] = words.at(-1)?.tokens ?? [];
  if (isTyping && vocabulary.hasMoreBeginnings && beginning !== undefined && more.length === 0 && words.length > 1) {
    // The word may begin in more ways than are known here. Where few entries have the others, each of them is read.
    const others = allOf(conditions.slice(0, -1));
    if (others.uses <= USES_MAX_TO_READ) return { ...others, beginning };
  }
  return allOf(conditions);
}

/** Words to look up before corrections can be chosen: what two neighbors are together, and what each long word could be two of. */
export function joinedAndSplit(words: readonly QueryWord[]): string[] {
  const joined = words.slice(1).map(({ text }, at) => `${words[at]?.text ?? ''}${text}`);
  const parts = words.flatMap(({ text, isSpaceless }) =>
    isSpaceless ? [] : Array.from({ length: Math.max(0, text.length - 3) }, (_, at) => [text.slice(0, at + 2), text.slice(at + 2)]).flat(),
  );
  return [...new Set([...joined, ...parts])];
}

/**
 * Every word as typed or corrected: words of one or two edits, two neighbors as one word, one word as two. `similar` are the words of the vocabulary that
 * share a form with the word at the same place.
 */
export function correctedConditions(
  { words, isTyping }: WordsQuery,
  vocabulary: WordForms,
  similar: readonly (readonly KnownWord[])[],
): { readonly all: EntryCondition | undefined; readonly allButOne: EntryCondition | undefined } {
  const conditions = words.map((word, at) => {
    const asTyped = conditionAsTyped(word, vocabulary, isTyping && at === words.length - 1);
    if (word.isSpaceless) return anyPairOf(word, vocabulary);
    const corrections = closest(word.text, similar[at] ?? []);
    const neighbors = [words[at - 1], words[at + 1]].flatMap((other, side) => {
      if (!other) return [];
      const together = side === 0 ? other.text + word.text : word.text + other.text;
      return vocabulary.uses.has(together) ? [[together]] : [];
    });
    const groups = [...asTyped.groups, ...corrections.map(({ word: correction }) => [correction]), ...neighbors, ...splitsOf(word.text, vocabulary)];
    const uses = groups.slice(asTyped.groups.length).reduce((sum, group) => sum + leastUses(group, vocabulary, corrections), asTyped.uses);
    return { groups, uses };
  });
  const possible = conditions.every(({ uses }) => uses > 0);
  return { all: possible ? allOf(conditions) : undefined, allButOne: withoutOne(conditions) };
}

function conditionAsTyped({ tokens }: QueryWord, { uses, beginnings }: WordForms, isUnfinished: boolean): Condition {
  const typed = Math.min(...tokens.map((token) => uses.get(token) ?? 0));
  const longer = isUnfinished && tokens.length === 1 ? beginnings.filter(({ word }) => word !== tokens[0]) : [];
  return { groups: [tokens, ...longer.map(({ word }) => [word])], uses: longer.reduce((sum, word) => sum + word.uses, typed) };
}

/** Of a script without spaces: any two characters that stand together. */
function anyPairOf({ tokens }: QueryWord, { uses }: WordForms): Condition {
  return { groups: tokens.map((token) => [token]), uses: tokens.reduce((sum, token) => sum + (uses.get(token) ?? 0), 0) };
}

function closest(word: string, similar: readonly KnownWord[]): readonly KnownWord[] {
  const most = word.length < TWO_EDITS_FROM_LETTERS ? 1 : 2;
  return similar
    .map((known) => ({ known, edits: editDistance(word, known.word, most) }))
    .filter(({ edits }) => edits > 0 && edits <= most)
    .toSorted((a, b) => a.edits - b.edits || b.known.uses - a.known.uses || (a.known.word < b.known.word ? -1 : 1))
    .slice(0, CORRECTIONS_MAX)
    .map(({ known }) => known);
}

/** The most plausible way to read one word as two, if any: the rarer part has the most uses. */
function splitsOf(word: string, { uses }: WordForms): string[][] {
  let best: { group: string[]; uses: number } | undefined;
  for (let at = 2; at <= word.length - 2; at++) {
    const group = [word.slice(0, at), word.slice(at)];
    const least = Math.min(...group.map((part) => uses.get(part) ?? 0));
    if (least > (best?.uses ?? 0)) best = { group, uses: least };
  }
  return best ? [best.group] : [];
}

function leastUses(group: readonly string[], { uses }: WordForms, corrections: readonly KnownWord[]): number {
  return Math.min(...group.map((word) => uses.get(word) ?? corrections.find((known) => known.word === word)?.uses ?? 0));
}

/** Each further word leaves half of the entries or fewer. */
function allOf(conditions: readonly Condition[]): EntryCondition {
  return {
    anyOf: [conditions.map(textOf).join(' & ')],
    uses: Math.ceil(Math.min(...conditions.map(({ uses }) => uses)) / 2 ** (conditions.length - 1)),
  };
}

function withoutOne(conditions: readonly Condition[]): EntryCondition | undefined {
  const parts = conditions.flatMap((_, left) => {
    const others = conditions.filter((_condition, at) => at !== left);
    if (others.length === 0 || others.some(({ uses }) => uses === 0)) return [];
    const part = allOf(others);
    return part.uses > USES_MAX_WITHOUT_ONE ? [] : [part];
  });
  if (parts.length === 0) return undefined;
  return { anyOf: [...new Set(parts.flatMap(({ anyOf }) => anyOf))], uses: parts.reduce((sum, { uses }) => sum + uses, 0) };
}

function textOf({ groups }: Condition): string {
  return `(${groups.map((group) => (group.length === 1 ? lexeme(group[0] ?? '') : `(${group.map(lexeme).join(' & ')})`)).join(' | ')})`;
}

function lexeme(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
