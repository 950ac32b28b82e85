import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findPolicy } from '#server/repos/policies/policies.ts';
import type { PolicyRow } from '#server/repos/policies/policies.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import type { DiffPoliciesInput } from '#shared/contracts/policies/policy-inputs.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import type { PolicyDiffView } from '#shared/contracts/policies/policy-views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { comparePools, listDifferences } from '#shared/domain/policies/policy-diff.ts';
import { AppError } from '#shared/errors.ts';
import type { PolicyId } from '#shared/ids.ts';

/** The changes from one version of a policy to another, in words, and how many recordings enter and leave its pool today. */
export async function diffPolicies(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  input: DiffPoliciesInput,
): Promise<PolicyDiffView> {
  requireAdmin(actor);
  const from = await requireVersion(deps, input.from, 'from');
  const to = await requireVersion(deps, input.to, 'to');
  const { catalog } = await getCachedCatalog(deps, { texts: [from.body, to.body].some(policyNeedsTexts) });
  return {
    from: { id: from.id, version: from.version },
    to: { id: to.id, version: to.version },
    differences: listDifferences(from.body, to.body),
    pool: comparePools(catalog, { before: from.body.pool, after: to.body.pool, day: dayNumber(dayOf(deps.now())) }),
  };
}

async function requireVersion(deps: Pick<Deps, 'db'>, id: PolicyId, field: string): Promise<PolicyRow> {
  const version = await findPolicy(deps.db, id);
  if (!version)
    throw new AppError('not_found', { message: 'This version of the policy does not exist.', remedy: 'Choose one from its history.', field });
  return version;
}
