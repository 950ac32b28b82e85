import { z } from 'zod';
import { policyId } from '#shared/ids.ts';
import { nameInput, trimmedInput, wholeInput } from '#shared/input-types.ts';

export const createPlaylistsInput = z.strictObject({
  themeTag: nameInput(60),
  blurb: trimmedInput(200).optional(),
  policyId,
  /** Playlists of one theme draw from the same pool without sharing a recording. */
  count: wholeInput(1, 100).default(1),
});
export type CreatePlaylistsInput = z.infer<typeof createPlaylistsInput>;
