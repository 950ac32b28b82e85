import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertPolicy, listLatestPolicies, lockPolicyFamily } from '#server/repos/policies/policies.ts';
import type { PolicyRow } from '#server/repos/policies/policies.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { CreatePolicyInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { AppError } from '#shared/errors.ts';
import { policyId } from '#shared/ids.ts';
import type { PolicyId } from '#shared/ids.ts';
import { lockAndRequireNoPriorityCycle, requireNoPriorityCycle } from './require-no-priority-cycle.ts';

type ReadDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>;

/** A draft whose lists must be fillable for a number of days. */
export interface DraftToProve {
  readonly policy: Policy;
  readonly familyId: string | undefined;
  readonly playlists: number;
  readonly days: number;
  /** Aborted when no caller waits for the result any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Checks whether the lists of a draft can be filled; null while the catalog is empty. Curation implements it. */
export type ProvePolicy = (deps: ReadDeps, draft: DraftToProve) => Promise<FeasibilityView | null>;

type CreatePolicyDeps = ReadDeps & Pick<Deps, 'newId'> & { readonly provePolicy: ProvePolicy };

/** How many days ahead a person's policy must be feasible. */
const DAYS_AHEAD = 90;

/**
 * Stores a policy as the first version of a new family, or as the next of `familyId`. Throws `invalid_input` with the invalid field, also when its
 * lists could not be filled (with the smallest conflict), `conflict` when `basedOn` is no longer the newest version, and `not_found`. The system actor
 * may store policies before their music is imported.
 */
export async function createPolicy(deps: CreatePolicyDeps, actor: Actor, input: CreatePolicyInput): Promise<{ id: PolicyId; version: number }> {
  requireAdmin(actor);
  const body = parsePolicy(input.body);
  await requireNoPriorityCycle(deps, body, input.familyId);
  if (actor.kind !== 'system') await requireFeasible(deps, body, input.familyId);
  const id = policyId.parse(deps.newId());
  return deps.db.transaction(async (tx) => {
    // The feasibility check takes a while; in the meantime another save may have closed a cycle.
    await lockAndRequireNoPriorityCycle(tx, body, input.familyId);
    if (input.familyId) await lockPolicyFamily(tx, input.familyId);
    const previous = input.familyId ? (await listLatestPolicies(tx)).find((row) => row.familyId === input.familyId) : undefined;
    if (input.familyId && !previous) {
      throw new AppError('not_found', {
        message: 'The policy for this new version does not exist.',
        remedy: 'Choose one from the list, or save it as a new policy.',
        field: 'familyId',
      });
    }
    if (previous && input.basedOn !== undefined && input.basedOn !== previous.version) throw outdatedDraft(previous);
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

function outdatedDraft({ version, createdBy }: PolicyRow): AppError {
  return new AppError('conflict', {
    message: `${createdBy} saved version ${version} after you started editing.`,
    remedy: 'Your draft is stored. Reload the page to compare it with that version, then save.',
    field: 'basedOn',
  });
}

async function requireFeasible(deps: CreatePolicyDeps, policy: Policy, familyId: string | undefined): Promise<void> {
  const feasibility = await deps.provePolicy(deps, { policy, familyId, playlists: 1, days: DAYS_AHEAD });
  if (feasibility?.kind !== 'infeasible') return;
  const [first] = feasibility.conflict;
  throw new AppError('invalid_input', {
    message: feasibility.summary,
    remedy: first ? `${first.remedy} ${feasibility.conflict.length > 1 ? 'Or relax another of these rules.' : ''}`.trim() : 'Import more albums.',
    field: first?.path ?? 'policy',
  });
}
