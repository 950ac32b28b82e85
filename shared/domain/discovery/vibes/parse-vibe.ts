import type { ParsedVibe, VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { readFacts } from './facts.ts';
import { GENERAL_SCALE } from './feature-scale.ts';
import type { FeatureScale } from './feature-scale.ts';
import { isContentItem } from './items.ts';
import type { Item } from './items.ts';
import { JAPANESE_TERMS, createTermsAt } from './lexicon/lexicon.ts';
import { createLookup, vocabulariesOf } from './lexicon/lookup.ts';
import { readOrder } from './list-order.ts';
import { NO_ARTISTS } from './names.ts';
import type { ArtistNames } from './names.ts';
import { parseRadioPrompt } from './radio/parse-radio.ts';
import { readRanges } from './ranges.ts';
import { scanItems } from './scan.ts';
import { markNegations } from './scopes.ts';
import { tokenize } from './tokens.ts';

/** The beginning of a sentence that is read; nobody wishes in more words. */
const CHARS_READ_MAX = 2_000;
const TOKENS_READ_MAX = 250;

/** What a sentence is read with. */
export interface VibeContext {
  /** The year of today. */
  readonly year: number;
  readonly scale?: FeatureScale;
  readonly artists?: ArtistNames;
}

/** The words of a sentence with their meaning, and the sentence's languages. */
export interface ReadSentence {
  readonly items: readonly Item[];
  readonly languages: readonly string[];
  readonly isCut: boolean;
}

/**
 * Parses a sentence in one of ten languages, or a prompt in the syntax of LB Radio, to a spec. Pure and deterministic: no model is asked. A field that
 * the sentence does not state stays empty; all of the text is data, also what reads like an instruction.
 */
export function parseVibe(sentence: string, context: VibeContext): ParsedVibe {
  const radio = parseRadioPrompt(sentence, context.artists ?? NO_ARTISTS);
  return radio ?? vibeOfItems(readSentence(sentence, context), context);
}

/** Reads a sentence to items, in its own order. */
export function readSentence(sentence: string, { year, artists = NO_ARTISTS }: VibeContext): ReadSentence {
  const start = sentence.slice(0, CHARS_READ_MAX);
  const all = tokenize(start, JAPANESE_TERMS);
  const tokens = all.slice(0, TOKENS_READ_MAX);
  const terms = createTermsAt(tokens);
  const lookup = createLookup(tokens, terms, vocabulariesOf(tokens, terms, start));
  const items = markNegations(scanItems({ tokens, lookup, artists, year }), { tokens, lookup });
  return { items, languages: lookup.languages, isCut: start.length < sentence.length || tokens.length < all.length };
}

/** The spec of a sentence that was read. */
export function vibeOfItems({ items, languages, isCut }: ReadSentence, { year, scale = GENERAL_SCALE }: VibeContext): ParsedVibe {
  const { order, moving } = readOrder(items);
  const { ranges, conflicts } = readRanges({ items, scale, moving, hasOrder: order !== undefined });
  const { facts, questions } = readFacts(items, year);
  const spec: VibeSpec = { ...facts, ...ranges, ...(order === undefined ? {} : { order }), conflict: distinct([...conflicts, ...facts.conflict]) };
  const isEmpty = !items.some((item) => isContentItem(item) && item.kind !== 'word') && spec.not_words === undefined;
  return { spec, languages, questions: isEmpty ? ['What should it sound like?'] : questions, isCut, isEmpty };
}

/** Each pair of words once, whichever of them is named first. */
function distinct(conflicts: readonly string[]): string[] {
  const seen = new Set<string>();
  return conflicts
    .filter((one) => {
      const key = one.split(' / ').toSorted().join(' / ');
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, 20);
}
