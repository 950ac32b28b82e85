import { mix } from './seeded-random.ts';

/** The kind of an id. It is encoded in the id, so an album id is never also a track id. */
export const ID_KINDS = ['album', 'track', 'artist'] as const;
export type IdKind = (typeof ID_KINDS)[number];

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PAIRS = Array.from({ length: 3844 }, (_, i) => ALPHABET.charAt(Math.floor(i / 62)) + ALPHABET.charAt(i % 62));
const DIGIT = new Map(Array.from(ALPHABET, (character, value) => [character, value] as const));

/** An odd constant and its inverse modulo 2^32, which make the shuffle below reversible. */
const FORWARD = 0x2c1b3c6d;
const BACKWARD = inverse(FORWARD);

/** The largest index: 29 bits; the other 3 bits hold the kind. */
export const INDEX_MAX = 2 ** 29 - 1;

/**
 * Encodes (kind, index) as 22 random-looking base62 characters that can be decoded without a table, so a catalog of any size needs no memory for its
 * ids. The first character is below 8, as in real 128-bit ids.
 */
export function idFor(seed: number, kind: IdKind, index: number): string {
  const word = shuffle(((ID_KINDS.indexOf(kind) << 29) | index) >>> 0, seed);
  return encode6(word) + encode8(mix(seed, word, 1), mix(seed, word, 2)) + encode8(mix(seed, word, 3), mix(seed, word, 4));
}

/** Decodes the index of an id with this seed and kind; undefined for any other string. */
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

function encode6(word: number): string {
  return encode2(Math.floor(word / 14_776_336)) + encode2(Math.floor(word / 3844)) + encode2(word);
}

function encode8(high: number, low: number): string {
  return encode2(high >>> 16) + encode2(high) + encode2(low >>> 16) + encode2(low);
}

function encode2(value: number): string {
  return PAIRS[value % 3844] ?? '00';
}
