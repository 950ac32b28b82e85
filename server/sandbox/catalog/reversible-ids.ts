import { mix } from './seeded-random.ts';

/** What an id stands for. The kind is part of the id, so an album id is never also a track id. */
export const ID_KINDS = ['album', 'track', 'artist'] as const;
export type IdKind = (typeof ID_KINDS)[number];

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PAIRS = Array.from({ length: 3844 }, (_, i) => ALPHABET.charAt(Math.floor(i / 62)) + ALPHABET.charAt(i % 62));
const DIGIT = new Map(Array.from(ALPHABET, (character, value) => [character, value] as const));

/** Odd constants and their inverses modulo 2^32: the shuffle below can be run backwards. */
const FORWARD = 0x2c1b3c6d;
const BACKWARD = inverse(FORWARD);

/** Largest index that fits beside the kind: 29 bits. */
export const INDEX_MAX = 2 ** 29 - 1;

/**
 * Twenty-two characters of base62 that look like chance and lead back to (kind, index) without a table:
 * a catalogue of any size costs no memory for its ids. The first character stays below 8, as with real ids of 128 bits.
 */
export function idFor(seed: number, kind: IdKind, index: number): string {
  const word = shuffle(((ID_KINDS.indexOf(kind) << 29) | index) >>> 0, seed);
  return six(word) + eight(mix(seed, word, 1), mix(seed, word, 2)) + eight(mix(seed, word, 3), mix(seed, word, 4));
}

/** The index behind an id of this seed and kind; `undefined` for any other string. */
export function indexOf(seed: number, kind: IdKind, id: string): number | undefined {
  if (id.length !== 22) return undefined;
  let word = 0;
  for (let i = 0; i < 6; i++) word = word * 62 + (DIGIT.get(id.charAt(i)) ?? Number.NaN);
  if (!(word <= 0xffffffff)) return undefined;
  const plain = unshuffle(word >>> 0, seed);
  const index = plain & INDEX_MAX;
  if (plain >>> 29 !== ID_KINDS.indexOf(kind)) return undefined;
  return idFor(seed, kind, index) === id ? index : undefined;
}

function shuffle(value: number, seed: number): number {
  let word = (value ^ mix(seed, 77)) >>> 0;
  word = Math.imul(word ^ (word >>> 16), FORWARD) >>> 0;
  word = Math.imul(word ^ (word >>> 16), FORWARD) >>> 0;
  return (word ^ (word >>> 16)) >>> 0;
}

function unshuffle(word: number, seed: number): number {
  let value = (word ^ (word >>> 16)) >>> 0;
  value = Math.imul(value, BACKWARD) >>> 0;
  value = (value ^ (value >>> 16)) >>> 0;
  value = Math.imul(value, BACKWARD) >>> 0;
  value = (value ^ (value >>> 16)) >>> 0;
  return (value ^ mix(seed, 77)) >>> 0;
}

/** Newton's iteration for the inverse of an odd number modulo 2^32. */
function inverse(odd: number): number {
  let guess = odd;
  for (let i = 0; i < 5; i++) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess >>> 0;
}

function six(word: number): string {
  return pair(Math.floor(word / 14_776_336)) + pair(Math.floor(word / 3844)) + pair(word);
}

function eight(high: number, low: number): string {
  return pair(high >>> 16) + pair(high) + pair(low >>> 16) + pair(low);
}

function pair(value: number): string {
  return PAIRS[value % 3844] ?? '00';
}
