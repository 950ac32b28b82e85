import { adminProcedure, router } from '#server/trpc.ts';
import { checkPolicy } from '#server/use-cases/curation/feasibility/check-policy.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { watchFeasibility } from '#server/use-cases/curation/feasibility/watch-feasibility.ts';
import { convertPolicy } from '#server/use-cases/policies/convert-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { diffPolicies } from '#server/use-cases/policies/diff-policies.ts';
import { followVersion } from '#server/use-cases/policies/follow-version.ts';
import { listPolicies } from '#server/use-cases/policies/list-policies.ts';
import { listPolicyFamilies } from '#server/use-cases/policies/list-policy-families.ts';
import { listTags } from '#server/use-cases/policies/list-tags.ts';
import { planConversion } from '#server/use-cases/curation/preview/plan-conversion.ts';
import { previewPolicy } from '#server/use-cases/curation/preview/preview-policy.ts';
import { previewWindow } from '#server/use-cases/curation/preview/preview-window.ts';
import { viewPolicyFamily } from '#server/use-cases/policies/view-policy-family.ts';
import {
  checkPolicyInput,
  convertPolicyInput,
  createPolicyInput,
  diffPoliciesInput,
  followVersionInput,
  policyFamilyInput,
  previewPolicyInput,
  previewWindowInput,
  watchFeasibilityInput,
} from '#shared/contracts/policies/policy-inputs.ts';

const policyProcedure = adminProcedure.meta({ body: 'policy', rate: 'preview' });
const previewProcedure = adminProcedure.meta({ rate: 'preview' });

/** Policies and their versions: hard rules and preferences. A draft can be checked and previewed before it is saved. */
export const policiesRouter = router({
  list: adminProcedure.query(({ ctx }) => listPolicies(ctx.deps, ctx.actor)),
  families: adminProcedure.query(({ ctx }) => listPolicyFamilies(ctx.deps, ctx.actor)),
  family: adminProcedure.input(policyFamilyInput).query(({ ctx, input }) => viewPolicyFamily(ctx.deps, ctx.actor, input)),
  tags: adminProcedure.query(({ ctx }) => listTags(ctx.deps, ctx.actor)),
  diff: adminProcedure.input(diffPoliciesInput).query(({ ctx, input }) => diffPolicies(ctx.deps, ctx.actor, input)),
  check: policyProcedure.input(checkPolicyInput).query(({ ctx, input, signal }) => checkPolicy(ctx.deps, ctx.actor, { ...input, signal })),
  watch: policyProcedure.input(watchFeasibilityInput).query(({ ctx, input, signal }) => watchFeasibility(ctx.deps, ctx.actor, { ...input, signal })),
  preview: policyProcedure.input(previewPolicyInput).query(({ ctx, input }) => previewPolicy(ctx.deps, ctx.actor, input)),
  window: policyProcedure.input(previewWindowInput).query(({ ctx, input, signal }) => previewWindow(ctx.deps, ctx.actor, { ...input, signal })),
  create: policyProcedure.input(createPolicyInput).mutation(({ ctx, input }) => createPolicy({ ...ctx.deps, provePolicy }, ctx.actor, input)),
  conversion: previewProcedure.input(policyFamilyInput).query(({ ctx, input }) => planConversion(ctx.deps, ctx.actor, input)),
  convert: previewProcedure.input(convertPolicyInput).mutation(({ ctx, input }) => convertPolicy({ ...ctx.deps, provePolicy }, ctx.actor, input)),
  follow: adminProcedure.input(followVersionInput).mutation(({ ctx, input }) => followVersion(ctx.deps, ctx.actor, input)),
});
