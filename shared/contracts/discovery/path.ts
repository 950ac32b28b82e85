import { recordingId, spotifyArtistId } from '#shared/ids.ts';
import { wholeInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** Joins of the longest path. */
export const PATH_STEPS_MAX = 30;
/** What tracks are joined by. */
const PATH_BY = ['both', 'sound', 'playlists'] as const;
export type PathBy = (typeof PATH_BY)[number];

/** From one recording to another in a number of steps. */
export const pathInput = z.strictObject({
  from: recordingId,
  to: recordingId,
  /** Joins; a path has one track more. */
  steps: wholeInput(2, PATH_STEPS_MAX).default(8),
  by: z.enum(PATH_BY).default('both'),
  /** `clean` leaves out what is explicit, and what nobody knows to be clean. */
  explicit: z.enum(['any', 'clean']).default('any'),
  /** Tracks by one artist are at least so many places apart. */
  separation: wholeInput(0, 20).default(3),
  /** Tracks that stay at their place; the first track of a path has place 1. */
  keep: z
    .array(z.strictObject({ position: wholeInput(2, PATH_STEPS_MAX), recordingId }))
    .max(PATH_STEPS_MAX - 1)
    .default([]),
  /** What must not be on the path. */
  exclude: z
    .strictObject({ recordings: z.array(recordingId).max(500).default([]), artists: z.array(spotifyArtistId).max(100).default([]) })
    .default({ recordings: [], artists: [] }),
});
export type PathInput = z.infer<typeof pathInput>;

/** Why two neighbors of a path follow each other: one fact with its numbers. */
export type PathFact =
  | { readonly fact: 'shared_lists'; readonly together: number }
  | { readonly fact: 'same_album'; readonly album: string }
  | { readonly fact: 'same_artist'; readonly artist: string }
  | { readonly fact: 'key'; readonly from: string; readonly to: string }
  | { readonly fact: 'genres'; readonly genres: readonly string[] }
  | { readonly fact: 'year'; readonly year: number }
  | {
      readonly fact: 'sound';
      /** In standard deviations of the catalog, over the features that are known of both. */
      readonly distance: number;
      readonly features: number;
      readonly tempo: readonly [number, number] | null;
      readonly energy: readonly [number, number] | null;
    };

export interface PathTrackView {
  /** From 1. */
  readonly position: number;
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly durationMs: number;
  readonly energy: number | null;
  readonly tempo: number | null;
  /** Camelot code, such as 8A for A minor. */
  readonly key: string | null;
}

/** The join between the track at `position` and the next one. */
export interface PathStepView {
  readonly position: number;
  readonly why: string;
  /** The strongest first. */
  readonly facts: readonly PathFact[];
  /** Null where no feature is known of both. */
  readonly distance: number | null;
  readonly features: number;
  /** In beats per minute. */
  readonly tempoChange: number | null;
  readonly isWeakest: boolean;
}

/** A path; nothing is stored. */
export interface PathView {
  readonly tracks: readonly PathTrackView[];
  readonly steps: readonly PathStepView[];
  /** Recordings that were compared. */
  readonly compared: number;
  readonly durationMs: number;
  readonly notes: readonly string[];
}
