import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listPolicyVersions } from '#server/repos/policies/policies.ts';
import type { PolicyFamilyView } from '#shared/contracts/policies/policy-views.ts';
import { groupFamilies } from './group-families.ts';

/** Every policy with all its versions, by name. */
export async function listPolicyFamilies(deps: Pick<Deps, 'db'>, actor: Actor): Promise<PolicyFamilyView[]> {
  requireAdmin(actor);
  return groupFamilies(await listPolicyVersions(deps.db)).toSorted((a, b) => a.name.localeCompare(b.name));
}
