import { batchesRouter } from './batches.ts';
import { adminProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { listHistory } from '#server/use-cases/studio/history/list-history.ts';
import { summarizeHistory } from '#server/use-cases/studio/history/summarize-history.ts';
import { listModels } from '#server/use-cases/studio/models/list-models.ts';
import { listModelSettings } from '#server/use-cases/studio/models/list-model-settings.ts';
import { setModel } from '#server/use-cases/studio/models/set-model.ts';
import { cancelRender } from '#server/use-cases/studio/renders/cancel-render.ts';
import { estimateRenders } from '#server/use-cases/studio/renders/estimate-renders.ts';
import { followRenders } from '#server/use-cases/studio/renders/follow-renders.ts';
import { listRenders } from '#server/use-cases/studio/renders/list-renders.ts';
import { requestRenders } from '#server/use-cases/studio/renders/request-renders.ts';
import { retryRender } from '#server/use-cases/studio/renders/retry-render.ts';
import { viewRender } from '#server/use-cases/studio/renders/view-render.ts';
import { reinstatePerson } from '#server/use-cases/studio/usage/reinstate-person.ts';
import { showRefusedPrompts } from '#server/use-cases/studio/usage/show-refused-prompts.ts';
import { suspendPerson } from '#server/use-cases/studio/usage/suspend-person.ts';
import { viewUsageFigures } from '#server/use-cases/studio/usage/view-usage-figures.ts';
import { decideCost } from '#server/use-cases/studio/usage/decide-cost.ts';
import { saveStudioSettings } from '#server/use-cases/studio/usage/save-studio-settings.ts';
import { setUserLimits } from '#server/use-cases/studio/usage/set-user-limits.ts';
import { viewNetworkUsage } from '#server/use-cases/studio/usage/view-network-usage.ts';
import { viewUsage } from '#server/use-cases/studio/usage/view-usage.ts';
import { listHistoryInput, summarizeHistoryInput } from '#shared/contracts/studio/generation-history.ts';
import { listModelsInput } from '#shared/contracts/studio/model-views.ts';
import { setModelInput } from '#shared/contracts/studio/model-settings.ts';
import { estimateRendersInput, listRendersInput, renderInput, requestRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import { showRefusedPromptsInput, usageFiguresInput } from '#shared/contracts/studio/usage-figures.ts';
import { decideCostInput, networkUsageInput, personInput, saveStudioSettingsInput, setLimitsInput } from '#shared/contracts/studio/usage.ts';

const paid = signedInProcedure.meta({ access: 'listener', rate: 'vendors' });
const read = signedInProcedure.meta({ access: 'listener', rate: 'detail' });

/** Renders of the caller's own. */
export const studioRouter = router({
  batches: batchesRouter,
  request: paid
    .input(requestRendersInput)
    .mutation(({ ctx, input }) => requestRenders(ctx.deps, ctx.actor, { ...input, clientAddress: ctx.clientAddress })),
  retry: paid.input(renderInput).mutation(({ ctx, input }) => retryRender(ctx.deps, ctx.actor, { ...input, clientAddress: ctx.clientAddress })),
  cancel: paid.input(renderInput).mutation(({ ctx, input }) => cancelRender(ctx.deps, ctx.actor, input)),
  estimate: read.input(estimateRendersInput).query(({ ctx, input }) => estimateRenders(ctx.deps, ctx.actor, input)),
  list: read.input(listRendersInput).query(({ ctx, input }) => listRenders(ctx.deps, ctx.actor, input)),
  view: read.input(renderInput).query(({ ctx, input }) => viewRender(ctx.deps, ctx.actor, input)),
  follow: read.subscription(({ ctx, signal }) => followRenders(ctx.deps, ctx, signal ?? new AbortController().signal)),
});

/** The model registry, and what the operator says of it. */
export const modelsRouter = router({
  list: read.input(listModelsInput).query(({ ctx, input }) => listModels(ctx.deps, ctx.actor, input)),
  settings: adminProcedure.query(({ ctx }) => listModelSettings(ctx.deps, ctx.actor)),
  set: adminProcedure.input(setModelInput).mutation(({ ctx, input }) => setModel(ctx.deps, ctx.actor, input)),
});

/** What renders cost: the caller's own month, and for the operator everybody's, the ledger, and the audit of covers. */
export const usageRouter = router({
  mine: read.query(({ ctx }) => viewUsage(ctx.deps, ctx.actor)),
  network: adminProcedure.input(networkUsageInput).query(({ ctx, input }) => viewNetworkUsage(ctx.deps, ctx.actor, input)),
  figures: adminProcedure.input(usageFiguresInput).query(({ ctx, input }) => viewUsageFigures(ctx.deps, ctx.actor, input)),
  showRefusedPrompts: adminProcedure.input(showRefusedPromptsInput).mutation(({ ctx, input }) => showRefusedPrompts(ctx.deps, ctx.actor, input)),
  suspend: adminProcedure.input(personInput).mutation(({ ctx, input }) => suspendPerson(ctx.deps, ctx.actor, input)),
  reinstate: adminProcedure.input(personInput).mutation(({ ctx, input }) => reinstatePerson(ctx.deps, ctx.actor, input)),
  setLimits: adminProcedure.input(setLimitsInput).mutation(({ ctx, input }) => setUserLimits(ctx.deps, ctx.actor, input)),
  decideCost: adminProcedure.input(decideCostInput).mutation(({ ctx, input }) => decideCost(ctx.deps, ctx.actor, input)),
  saveSettings: adminProcedure.input(saveStudioSettingsInput).mutation(({ ctx, input }) => saveStudioSettings(ctx.deps, ctx.actor, input)),
  history: adminProcedure.input(listHistoryInput).query(({ ctx, input }) => listHistory(ctx.deps, ctx.actor, input)),
  historySummary: adminProcedure.input(summarizeHistoryInput).query(({ ctx, input }) => summarizeHistory(ctx.deps, ctx.actor, input)),
});
