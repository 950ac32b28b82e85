import { z } from 'zod';
import { day, policyId } from '#shared/ids.ts';
import { hashInput, idInput, nameInput, playlistIndexInput, wholeInput } from '#shared/input-types.ts';

/** The body is any JSON; its validation names the field and the remedy. `familyId` checks a draft of an existing policy with that policy's playlists. */
export const checkPolicyInput = z.strictObject({
  body: z.unknown(),
  familyId: z.uuid().optional(),
  playlists: wholeInput(1, 1_000).default(1),
  days: wholeInput(1, 730).default(90),
  feasibility: z.boolean().default(true),
});
export type CheckPolicyInput = z.infer<typeof checkPolicyInput>;

/** As for a check, which waits for the result; this one reports its progress. */
export const watchFeasibilityInput = checkPolicyInput.omit({ feasibility: true });
export type WatchFeasibilityInput = z.infer<typeof watchFeasibilityInput>;

export const previewPolicyInput = z.strictObject({
  body: z.unknown(),
  familyId: z.uuid().optional(),
  playlistIndex: playlistIndexInput.optional(),
  day: day.optional(),
});
export type PreviewPolicyInput = z.infer<typeof previewPolicyInput>;

/** The lists of a draft over so many days from the next one without lists. */
export const previewWindowInput = z.strictObject({ body: z.unknown(), familyId: z.uuid().optional(), days: wholeInput(1, 60).default(30) });
export type PreviewWindowInput = z.infer<typeof previewWindowInput>;

export const policyFamilyInput = z.strictObject({ familyId: z.uuid() });
export type PolicyFamilyInput = z.infer<typeof policyFamilyInput>;

export const diffPoliciesInput = z.strictObject({ from: policyId, to: policyId });
export type DiffPoliciesInput = z.infer<typeof diffPoliciesInput>;

/** Simulates one or two policies over the whole network: stored versions by id, or a draft body in place of a family's policy. */
export const simulateInput = z.strictObject({
  days: wholeInput(1, 365).default(30),
  from: day.optional(),
  variants: z
    .array(
      z.strictObject({
        name: nameInput(80),
        familyId: z.uuid().optional(),
        policyId: policyId.optional(),
        body: z.unknown().optional(),
        /** Name under which a draft would be saved. */
        saveAs: nameInput(80).optional(),
      }),
    )
    .min(1)
    .max(2),
});
export type SimulateInput = z.infer<typeof simulateInput>;

export const simulationInput = z.strictObject({ id: z.uuid() });
export type SimulationInput = z.infer<typeof simulationInput>;

/** The version that all playlists of its policy use from their next list on. */
export const followVersionInput = z.strictObject({ policyId });
export type FollowVersionInput = z.infer<typeof followVersionInput>;

/**
 * The body is validated by shared/domain, which names the field and the remedy. `basedOn` is the newest version that the editor had loaded: if a
 * newer one exists, nothing is saved.
 */
export const createPolicyInput = z.strictObject({
  name: nameInput(80),
  body: z.unknown(),
  familyId: z.uuid().optional(),
  basedOn: idInput.optional(),
});
export type CreatePolicyInput = z.infer<typeof createPolicyInput>;

/** Converting a policy requires the hash of its plan, which proves that the caller has seen exactly this plan. */
export const convertPolicyInput = z.strictObject({ familyId: z.uuid(), hash: hashInput('a plan') });
export type ConvertPolicyInput = z.infer<typeof convertPolicyInput>;
