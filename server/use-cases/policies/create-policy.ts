import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertPolicy, listLatestPolicies } from '#server/repos/policies.ts';
import type { CreatePolicyInput } from '#shared/contracts/playlists.ts';
import { parsePolicy } from '#shared/domain/policy-document.ts';
import { AppError } from '#shared/errors.ts';
import { policyId } from '#shared/ids.ts';
import type { PolicyId } from '#shared/ids.ts';

/** Stores a policy as the first version of a new family, or as the next of `familyId`. Throws `invalid_input` naming the field at fault. */
export async function createPolicy(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: CreatePolicyInput,
): Promise<{ id: PolicyId; version: number }> {
  requireAdmin(actor);
  const body = parsePolicy(input.body);
  const id = policyId.parse(deps.newId());
  return deps.db.transaction(async (tx) => {
    const previous = input.familyId ? (await listLatestPolicies(tx)).find((row) => row.familyId === input.familyId) : undefined;
    if (input.familyId && !previous) {
      throw new AppError('not_found', {
        message: 'There is no such policy to make a new version of.',
        remedy: 'Choose one from the list, or save it as a new policy.',
        field: 'familyId',
      });
    }
    const version = (previous?.version ?? 0) + 1;
    await insertPolicy(tx, {
      id,
      familyId: previous?.familyId ?? id,
      version,
      name: input.name,
      body,
      createdAt: deps.now(),
      createdBy: actorName(actor),
    });
    return { id, version };
  });
}
