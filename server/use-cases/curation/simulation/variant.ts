import type { Db } from '#server/repos/database.ts';
import { findPolicy, listPolicyVersions } from '#server/repos/policies/policies.ts';
import { DRAFT_ID } from '../preview/draft-lists.ts';
import type { DraftOfPolicy } from '../preview/draft-lists.ts';
import type { SimulateInput } from '#shared/contracts/policies/policy-inputs.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { AppError } from '#shared/errors.ts';

/**
 * What a variant puts in the place of a family's policy: a stored version stands in for its whole family, a draft for the family it names, or for
 * none yet. Undefined where the network stays as it is. Throws `not_found`, and `invalid_input` for a draft that is none.
 */
export async function requireVariant(db: Db, variant: SimulateInput['variants'][number]): Promise<DraftOfPolicy | undefined> {
  if (variant.policyId !== undefined) {
    const found = await findPolicy(db, variant.policyId);
    if (!found) throw missing('policyId');
    return { familyId: found.familyId, policyId: found.id, policy: found.body };
  }
  if (variant.body === undefined) return undefined;
  const policy = parsePolicy(variant.body);
  if (variant.familyId !== undefined && (await listPolicyVersions(db, variant.familyId)).length === 0) throw missing('familyId');
  return { familyId: variant.familyId, policyId: DRAFT_ID, policy };
}

function missing(field: string): AppError {
  return new AppError('not_found', {
    message: 'There is no such policy to simulate.',
    remedy: 'Choose one from the list of policies.',
    field: `variants.${field}`,
  });
}
