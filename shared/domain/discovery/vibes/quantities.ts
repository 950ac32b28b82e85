import type { Item } from './items.ts';
import type { Lookup } from './lexicon/lookup.ts';
import type { Token } from './tokens.ts';
import { isBreak } from './tokens.ts';

/** A stated tempo means 3 % to either side. */
const TEMPO_TOLERANCE = 0.03;
const TEMPO_MIN = 40;
const TEMPO_MAX = 260;
/** A limit up to this is of a song, a longer one of the list. */
const SONG_SECONDS_MAX = 900;
/** "Three-minute songs" last from two and a half to three and a half. */
const AROUND_SECONDS = 30;
const LONGEST_SONG_SECONDS = 7_200;
const LIST_MINUTES_MAX = 1_440;
const TRACKS_MAX = 500;
/** A younger person is a child. */
const TEEN_YEARS = 13;
/** How far behind its number the word "songs" may stand: "twenty happy reggae tracks". */
const COUNTED_WITHIN = 6;
const UNIT_SECONDS = { second: 1, minute: 60, hour: 3_600 } as const;
const RANGE_GAP = /^\s*[-–—~〜]\s*$/u;

interface QuantityPlace {
  readonly tokens: readonly Token[];
  readonly lookup: Lookup;
}

interface Amount {
  readonly value: number;
  readonly length: number;
}

/** A tempo, a length or a number of tracks at a token; "nothing" for an age. */
export function quantityAt(place: QuantityPlace, at: number): Item | undefined {
  const half = halfUnitAt(place, at);
  if (half) return durationItem(place, at, half);
  const amount = amountAt(place, at);
  if (!amount) return undefined;
  const end = at + amount.length;
  const range = rangeAt(place, end);
  const to = range ? end + range.length : end;
  const unit =
    to +
    (place.lookup.lengthOf(to, 'halfMore') > 0 && unitAt(place, to + place.lookup.lengthOf(to, 'halfMore'))
      ? place.lookup.lengthOf(to, 'halfMore')
      : 0);
  const values: readonly [number, number] = [amount.value, range?.value ?? amount.value];
  return (
    tempoItem(place, { at, to, values }) ??
    (unitAt(place, unit) ? durationItem(place, at, timeFrom(place, { at: unit, values, hasHalf: unit > to })) : undefined) ??
    yearsItem(place, { at, to, value: amount.value }) ??
    countItem(place, { at, to, value: amount.value })
  );
}

function amountAt({ tokens, lookup }: QuantityPlace, at: number): Amount | undefined {
  const value = tokens[at]?.value;
  if (value !== undefined) return { value, length: 1 };
  const word = lookup.at(at);
  return word?.meaning.kind === 'number' ? { value: word.meaning.value, length: word.length } : undefined;
}

/** "120–130", "three to four": the second number. */
function rangeAt(place: QuantityPlace, at: number): Amount | undefined {
  const { tokens, lookup } = place;
  const joined = RANGE_GAP.test(tokens[at]?.gap ?? '')
    ? 0
    : Math.max(lookup.lengthOf(at, 'until'), lookup.lengthOf(at, 'or'), lookup.lengthOf(at, 'and'));
  if (joined === 0 && !RANGE_GAP.test(tokens[at]?.gap ?? '')) return undefined;
  const second = amountAt(place, at + joined);
  const after = at + joined + (second?.length ?? 0);
  return second && (unitAt(place, after) || lookup.lengthOf(after, 'bpm') > 0) && lookup.lengthOf(at, 'and') === 0
    ? { value: second.value, length: joined + second.length }
    : second && lookup.lengthOf(after, 'bpm') > 0
      ? { value: second.value, length: joined + second.length }
      : undefined;
}

function unitAt({ lookup }: QuantityPlace, at: number): { readonly seconds: number; readonly length: number } | undefined {
  for (const unit of ['minute', 'hour', 'second'] as const) {
    const length = lookup.lengthOf(at, unit);
    if (length > 0) return { seconds: UNIT_SECONDS[unit], length };
  }
  return undefined;
}

interface Time {
  readonly seconds: readonly [number, number];
  readonly to: number;
}

/** "Half an hour", "yarım saat", "halbstündig". */
function halfUnitAt(place: QuantityPlace, at: number): Time | undefined {
  const { tokens, lookup } = place;
  const length = lookup.lengthOf(at, 'half');
  if (length === 0) return undefined;
  if (/stund|godzin/u.test(tokens[at]?.fold ?? '')) return { seconds: [1_800, 1_800], to: at + 1 };
  for (const skip of [0, 1]) {
    const unit = unitAt(place, at + length + skip);
    if (unit && (skip === 0 || lookup.isStop(at + length)))
      return { seconds: [unit.seconds / 2, unit.seconds / 2], to: at + length + skip + unit.length };
  }
  return undefined;
}

/** The time that starts with a unit: "two hours and a half", "1 h 30". */
function timeFrom(place: QuantityPlace, { at, values, hasHalf }: { at: number; values: readonly [number, number]; hasHalf: boolean }): Time {
  const { lookup } = place;
  const unit = unitAt(place, at) ?? { seconds: 60, length: 1 };
  let to = at + unit.length;
  let more = hasHalf ? unit.seconds / 2 : 0;
  const half = lookup.lengthOf(to, 'halfMore');
  const joining = lookup.lengthOf(to, 'and') > 0 ? 1 : 0;
  const rest = unit.seconds === 3_600 ? amountAt(place, to + joining) : undefined;
  const minutes = rest && unitAt(place, to + joining + rest.length);
  if (half > 0) {
    more += unit.seconds / 2;
    to += half;
  } else if (rest && minutes?.seconds === 60) {
    more += rest.value * 60;
    to += joining + rest.length + minutes.length;
  } else if (rest && joining === 0 && rest.value < 60 && place.tokens[to]?.value !== undefined && lookup.lengthOf(to + 1, 'song') === 0) {
    more += rest.value * 60;
    to += rest.length;
  }
  return { seconds: [values[0] * unit.seconds + more, values[1] * unit.seconds + more], to };
}

