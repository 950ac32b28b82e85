import type { Db } from '#server/repos/database.ts';
import { findPolicy, listPolicyVersions } from '#server/repos/policies/policies.ts';
import { DRAFT_ID } from '../preview/draft-lists.ts';
import type { DraftToPreview } from '../preview/draft-lists.ts';
import type { SimulateInput } from '#shared/contracts/policies/policy-inputs.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { AppError } from '#shared/errors.ts';

/**
 * The policy that a variant uses in place of a family's current one: a stored version replaces that of its family, a draft that of the family it
 * names, or of none. Undefined when the variant is the unchanged network. Throws `not_found`, and `invalid_input` for an invalid draft.
 */
export async function requireVariant(db: Db, variant: SimulateInput['variants'][number]): Promise<DraftToPreview | undefined> {
  if (variant.policyId !== undefined) {
    const version = await findPolicy(db, variant.policyId);
    if (!version) throw policyNotFound('policyId');
    return { familyId: version.familyId, policyId: version.id, policySavedAt: version.createdAt, policy: version.body };
  }
  if (variant.body === undefined) return undefined;
  const policy = parsePolicy(variant.body);
  if (variant.familyId !== undefined && (await listPolicyVersions(db, variant.familyId)).length === 0) throw policyNotFound('familyId');
  return { familyId: variant.familyId, policyId: DRAFT_ID, policy };
}

function policyNotFound(field: string): AppError {
  return new AppError('not_found', {
    message: 'There is no such policy to simulate.',
    remedy: 'Choose one from the list of policies.',
    field: `variants.${field}`,
  });
}
