import { z } from 'zod';
import { CLOSENESS } from '#shared/domain/discovery/matchers/closeness.ts';
import type { MatchReason } from '#shared/domain/discovery/matchers/reasons.ts';
import { recordingId, spotifyAlbumId, spotifyArtistId } from '#shared/ids.ts';
import { patternInput, playlistIndexInput, wholeInput } from '#shared/input-types.ts';

/** What a playlist should go with. */
export const seedInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('recording'), recordingId }),
  z.strictObject({ kind: z.literal('artist'), artistId: spotifyArtistId }),
  z.strictObject({ kind: z.literal('album'), albumId: spotifyAlbumId }),
  z.strictObject({ kind: z.literal('playlist'), index: playlistIndexInput }),
]);
export type SeedInput = z.infer<typeof seedInput>;

/** One to five seeds, and what the list should be like. */
export const fromSeedsInput = z.strictObject({
  seeds: z.array(seedInput).min(1, 'is empty; choose at least one seed').max(5, 'has more than 5 seeds; remove some'),
  size: wholeInput(1, 200).default(50),
  closeness: z.enum(CLOSENESS).default('balanced'),
  /** A matcher of the registry by its id. */
  matcher: patternInput(/^[a-z][a-z0-9-]{0,39}$/, 'is not the id of a matcher').default('hybrid'),
  /** Another number gives another list of the same seeds. */
  shuffle: wholeInput(0, 9_999).default(0),
  perArtist: wholeInput(1, 50).default(2),
  perAlbum: wholeInput(1, 50).default(1),
  separation: wholeInput(0, 20).default(3),
  /** What must not be offered. */
  exclude: z
    .strictObject({ recordings: z.array(recordingId).max(500).default([]), artists: z.array(spotifyArtistId).max(100).default([]) })
    .default({ recordings: [], artists: [] }),
});
export type FromSeedsInput = z.infer<typeof fromSeedsInput>;

/** A way to find what goes with seeds. */
export interface MatcherView {
  readonly id: string;
  readonly name: string;
  /** One sentence: what it goes by. */
  readonly goesBy: string;
}

/** A track of a list from seeds, with the fact that put it there. `seed` is a recording id. */
export interface SeedTrackView {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly reason: MatchReason;
  readonly why: string;
}

/** A list from seeds; nothing is stored. */
export interface FromSeedsView {
  readonly tracks: readonly SeedTrackView[];
  /** Recordings that the list was chosen from. */
  readonly candidates: number;
  /** Seeds that could not be used, and why. */
  readonly notes: readonly string[];
  /** Why there is no list, and what would help. */
  readonly shortfall: readonly string[];
}
