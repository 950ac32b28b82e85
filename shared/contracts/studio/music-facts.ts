import { numberInput, shareInput, textInput, wholeInput } from '#shared/input-types.ts';
import { z } from 'zod';

const share = shareInput.nullable();

/** The numbers of some music that a picture is drawn from. Null is unknown, never a value of its own. */
export const musicFacts = z.strictObject({
  valence: share,
  energy: share,
  danceability: share,
  acousticness: share,
  instrumentalness: share,
  /** Beats per minute. */
  tempo: numberInput(20, 300).nullable(),
  /** First year of the decade that most of the music is from: 1970. */
  decade: wholeInput(1900, 2100).nullable(),
  /** Genres by weight, the heaviest first; weights sum to at most 1. */
  genres: z.array(z.strictObject({ name: textInput(80), weight: shareInput })).max(12),
  /** The tracks in order. */
  tracks: z.array(z.strictObject({ durationMs: wholeInput(0, 86_400_000), energy: share, valence: share })).max(100),
});
export type MusicFacts = z.infer<typeof musicFacts>;
