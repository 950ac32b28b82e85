import type { Policy } from '#shared/contracts/policies/policy.ts';
import { capsOf } from '../caps.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { SongNumbers } from '#shared/domain/catalog/song-key.ts';
import { slotsByShare } from '../mix.ts';
import { leavingCount } from '../turnover-count.ts';

/** A number of lists that follow one policy. */
export interface Load {
  readonly policy: Policy;
  /** Number of lists that may not share a recording. */
  readonly lists: number;
}

/**
 * The most recordings that the lists of a policy block for each other: those in the lists, and those that left and are within their repeat window.
 * A list of K tracks of which f change per day blocks K, plus f for each further day of the repeat window.
 */
export function neededFor({ policy, lists }: Load): number {
  return lists * usedBy(policy, Infinity);
}

/** Distinct recordings that one list has used by the given day (from 1), while none of them may repeat yet. */
function usedBy(policy: Policy, days: number): number {
  const { size, turnover } = policy;
  return size + leavingCount(turnover, size) * (Math.min(days, windowOf(policy)) - 1);
}

/**
 * Days until a list of the policy reaches its steady state, in which as many recordings become free as are used. A list that can be filled until
 * then can be filled on every later day, unless the pool changes with time.
 */
export function steadyAfter(policy: Policy): number {
  if (leavingCount(policy.turnover, policy.size) === 0) return 2;
  return Math.max(windowOf(policy), policy.version === 2 ? policy.songs.days : 0) + 2;
}

/** Effective repeat window in days, today included. */
function windowOf({ size, turnover, rest }: Policy): number {
  // With a turnover below 1, a recording that leaves a list does not return the same day, however short the repeat window is.
  const atLeast = turnover < 1 && leavingCount(turnover, size) > 0 ? 2 : 1;
  return Math.max(atLeast, rest.days);
}

/**
 * The first of `days` (from 1) on which the rules cannot be met, whatever is chosen: by then the lists together need more distinct recordings than
 * exist, or than the caps allow from artists and albums. Undefined when counting finds none. Not for lists with a playing time.
 */
export function firstShortDay(catalog: Catalog, rows: Int32Array, load: Load & { readonly days: number }): number | undefined {
  const { policy, lists } = load;
  const artists = sizesOf(rows, (row) => artistsOf(catalog, row)[0] ?? -1);
  const albums = sizesOf(rows, (row) => catalog.albums[row] ?? -1);
  const caps = capsOf(policy);
  const window = Math.min(load.days, windowOf(policy));
  for (let day = 1; day <= window; day++) {
    const needed = lists * usedBy(policy, day);
    if (needed > rows.length) return day;
    if (needed > cappedTotal(artists, caps.perArtist * lists * day)) return day;
    if (needed > cappedTotal(albums, caps.perAlbum * lists * day)) return day;
  }
  return undefined;
}

/**
 * Whether every list can be filled on every day without end, whatever was chosen before: even with all blocked recordings unavailable and the largest
 * artists and albums at their caps, a candidate is left for each slot and block. `claimed` counts the recordings that other lists may hold.
 */
export function isAmple(
  catalog: Catalog,
  rows: Int32Array,
  load: Load & { readonly claimed: number; readonly blocks: readonly Int32Array[] },
): boolean {
  const { policy, claimed, blocks } = load;
  const unavailable = neededFor(load) + claimed;
  const parts = blocks.length > 0 ? blocks : [rows];
  const slots = slotsByShare(policy.size, blocks.length > 0 ? policy.mix.map((block) => block.share) : [1]);
  return parts.every((part, index) => (slots[index] ?? 0) === 0 || part.length - unavailable - blockedByCaps(catalog, part, policy) >= 1);
}

/** The most candidates that caps can block for a list that lacks one track: those of the largest artists and albums. */
function blockedByCaps(catalog: Catalog, rows: Int32Array, policy: Policy): number {
  const { size } = policy;
  const caps = capsOf(policy);
  let credits = 1;
  for (const row of rows) credits = Math.max(credits, artistsOf(catalog, row).length);
  const artists = new Map<number, number>();
  for (const row of rows) for (const artist of artistsOf(catalog, row)) artists.set(artist, (artists.get(artist) ?? 0) + 1);
  const albums = sizesOf(rows, (row) => catalog.albums[row] ?? -1);
  return (
    sumOfLargest([...artists.values()], Math.floor(((size - 1) * credits) / caps.perArtist)) +
    sumOfLargest(albums, Math.floor((size - 1) / caps.perAlbum)) +
    blockedBySongs(catalog, rows, policy)
  );
}

/** The most candidates that songs can block: those of the largest songs, in the list and in the lists of the song window. */
function blockedBySongs(catalog: Catalog, rows: Int32Array, policy: Policy): number {
  if (policy.version !== 2) return 0;
  const songs = SongNumbers.of(catalog);
  return sumOfLargest(
    sizesOf(rows, (row) => songs.of(row)),
    policy.size * (policy.songs.days + 1) - 1,
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

function cappedTotal(sizes: readonly number[], each: number): number {
  return sizes.reduce((sum, size) => sum + Math.min(size, each), 0);
}

function sumOfLargest(sizes: number[], count: number): number {
  if (count >= sizes.length) return sizes.reduce((sum, size) => sum + size, 0);
  return sizes
    .toSorted((a, b) => b - a)
    .slice(0, count)
    .reduce((sum, size) => sum + size, 0);
}
