import { isContentItem, isSense } from './items.ts';
import type { Item } from './items.ts';
import type { Lookup } from './lexicon/lookup.ts';
import { isBreak } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A negation reaches this many words: "nothing that is too loud". */
const REACH = 4;

interface ScopePlace {
  readonly tokens: readonly Token[];
  readonly lookup: Lookup;
}

/**
 * Marks what a sentence excludes: the next thing after "no" or "without" with what is joined to it by "or" or stands right beside it, up to a comma or
 * "but"; after "and" only things of the same kind. In Turkish and Japanese the negation stands behind.
 */
export function markNegations(items: readonly Item[], place: ScopePlace): Item[] {
  const marked = items.map((item) => ({ ...item }));
  marked.forEach((item, at) => {
    if (isSense(item, 'not', 'less', 'remove')) negateAfter(marked, at, place);
    if (isSense(item, 'notAfter')) negateBefore(marked, at);
  });
  return marked;
}

function negateAfter(items: Item[], at: number, place: ScopePlace): void {
  let end = items[at]?.to ?? 0;
  let last: Item | undefined;
  for (let next = at + 1; next < items.length; next++) {
    const item = items[next];
    if (!item || isSense(item, 'but', 'next', 'not')) return;
    if (!isContentItem(item)) continue;
    if (last === undefined ? !isReached(place, end, item) : !isJoined(items, { place, end, last, item, next })) return;
    item.isNegated = true;
    last = item;
    end = item.to;
  }
}

function isReached({ tokens }: ScopePlace, end: number, item: Item): boolean {
  if (item.from - end > REACH) return false;
  for (let at = end; at <= item.from; at++) if (tokens[at] && isBreak(tokens[at] as Token)) return false;
  return true;
}

interface Joint {
  readonly place: ScopePlace;
  readonly end: number;
  readonly last: Item;
  readonly item: Item;
  readonly next: number;
}

function isJoined(items: readonly Item[], { place, end, last, item, next }: Joint): boolean {
  const { tokens, lookup } = place;
  const isSame = last.kind === item.kind && (last.kind === 'genre' || last.kind === 'artist' || (last.kind === 'sense' && item.kind === 'sense'));
  const between = Array.from({ length: item.from - end }, (_, step) => end + step);
  const hasBreak = [...between, item.from].some((at) => isBreak(tokens[at] ?? { gap: '' }));
  const joins = (sense: 'or' | 'and') => between.some((at) => lookup.lengthOf(at, sense) > 0);
  const isOnlyJoining = between.every((at) => lookup.isStop(at) || lookup.lengthOf(at, 'or') > 0 || lookup.lengthOf(at, 'and') > 0);
  if (hasBreak) return last.kind === item.kind && last.kind !== 'sense' && between.length === 0 && isListed(items, next, place);
  if (between.length === 0) return last.kind !== 'artist' && (item.kind === 'genre' || item.kind === 'word') && last.kind !== 'genre';
  if (!isOnlyJoining) return false;
  return joins('or') || (joins('and') && isSame && last.kind !== 'sense');
}

/** "no rap, metal or country": after the comma a list goes on that ends with "or". */
function isListed(items: readonly Item[], next: number, { tokens, lookup }: ScopePlace): boolean {
  const item = items[next];
  const after = items.slice(next + 1).find(isContentItem);
  if (!item || !after || after.kind !== item.kind) return false;
  const isOr = Array.from({ length: after.from - item.to }, (_, step) => item.to + step).some((at) => lookup.lengthOf(at, 'or') > 0);
  return isOr || (/,/u.test(tokens[after.from]?.gap ?? '') && isListed(items, items.indexOf(after), { tokens, lookup }));
}

function negateBefore(items: Item[], at: number): void {
  let end = items[at]?.from ?? 0;
  let last: Item | undefined;
  for (let previous = at - 1; previous >= 0; previous--) {
    const item = items[previous];
    if (!item || isSense(item, 'but')) return;
    if (!isContentItem(item)) {
      if (!isSense(item, 'and', 'or', 'song')) return;
      continue;
    }
    if (end - item.to > 1 || (last !== undefined && last.kind !== item.kind)) return;
    if (last !== undefined && end === item.to) return;
    item.isNegated = true;
    last = item;
    end = item.from;
  }
}
