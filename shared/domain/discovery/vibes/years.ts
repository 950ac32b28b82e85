import type { Item } from './items.ts';
import type { Lookup } from './lexicon/lookup.ts';
import type { Sense } from './lexicon/pack.ts';
import type { Token } from './tokens.ts';

/** Before recorded music. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
const DECADE_SUFFIX = /^(?:s|er|ern|ers|ies|es|ler\w*|lar\w*|lı\w*|li\w*|年代|е)$/u;
const RANGE_GAP = /^\s*[-–—~〜/]\s*$/u;

interface YearSpan {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly isDecade: boolean;
}

interface YearPlace {
  readonly tokens: readonly Token[];
  readonly lookup: Lookup;
  /** The year of today: what "since" lasts until. */
  readonly year: number;
}

/** A year, a decade or a span of years at a token, with the words around it: "early", "before", "since", "to". */
export function yearsAt(place: YearPlace, at: number): Item | undefined {
  const first = spanAt(place, at);
  if (!first) return undefined;
  const second = rangeEnd(place, at + first.length, first);
  const to = at + first.length + (second?.length ?? 0);
  const span = second ? { ...first, to: second.to, isDecade: false } : bounded(place, { at, to, span: narrowed(place, at, first) });
  if (span.from > span.to) return undefined;
  return { kind: 'years', from: at, to: to + span.after, years: [span.from, span.to], isDecade: first.isDecade };
}

