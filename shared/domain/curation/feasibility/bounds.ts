import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { capsOf } from '../caps.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { slotsByShare } from '../mix.ts';
import { leavingCount } from '../turnover.ts';

/** Lists of one policy as a question of counting. */
export interface Load {
  readonly policy: PolicyV1;
  /** How many of them may not share a recording. */
  readonly lists: number;
}

/**
 * How many recordings the lists of a policy keep away from each other at most: what is in them, and what has left them and still rests.
 * A list of K tracks of which f change a day holds K, and f more for each further day of rest.
 */
export function neededFor({ policy, lists }: Load): number {
  return lists * takenBy(policy, Infinity);
}

/** Different recordings that one list has shown by the given day, counted from 1, none of which can have come back while all of them rest. */
function takenBy(policy: PolicyV1, days: number): number {
  const { size, turnover } = policy;
  return size + leavingCount(turnover, size) * (Math.min(days, windowOf(policy)) - 1);
}

/**
 * Days after which a list of the policy keeps no more away from others than before: as many as rest have come and gone. What can be filled until
 * then goes on as it is, unless the pool ages.
 */
export function settledAfter(policy: PolicyV1): number {
  return leavingCount(policy.turnover, policy.size) === 0 ? 2 : windowOf(policy) + 2;
}

/** Days, today among them, whose recordings are kept from coming back. */
function windowOf({ size, turnover, rest }: PolicyV1): number {
  // What leaves a list that changes in part does not come back the same day, however short its rest.
  const atLeast = turnover < 1 && leavingCount(turnover, size) > 0 ? 2 : 1;
  return Math.max(atLeast, rest.days);
}

/**
 * The first of `days` (from 1) on which the rules cannot hold, whatever is chosen: the lists together need more different recordings by then
 * than there are, or than artists and albums may give. Undefined when counting finds none. Not for lists that are measured in minutes.
 */
export function firstShortDay(catalogue: Catalogue, rows: Int32Array, load: Load & { readonly days: number }): number | undefined {
  const { policy, lists } = load;
  const artists = sizesOf(rows, (row) => artistsOf(catalogue, row)[0] ?? -1);
  const albums = sizesOf(rows, (row) => catalogue.albums[row] ?? -1);
  const caps = capsOf(policy);
  const window = Math.min(load.days, windowOf(policy));
  for (let day = 1; day <= window; day++) {
    const needed = lists * takenBy(policy, day);
    if (needed > rows.length) return day;
    if (needed > mostFrom(artists, caps.perArtist * lists * day)) return day;
    if (needed > mostFrom(albums, caps.perAlbum * lists * day)) return day;
  }
  return undefined;
}

/**
 * Whether every list can be filled on every day for ever, however unluckily was chosen before: even when all that ever rests is out, and the
 * largest artists and albums are full, something is left for each place and each block. `claimed` are recordings that others may hold.
 */
export function isAmple(
  catalogue: Catalogue,
  rows: Int32Array,
  asked: Load & { readonly claimed: number; readonly blocks: readonly Int32Array[] },
): boolean {
  const { policy, claimed, blocks } = asked;
  const taken = neededFor(asked) + claimed;
  const parts = blocks.length > 0 ? blocks : [rows];
  const slots = slotsByShare(policy.size, blocks.length > 0 ? policy.mix.map((block) => block.share) : [1]);
  return parts.every((part, index) => (slots[index] ?? 0) === 0 || part.length - taken - blockedBy(catalogue, part, policy) >= 1);
}

/** The most candidates that a list which lacks one track can have closed to itself by its caps: those of the largest artists and albums. */
function blockedBy(catalogue: Catalogue, rows: Int32Array, policy: PolicyV1): number {
  const { size } = policy;
  const caps = capsOf(policy);
  let credits = 1;
  for (const row of rows) credits = Math.max(credits, artistsOf(catalogue, row).length);
  const artists = new Map<number, number>();
  for (const row of rows) for (const artist of artistsOf(catalogue, row)) artists.set(artist, (artists.get(artist) ?? 0) + 1);
  const albums = sizesOf(rows, (row) => catalogue.albums[row] ?? -1);
  return (
    largest([...artists.values()], Math.floor(((size - 1) * credits) / caps.perArtist)) + largest(albums, Math.floor((size - 1) / caps.perAlbum))
  );
}

function sizesOf(rows: Int32Array, keyOf: (row: number) => number): number[] {
  const sizes = new Map<number, number>();
  for (const row of rows) {
    const key = keyOf(row);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return [...sizes.values()];
}

function mostFrom(sizes: readonly number[], each: number): number {
  return sizes.reduce((sum, size) => sum + Math.min(size, each), 0);
}

function largest(sizes: number[], count: number): number {
  if (count >= sizes.length) return sizes.reduce((sum, size) => sum + size, 0);
  return sizes
    .toSorted((a, b) => b - a)
    .slice(0, count)
    .reduce((sum, size) => sum + size, 0);
}
