import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { ConvertPolicyInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { ConversionReceipt } from '#shared/contracts/policies/policy-views.ts';
import { AppError } from '#shared/errors.ts';
import { readConversionPlan } from './conversion-plan.ts';
import { createPolicy } from './create-policy.ts';

/**
 * Saves a policy's conversion to version 2 as its next version, exactly as planned; the caller passes the plan's hash. Playlists keep the version they
 * follow. Throws `conflict` when the policy was changed since the plan, `invalid_input` when its lists could not be filled, and `not_found`.
 */
export async function convertPolicy(deps: Parameters<typeof createPolicy>[0], actor: Actor, input: ConvertPolicyInput): Promise<ConversionReceipt> {
  requireAdmin(actor);
  const { newest, body, playlists, hash } = await readConversionPlan(deps, input.familyId);
  if (hash !== input.hash) throw outdatedPlan(newest.name);
  try {
    const saved = await createPolicy(deps, actor, { name: newest.name, body, familyId: input.familyId, basedOn: newest.version });
    return { ...saved, from: { id: newest.id, version: newest.version }, playlists };
  } catch (error) {
    // Somebody saved the next version while this one was checked.
    if (error instanceof AppError && error.code === 'conflict' && error.field === 'basedOn') throw outdatedPlan(newest.name);
    throw error;
  }
}

function outdatedPlan(name: string): AppError {
  return new AppError('conflict', {
    message: `“${name}” was changed since this plan was made.`,
    remedy: 'Nothing was saved. Reload the page to plan the conversion of its newest version.',
    field: 'hash',
  });
}
