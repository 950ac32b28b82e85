import { z } from 'zod';
import { policyId } from '#shared/ids.ts';

export const createPlaylistsInput = z.strictObject({
  themeTag: z.string().trim().min(1).max(60),
  blurb: z.string().trim().max(200).optional(),
  policyId,
  /** Playlists of one theme draw from the same pool without sharing a recording. */
  count: z.int().min(1).max(100).default(1),
});
export type CreatePlaylistsInput = z.infer<typeof createPlaylistsInput>;