function durationItem(place: QuantityPlace, at: number, { seconds, to }: Time): Item {
  const [low, high] = seconds;
  const limit = limitAround(place, at, to);
  const isSong = high <= SONG_SECONDS_MAX && (limit !== undefined || place.lookup.lengthOf(to, 'song') > 0 || isOfEach(place));
  if (isSong) {
    if (limit?.kind === 'under') return { kind: 'trackSeconds', from: at, to: limit.to, seconds: [0, Math.round(high)] };
    if (limit?.kind === 'over') return { kind: 'trackSeconds', from: at, to: limit.to, seconds: [Math.round(low), LONGEST_SONG_SECONDS] };
    return {
      kind: 'trackSeconds',
      from: at,
      to,
      seconds: low < high ? [Math.round(low), Math.round(high)] : [Math.max(0, Math.round(low - AROUND_SECONDS)), Math.round(high + AROUND_SECONDS)],
    };
  }
  return { kind: 'minutes', from: at, to: limit?.to ?? to, minutes: Math.min(LIST_MINUTES_MAX, Math.max(1, Math.round(high / 6) / 10)) };
}

const isOfEach = ({ tokens, lookup }: QuantityPlace) => tokens.some((_, at) => lookup.lengthOf(at, 'each') > 0);

/** "Under", "at least" in front of an amount, or behind it as in Turkish and Japanese. */
function limitAround({ lookup }: QuantityPlace, at: number, to: number): { readonly kind: 'under' | 'over'; readonly to: number } | undefined {
  for (const kind of ['under', 'over'] as const) {
    if ([1, 2, 3, 4].some((back) => lookup.lengthOf(at - back, kind) > 0 && lookup.lengthOf(at - back, kind) >= back - 1)) return { kind, to };
    if (['tr', 'ja'].includes(lookup.languages[0] ?? '') && lookup.lengthOf(to, kind) > 0) return { kind, to: to + lookup.lengthOf(to, kind) };
  }
  return undefined;
}

interface Counted {
  readonly at: number;
  readonly to: number;
  readonly value: number;
}

const tenths = (value: number) => Math.round(value * 10) / 10;

function tempoItem({ lookup }: QuantityPlace, { at, to, values }: { at: number; to: number; values: readonly [number, number] }): Item | undefined {
  const unit = lookup.lengthOf(to, 'bpm');
  const [low, high] = values;
  if (unit === 0 || low < TEMPO_MIN || high > TEMPO_MAX) return undefined;
  const limit = limitAround({ tokens: [], lookup }, at, to + unit);
  if (limit?.kind === 'under') return { kind: 'tempo', from: at, to: limit.to, tempo: [0, high] };
  if (limit?.kind === 'over') return { kind: 'tempo', from: at, to: limit.to, tempo: [low, TEMPO_MAX] };
  const tempo: readonly [number, number] = low < high ? [low, high] : [tenths(low * (1 - TEMPO_TOLERANCE)), tenths(high * (1 + TEMPO_TOLERANCE))];
  return { kind: 'tempo', from: at, to: to + unit, tempo };
}

/** "The last five years" is a span; "five years" alone is an age and no wish. */
function yearsItem({ lookup, tokens }: QuantityPlace, { at, to, value }: Counted): Item | undefined {
  const unit = lookup.lengthOf(to, 'year');
  if (unit === 0 || value > 100 || isBreak(tokens[to] ?? { gap: '' })) return undefined;
  const isLast = lookup.lengthOf(at - 1, 'last') > 0 || lookup.lengthOf(at - 2, 'last') > 0;
  if (isLast) return { kind: 'lastYears', from: at, to: to + unit, count: value };
  const isOld = tokens[to + unit]?.fold.startsWith('old') === true;
  const isAge = isOld || /jahrig|jarig|^yas|歳/u.test(tokens[to]?.fold ?? '');
  const end = to + unit + (isOld ? 1 : 0);
  return isAge && value < TEEN_YEARS ? { kind: 'sense', sense: 'kids', text: `${value}`, from: at, to: end } : { kind: 'nothing', from: at, to: end };
}

function countItem({ lookup, tokens }: QuantityPlace, { at, to, value }: Counted): Item | undefined {
  if (!Number.isInteger(value) || value < (tokens[at]?.value === undefined ? 2 : 1) || value > TRACKS_MAX) return undefined;
  for (let ahead = to; ahead < to + COUNTED_WITHIN && ahead < tokens.length; ahead++) {
    if (ahead > to && isBreak(tokens[ahead] ?? { gap: '' })) return undefined;
    if (lookup.lengthOf(ahead, 'song') > 0 || lookup.lengthOf(ahead, 'hits') > 0 || (ahead === to && lookup.at(ahead)?.meaning.kind === 'genre'))
      return { kind: 'tracks', from: at, to, count: value };
    if (tokens[ahead]?.value !== undefined) return undefined;
  }
  return undefined;
}
