import type { ContentSense, Sense } from './lexicon/pack.ts';

/** What some tokens of a sentence say. `from` and `to` are token numbers, `to` not included. */
export type Item = { readonly from: number; readonly to: number; isNegated?: boolean } & (
  | { readonly kind: 'sense'; readonly sense: Sense; readonly text: string }
  | { readonly kind: 'genre'; readonly genre: string; readonly text: string }
  | { readonly kind: 'artist'; readonly name: string; readonly role: 'seed' | 'only' | 'bare' }
  | { readonly kind: 'years'; readonly years: readonly [number, number]; readonly isDecade: boolean }
  | { readonly kind: 'lastYears'; readonly count: number }
  | { readonly kind: 'tempo'; readonly tempo: readonly [number, number] }
  | { readonly kind: 'trackSeconds'; readonly seconds: readonly [number, number] }
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'tracks'; readonly count: number }
  /** Words that say nothing we know. */
  | { readonly kind: 'word'; readonly text: string }
  /** Read, and of no use: an age, a stop word between others. */
  | { readonly kind: 'nothing' }
);

const GRAMMAR_ITEMS: readonly Sense[] = [
  'not',
  'notAfter',
  'and',
  'or',
  'but',
  'like',
  'likeAfter',
  'by',
  'only',
  'more',
  'less',
  'next',
  'start',
  'end',
  'song',
  'second',
  'minute',
  'hour',
  'year',
  'last',
  'half',
  'halfMore',
  'decade',
  'since',
  'until',
  'before',
  'after',
  'between',
  'early',
  'mid',
  'late',
  'under',
  'over',
  'each',
  'bpm',
  'remove',
  'memory',
];

/** Whether an item is about music, not about how other words are meant. */
export function isContentItem(item: Item): boolean {
  if (item.kind === 'nothing') return false;
  return item.kind !== 'sense' || !GRAMMAR_ITEMS.includes(item.sense);
}

/** Whether an item is a word of the grammar with that sense. */
export function isSense(item: Item | undefined, ...senses: readonly Sense[]): boolean {
  return item?.kind === 'sense' && senses.includes(item.sense);
}

/** The sense of a content item; undefined for others. */
export function contentSense(item: Item): ContentSense | undefined {
  return item.kind === 'sense' && isContentItem(item) ? (item.sense as ContentSense) : undefined;
}
