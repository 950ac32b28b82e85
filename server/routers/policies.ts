import { adminProcedure, router } from '#server/trpc.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { listPolicies } from '#server/use-cases/policies/list-policies.ts';
import { createPolicyInput } from '#shared/contracts/playlists.ts';

/** What must hold and what is preferred, version by version. */
export const policiesRouter = router({
  list: adminProcedure.query(({ ctx }) => listPolicies(ctx.deps, ctx.actor)),
  create: adminProcedure.input(createPolicyInput).mutation(({ ctx, input }) => createPolicy(ctx.deps, ctx.actor, input)),
});
