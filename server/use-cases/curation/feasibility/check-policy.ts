import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import type { CheckPolicyInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { PolicyCheckView, PolicyProblemView, RuleCountView } from '#shared/contracts/policies/policy-views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { dayOf } from '#shared/domain/days.ts';
import { describePolicy } from '#shared/domain/policies/describe-policy.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { countRules } from '#shared/domain/policies/pool.ts';
import { AppError } from '#shared/errors.ts';
import { provePolicy } from './prove-policy.ts';
import { requireNoPriorityCycle } from '#server/use-cases/policies/require-no-priority-cycle.ts';

/** Checks a draft: its problems, its rules in words, how many recordings each rule admits today, and whether its lists can be filled. Stores nothing; stops when `signal` aborts. */
export async function checkPolicy(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  input: CheckPolicyInput & { readonly signal?: AbortSignal | undefined },
): Promise<PolicyCheckView> {
  requireAdmin(actor);
  const parsed = await readDraft(deps, input);
  if (parsed.kind === 'problem') return { problems: [parsed.problem], rules: [], counts: [], pool: null, catalog: null, feasibility: null };
  const { policy } = parsed;
  const { catalog } = await getCachedCatalog(deps, { texts: policyNeedsTexts(policy) });
  const counts = countAll(catalog, policy, dayNumber(dayOf(deps.now())));
  return {
    problems: [],
    rules: describePolicy(policy),
    counts,
    pool: counts[0]?.admits ?? 0,
    catalog: catalog.size,
    feasibility: input.feasibility ? await provePolicy(deps, { ...input, policy, familyId: input.familyId }) : null,
  };
}

type ParsedDraft = { readonly kind: 'policy'; readonly policy: Policy } | { readonly kind: 'problem'; readonly problem: PolicyProblemView };

async function readDraft(deps: Pick<Deps, 'db'>, { body, familyId }: CheckPolicyInput): Promise<ParsedDraft> {
  try {
    const policy = parsePolicy(body);
    await requireNoPriorityCycle(deps, policy, familyId);
    return { kind: 'policy', policy };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid_input') throw error;
    return { kind: 'problem', problem: { field: error.field ?? 'policy', message: error.message, remedy: error.remedy ?? '' } };
  }
}

/** Counts for every rule of the pool and of the blocks of the mix, each rule on its own. */
function countAll(catalog: Catalog, policy: Policy, day: number): RuleCountView[] {
  const countUnder = (rule: Rule, path: string) =>
    countRules(catalog, rule, day).map((count) => ({ ...count, path: count.path.replace(/^pool/, path) }));
  return [...countUnder(policy.pool, 'pool'), ...policy.mix.flatMap((block, at) => countUnder(block.rule, `mix.${at}.rule`))];
}
