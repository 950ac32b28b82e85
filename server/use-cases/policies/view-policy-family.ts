import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listPolicyVersions } from '#server/repos/policies/policies.ts';
import type { PolicyFamilyInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { PolicyFamilyView } from '#shared/contracts/policies/policy-views.ts';
import { AppError } from '#shared/errors.ts';
import { groupFamilies } from './group-families.ts';

/** Every version of one policy, newest first. Throws `not_found`. */
export async function viewPolicyFamily(deps: Pick<Deps, 'db'>, actor: Actor, input: PolicyFamilyInput): Promise<PolicyFamilyView> {
  requireAdmin(actor);
  const [family] = groupFamilies(await listPolicyVersions(deps.db, input.familyId));
  if (!family) throw new AppError('not_found', { message: 'This policy does not exist.', remedy: 'Choose one from the list of policies.' });
  return family;
}