function spanAt({ tokens, lookup }: YearPlace, at: number): (YearSpan & { readonly after: number }) | undefined {
  const word = lookup.at(at);
  if (word?.meaning.kind === 'decade') {
    const { from } = word.meaning;
    return { from, to: from + 9, length: word.length, isDecade: true, after: 0 };
  }
  const value = tokens[at]?.value;
  if (value === undefined || !Number.isInteger(value)) return undefined;
  const suffix = tokens[at + 1];
  const hasSuffix = suffix !== undefined && /^['’]?$/u.test(suffix.gap) && DECADE_SUFFIX.test(suffix.fold);
  const isDecade = value % 10 === 0 && (hasSuffix || isAfterDecadeWord({ tokens, lookup }, at));
  const length = hasSuffix ? 2 : 1;
  if (isDecade && value < 100) {
    const from = value + (value < 30 ? 2000 : 1900);
    return { from, to: from + 9, length, isDecade, after: 0 };
  }
  if (value < FIRST_YEAR || value > LAST_YEAR) return undefined;
  if (isDecade) return { from: value, to: value + 9, length, isDecade, after: 0 };
  return lookup.lengthOf(at + 1, 'song') > 0 && tokens[at + 1]?.gap === ''
    ? undefined
    : { from: value, to: value, length: 1, isDecade: false, after: 0 };
}

function isAfterDecadeWord({ tokens, lookup }: Pick<YearPlace, 'tokens' | 'lookup'>, at: number): boolean {
  const value = tokens[at]?.value ?? 0;
  // "anni 60 e 70": the second has no word of its own.
  const isSecond = (['and', 'or', 'until'] as const).some((sense) => lookup.lengthOf(at - 1, sense) === 1) && lookup.lengthOf(at - 3, 'decade') > 0;
  if (value < 100 && isSecond && tokens[at - 2]?.value !== undefined) return true;
  return value < 100
    ? lookup.lengthOf(at - 1, 'decade') > 0
    : lookup.lengthOf(at - 1, 'decade') > 0 && value % 10 === 0 && lookup.languages[0] !== 'en';
}

/** "1990–95", "from the 70s to the 80s", "entre 1990 y 2005": the end of a span that begins before. */
function rangeEnd(place: YearPlace, at: number, first: YearSpan): { readonly to: number; readonly length: number } | undefined {
  const { tokens } = place;
  const gap = tokens[at]?.gap ?? '';
  const start = [0, 1, 2, 3].find((skip) => {
    const isJoined = RANGE_GAP.test(gap) || Array.from({ length: skip }, (_, step) => at + step).some((token) => connects(place, token, first));
    return isJoined && (spanAt(place, at + skip) !== undefined || isShortYear(place, at + skip, first)) && areBetween(place, at, at + skip);
  });
  if (start === undefined) return undefined;
  const end = spanAt(place, at + start);
  if (end) return end.to >= first.from ? { to: end.to, length: start + end.length } : undefined;
  const short = tokens[at + start]?.value ?? 0;
  return { to: Math.floor(first.from / 100) * 100 + short, length: start + 1 };
}

function isShortYear({ tokens }: YearPlace, at: number, first: YearSpan): boolean {
  const token = tokens[at];
  return !first.isDecade && token?.value !== undefined && token.value > first.from % 100 && token.value < 100 && RANGE_GAP.test(token.gap);
}

function connects({ lookup }: YearPlace, at: number, first: YearSpan): boolean {
  if (lookup.lengthOf(at, 'until') > 0) return true;
  return lookup.lengthOf(at, 'and') > 0 && !first.isDecade;
}

/** Between the two years there are only connecting words, articles and words for "years". */
function areBetween({ lookup }: YearPlace, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (!lookup.isStop(at) && !(['until', 'and', 'decade', 'year'] as const).some((sense) => lookup.lengthOf(at, sense) > 0)) return false;
  return true;
}

/** "early 80s": the first half of a decade; "late" the second. */
function narrowed(place: YearPlace, at: number, span: YearSpan & { readonly after: number }): YearSpan & { readonly after: number } {
  if (!span.isDecade) return span;
  const part = (['early', 'mid', 'late'] as const).find((sense) => nearBefore(place, at, sense) || nearAfter(place, at + span.length, sense) > 0);
  if (part === 'early') return { ...span, to: span.from + 4 };
  if (part === 'late') return { ...span, from: span.from + 5 };
  return part === 'mid' ? { ...span, from: span.from + 3, to: span.from + 6 } : span;
}

interface Bounds {
  readonly at: number;
  readonly to: number;
  readonly span: YearSpan & { readonly after: number };
}

function bounded(place: YearPlace, { at, to, span }: Bounds): YearSpan & { readonly after: number } {
  const before = (sense: Sense) => (nearBefore(place, at, sense) ? 1 : 0);
  const after = (sense: Sense) => (['tr', 'ja'].includes(place.lookup.languages[0] ?? '') ? nearAfter(place, to, sense) : 0);
  const found = (sense: Sense) => ({ is: before(sense) + after(sense) > 0, after: Math.max(0, after(sense)) });
  const [earlier, later] = [found('before'), found('after')];
  const since = { is: before('since') > 0 || nearAfter(place, to, 'since') > 0, after: nearAfter(place, to, 'since') };
  if (earlier.is) return { ...span, from: FIRST_YEAR, to: span.from - 1, after: earlier.after };
  if (since.is) return { ...span, to: Math.max(place.year, span.from), after: since.after };
  if (later.is) return { ...span, from: span.to + 1, to: Math.max(place.year, span.to + 1), after: later.after };
  if (isUpperBound(place, at)) return { ...span, from: FIRST_YEAR };
  return span;
}

/** "up to 1985": a short word such as "a" or "to" says too little. */
function isUpperBound({ tokens, lookup }: YearPlace, at: number): boolean {
  return [1, 2].some(
    (back) => lookup.lengthOf(at - back, 'until') >= back && (tokens[at - back]?.fold.length ?? 0) > 2 && tokens[at - back]?.fold !== 'through',
  );
}

function nearBefore({ lookup, tokens }: YearPlace, at: number, sense: Sense): boolean {
  return [1, 2, 3, 4].some((back) => {
    const length = lookup.lengthOf(at - back, sense);
    return (
      length > 0 &&
      Array.from({ length: back - length }, (_, step) => at - back + length + step).every((between) => isFiller({ lookup, tokens }, between))
    );
  });
}

const isFiller = ({ lookup }: Pick<YearPlace, 'lookup' | 'tokens'>, at: number) =>
  lookup.isStop(at) || lookup.lengthOf(at, 'decade') > 0 || lookup.lengthOf(at, 'year') > 0;

/** Number of tokens up to the end of a word that stands behind, at most one filler away. */
function nearAfter({ lookup, tokens }: YearPlace, to: number, sense: Sense): number {
  for (const skip of [0, 1]) {
    const length = lookup.lengthOf(to + skip, sense);
    if (length > 0 && (skip === 0 || isFiller({ lookup, tokens }, to))) return skip + length;
  }
  return 0;
}
