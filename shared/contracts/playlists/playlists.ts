import { z } from 'zod';
import { policyId } from '#shared/ids.ts';

export const createPlaylistsInput = z.strictObject({
  themeTag: z.string().trim().min(1).max(60),
  blurb: z.string().trim().max(200).optional(),
  policyId,
  /** Several playlists of one theme draw from the same pool without sharing a recording. */
  count: z.int().min(1).max(100).default(1),
});
export type CreatePlaylistsInput = z.infer<typeof createPlaylistsInput>;

/**
 * The body is checked by the policy's own rules (shared/domain), which name the field and the remedy. `basedOn` is the newest version that whoever
 * saves has seen: when it is no longer the newest, nothing is saved.
 */
export const createPolicyInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  body: z.unknown(),
  familyId: z.uuid().optional(),
  basedOn: z.int().positive().optional(),
});
export type CreatePolicyInput = z.infer<typeof createPolicyInput>;
