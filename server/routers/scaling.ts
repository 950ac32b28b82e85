import { adminProcedure, router } from '#server/trpc.ts';
import { applyScalingPlan } from '#server/use-cases/scaling/apply-scaling-plan.ts';
import { makeScalingPlan } from '#server/use-cases/scaling/make-scaling-plan.ts';
import { renameAddition } from '#server/use-cases/scaling/rename-addition.ts';
import { viewScaling } from '#server/use-cases/scaling/view-scaling.ts';
import { saveNetworkSettings } from '#server/use-cases/operations/save-network-settings.ts';
import { networkSettingsInput, renameAdditionInput, scalingPlanInput } from '#shared/contracts/scaling/scaling.ts';

/** Capacity: number of playlists, the accounts that host them, and the auto-apply limits. A plan is applied only by its hash. */
export const scalingRouter = router({
  view: adminProcedure.query(({ ctx }) => viewScaling(ctx.deps, ctx.actor)),
  plan: adminProcedure.mutation(({ ctx }) => makeScalingPlan(ctx.deps, ctx.actor)),
  applyPlan: adminProcedure.input(scalingPlanInput).mutation(({ ctx, input }) => applyScalingPlan(ctx.deps, ctx.actor, input)),
  renameAddition: adminProcedure.input(renameAdditionInput).mutation(({ ctx, input }) => renameAddition(ctx.deps, ctx.actor, input)),
  saveSettings: adminProcedure.input(networkSettingsInput).mutation(({ ctx, input }) => saveNetworkSettings(ctx.deps, ctx.actor, input)),
});
