import { z } from 'zod';
import { recordingId, spotifyArtistId } from '#shared/ids.ts';

/** What a listener does not want to be offered: one recording, or everything by one artist. */
export const dislikeInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('recording'), recordingId }),
  z.strictObject({ kind: z.literal('artist'), artistId: spotifyArtistId }),
]);
export type DislikeInput = z.infer<typeof dislikeInput>;

/** A dislike with the name of what is disliked. */
export type DislikeView = DislikeInput & { readonly name: string; readonly dislikedAt: string };
