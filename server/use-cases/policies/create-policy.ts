import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertPolicy, listLatestPolicies, lockPolicyFamily } from '#server/repos/policies/policies.ts';
import type { PolicyRow } from '#server/repos/policies/policies.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import type { CreatePolicyInput } from '#shared/contracts/playlists/playlists.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { AppError } from '#shared/errors.ts';
import { policyId } from '#shared/ids.ts';
import type { PolicyId } from '#shared/ids.ts';
import { judgePolicy } from '#server/use-cases/curation/feasibility/judge-policy.ts';
import { holdNoCircle, requireNoCircle } from './require-no-circle.ts';

/** How far ahead a person's policy has to be known to work. */
const DAYS_AHEAD = 90;

/**
 * Stores a policy as the first version of a new family, or as the next of `familyId`. Throws `invalid_input` naming the field at fault, also when
 * its lists could not be filled: then the smallest conflict is told; and `conflict` when another version than the one it is `basedOn` is the newest
 * by now. The house itself may store policies before their music is there.
 */
export async function createPolicy(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'newId'>,
  actor: Actor,
  input: CreatePolicyInput,
): Promise<{ id: PolicyId; version: number }> {
  requireAdmin(actor);
  const body = parsePolicy(input.body);
  await requireNoCircle(deps, body, input.familyId);
  if (actor.kind !== 'system') await requireFeasible(deps, body, input.familyId);
  const id = policyId.parse(deps.newId());
  return deps.db.transaction(async (tx) => {
    // Proving takes a while: somebody else may have saved the other half of a circle meanwhile.
    await holdNoCircle(tx, body, input.familyId);
    if (input.familyId) await lockPolicyFamily(tx, input.familyId);
    const previous = input.familyId ? (await listLatestPolicies(tx)).find((row) => row.familyId === input.familyId) : undefined;
    if (input.familyId && !previous) {
      throw new AppError('not_found', {
        message: 'There is no such policy to make a new version of.',
        remedy: 'Choose one from the list, or save it as a new policy.',
        field: 'familyId',
      });
    }
    if (previous && input.basedOn !== undefined && input.basedOn !== previous.version) throw overtaken(previous);
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

function overtaken({ version, createdBy }: PolicyRow): AppError {
  return new AppError('conflict', {
    message: `Version ${version} was saved since you began, by ${createdBy}.`,
    remedy: 'Your draft is kept: load the page again to see what differs from that version, then save.',
    field: 'basedOn',
  });
}

async function requireFeasible(deps: Pick<Deps, 'db' | 'stream' | 'now'>, policy: PolicyV1, familyId: string | undefined): Promise<void> {
  const verdict = await judgePolicy(deps, { policy, familyId, playlists: 1, days: DAYS_AHEAD });
  if (verdict?.kind !== 'infeasible') return;
  const [first] = verdict.conflict;
  throw new AppError('invalid_input', {
    message: verdict.says,
    remedy: first ? `${first.remedy} ${verdict.conflict.length > 1 ? 'Or loosen another of these rules.' : ''}`.trim() : 'Take in more albums.',
    field: first?.path ?? 'policy',
  });
}
