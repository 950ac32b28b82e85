import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import type { Closeness } from '#shared/domain/discovery/matchers/closeness.ts';
import { cutText, storableText } from '#shared/domain/text.ts';

/** A track that stays at its place, from 1. */
export interface PinnedPlace {
  readonly id: number;
  readonly at: number;
}

/**
 * What is asked for and how its answer was edited. It is kept in the address: going back undoes one step, and a reload loses nothing. Either songs are
 * asked for, by `seeds`, or words, by `q`.
 */
export interface ComposerState {
  /** Seeds as kind and id: `r12` a recording, `a…` an artist, `l…` an album, `p3` a playlist. */
  readonly seeds?: readonly string[] | undefined;
  readonly near?: Closeness | undefined;
  readonly matcher?: string | undefined;
  readonly size?: number | undefined;
  /** Artists that are left out. */
  readonly without?: readonly string[] | undefined;
  /** Recordings that were removed before the songs were last asked for: another list does not offer them again. */
  readonly excluded?: readonly number[] | undefined;
  readonly q?: string | undefined;
  /** The chips as a person left them; absent until one is changed. */
  readonly spec?: VibeSpec | undefined;
  /** Words that change the chips. */
  readonly more?: string | undefined;
  readonly shuffle?: number | undefined;
  readonly pins?: readonly PinnedPlace[] | undefined;
  readonly removed?: readonly number[] | undefined;
  readonly name?: string | undefined;
  /** The draft on the server that this is kept in. */
  readonly draft?: string | undefined;
  /** A saved list that is shown as it is, until something is asked for. */
  readonly from?: string | undefined;
}

/** The same as parameters of an address: lists are texts, because brackets would triple their length. */
interface ComposerSearch {
  readonly seeds?: string;
  readonly near?: Closeness;
  readonly matcher?: string;
  readonly size?: number;
  readonly without?: string;
  readonly excluded?: string;
  readonly q?: string;
  readonly spec?: VibeSpec;
  readonly more?: string;
  readonly shuffle?: number;
  readonly pins?: string;
  readonly removed?: string;
  readonly name?: string;
  readonly draft?: string;
  readonly from?: string;
}

export const SONGS_MAX = 5;
/** Beyond this many edits, the oldest removals are forgotten: an address has a limit. */
const EDITS_MAX = 150;
/** The server accepts addresses of 8,000 characters; a character may take nine. */
const WORDS_ENCODED_MAX = 3_000;
const STAGES: readonly Closeness[] = ['nearest', 'close', 'balanced', 'distant', 'adventurous'];
const SEED = /^(?:[rp]\d{1,9}|[al][0-9A-Za-z]{22})$/u;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

/** The beginning of a text that an address can hold. */
export function fitAddress(text: string): string {
  let fitting = cutText(storableText(text), WORDS_ENCODED_MAX);
  while (encodeURIComponent(fitting).length > WORDS_ENCODED_MAX) fitting = cutText(fitting, Math.floor(fitting.length * 0.9));
  return fitting;
}

/** Reads the parameters of an address; what is not in the right form is left out. */
export function readComposerSearch(raw: Readonly<Record<string, unknown>>): ComposerSearch {
  const text = (key: string, max: number) => {
    const value = typeof raw[key] === 'number' ? String(raw[key]) : raw[key];
    return typeof value === 'string' && value !== '' && value.length <= max ? value : undefined;
  };
  const whole = (key: string, max: number) => {
    const value = raw[key];
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max ? value : undefined;
  };
  const matching = (key: string, pattern: RegExp) => {
    const value = raw[key];
    return typeof value === 'string' && pattern.test(value) ? value : undefined;
  };
  const { spec } = raw;
  return defined({
    seeds: text('seeds', 200),
    near: STAGES.find((stage) => stage === raw['near']),
    matcher: matching('matcher', /^[a-z][a-z0-9-]{0,39}$/u),
    size: whole('size', 200),
    without: text('without', 2_400),
    excluded: text('excluded', 1_800),
    q: text('q', WORDS_ENCODED_MAX),
    spec: typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? (spec as VibeSpec) : undefined,
    more: text('more', 500),
    shuffle: whole('shuffle', 9_999),
    pins: text('pins', 2_400),
    removed: text('removed', 1_800),
    name: text('name', 100),
    draft: matching('draft', UUID),
    from: matching('from', UUID),
  });
}

/** The state that an address holds. */
export function stateOfSearch(search: ComposerSearch): ComposerState {
  const { seeds, without, excluded, pins, removed, ...rest } = search;
  return defined({
    ...rest,
    seeds: split(seeds)?.filter((seed) => SEED.test(seed)),
    without: split(without)?.filter((id) => /^[0-9A-Za-z]{22}$/u.test(id)),
    excluded: split(excluded)?.map(Number).filter(isId),
    removed: split(removed)?.map(Number).filter(isId),
    pins: split(pins)?.flatMap((pin) => {
      const [id = 0, at = 0] = pin.split('-').map(Number);
      return isId(id) && isId(at) ? [{ id, at }] : [];
    }),
  });
}

/** The address of a state. */
export function searchOfState(state: ComposerState): ComposerSearch {
  const { seeds, without, excluded, pins, removed, q, ...rest } = state;
  return defined({
    ...rest,
    q: q === undefined ? undefined : fitAddress(q),
    seeds: join(seeds?.slice(0, SONGS_MAX)),
    without: join(without?.slice(0, 100)),
    excluded: join(excluded?.slice(-EDITS_MAX)),
    removed: join(removed?.slice(-EDITS_MAX)),
    pins: join(pins?.slice(0, EDITS_MAX).map(({ id, at }) => `${id}-${at}`)),
  });
}

const split = (text: string | undefined) => (text === undefined ? undefined : text.split('_'));
const join = (items: readonly (string | number)[] | undefined) => (items === undefined || items.length === 0 ? undefined : items.join('_'));
const isId = (value: number) => Number.isInteger(value) && value > 0;

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
