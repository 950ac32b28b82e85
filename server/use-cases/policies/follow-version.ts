import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { findPolicy } from '#server/repos/policies/policies.ts';
import { moveFollowers } from '#server/repos/policies/policy-followers.ts';
import type { FollowVersionInput } from '#shared/contracts/policies/policy-inputs.ts';
import { AppError } from '#shared/errors.ts';
import { holdNoCircle } from './require-no-circle.ts';

/**
 * Lets all playlists of a policy follow one of its versions, newer or older, from their next list on; lists that are there stay. Doing it twice
 * changes nothing. Throws `not_found`, and `invalid_input` when groups of playlists would yield to each other in a circle then.
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
        message: 'There is no such version of a policy.',
        remedy: 'Choose one from its history.',
        field: 'policyId',
      });
    // An older version may yield to groups that yield to its own by now.
    await holdNoCircle(tx, policy.body, policy.familyId);
    const moved = await moveFollowers(tx, { familyId: policy.familyId, policyId });
    if (moved.length > 0) {
      const detail = `version ${policy.version} for playlists ${moved.join(', ')}`;
      await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), actor: actorName(actor), action: 'policy.follow', subject: policyId, detail });
    }
    return { playlists: moved };
  });
}
