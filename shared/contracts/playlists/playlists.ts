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

/**
 * The body is validated by shared/domain, which names the field and the remedy. `basedOn` is the newest version that the editor had loaded: if a
 * newer one exists, nothing is saved.
 */
export const createPolicyInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  body: z.unknown(),
  familyId: z.uuid().optional(),
  basedOn: z.int().positive().optional(),
});
export type CreatePolicyInput = z.infer<typeof createPolicyInput>;
