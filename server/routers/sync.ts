import { adminProcedure, router } from '#server/trpc.ts';
import { applyManySyncPlans } from '#server/use-cases/sync/apply/apply-many-sync-plans.ts';
import { applySyncPlan } from '#server/use-cases/sync/apply/apply-sync-plan.ts';
import { approveDryRun } from '#server/use-cases/sync/dry-run/approve-dry-run.ts';
import { getSyncPlanDetail } from '#server/use-cases/sync/view/get-sync-plan-detail.ts';
import { listFindings } from '#server/use-cases/sync/reconcile/list-findings.ts';
import { listKeptDetails } from '#server/use-cases/sync/manual-edits/list-kept-details.ts';
import { listSyncPlans } from '#server/use-cases/sync/view/list-sync-plans.ts';
import { planSync } from '#server/use-cases/sync/plan/plan-sync.ts';
import { setManualEditMode } from '#server/use-cases/sync/manual-edits/set-manual-edit-mode.ts';
import { viewDryRun } from '#server/use-cases/sync/dry-run/view-dry-run.ts';
import { viewSyncInProgress } from '#server/use-cases/operations/jobs/view-sync-in-progress.ts';
import { discardManualEdit } from '#server/use-cases/sync/manual-edits/discard-manual-edit.ts';
import {
  applyManySyncPlansInput,
  applySyncPlanInput,
  approveDryRunInput,
  listSyncPlansInput,
  planSyncInput,
  releaseManualEditsInput,
  setManualEditsInput,
  syncPlanDetailInput,
} from '#shared/contracts/sync/sync-inputs.ts';

/** Sync to Spotify: plan → preview → apply → receipt. A plan is applied only by its hash. */
export const syncRouter = router({
  plan: adminProcedure.input(planSyncInput).mutation(({ ctx, input }) => planSync(ctx.deps, ctx.actor, input)),
  plans: adminProcedure.input(listSyncPlansInput).query(({ ctx, input }) => listSyncPlans(ctx.deps, ctx.actor, input)),
  detail: adminProcedure.input(syncPlanDetailInput).query(({ ctx, input }) => getSyncPlanDetail(ctx.deps, ctx.actor, input)),
  applyOne: adminProcedure.input(applySyncPlanInput).mutation(({ ctx, input }) => applySyncPlan(ctx.deps, ctx.actor, input)),
  applyAll: adminProcedure.input(applyManySyncPlansInput).mutation(({ ctx, input }) => applyManySyncPlans(ctx.deps, ctx.actor, input)),
  dryRun: adminProcedure.input(listSyncPlansInput).query(({ ctx, input }) => viewDryRun(ctx.deps, ctx.actor, input)),
  inProgress: adminProcedure.input(listSyncPlansInput).query(({ ctx, input }) => viewSyncInProgress(ctx.deps, ctx.actor, input)),
  approve: adminProcedure.input(approveDryRunInput).mutation(({ ctx, input }) => approveDryRun(ctx.deps, ctx.actor, input)),
  findings: adminProcedure.query(({ ctx }) => listFindings(ctx.deps, ctx.actor)),
  keptDetails: adminProcedure.query(({ ctx }) => listKeptDetails(ctx.deps, ctx.actor)),
  setManualEditMode: adminProcedure.input(setManualEditsInput).mutation(({ ctx, input }) => setManualEditMode(ctx.deps, ctx.actor, input)),
  discardManualEdit: adminProcedure.input(releaseManualEditsInput).mutation(({ ctx, input }) => discardManualEdit(ctx.deps, ctx.actor, input)),
});
