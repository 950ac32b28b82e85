import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { findPolicy } from '#server/repos/policies/policies.ts';
import { moveFollowers } from '#server/repos/policies/policy-followers.ts';
import type { FollowVersionInput } from '#shared/contracts/policies/policy-inputs.ts';
import { AppError } from '#shared/errors.ts';
import { lockAndRequireNoPriorityCycle } from './require-no-priority-cycle.ts';

/**
 * Switches all playlists of a policy to one of its versions, newer or older, from their next list on; existing lists stay. Idempotent. Throws
 * `not_found`, and `invalid_input` when the priorities of exclusivity groups would form a cycle.
 */
export async function followVersion(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { policyId }: FollowVersionInput,
): Promise<{ playlists: number[] }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    const policy = await findPolicy(tx, policyId);
    if (!policy)
      throw new AppError('not_found', {
        message: 'This version of the policy does not exist.',
        remedy: 'Choose one from its history.',
        field: 'policyId',
      });
    // An older version may yield to groups that now yield to its own group.
    await lockAndRequireNoPriorityCycle(tx, policy.body, policy.familyId);
    const switched = await moveFollowers(tx, { familyId: policy.familyId, policyId });
    if (switched.length > 0) {
      const detail = `version ${policy.version} for playlists ${switched.join(', ')}`;
      await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), actor: actorName(actor), action: 'policy.follow', subject: policyId, detail });
    }
    return { playlists: switched };
  });
}
