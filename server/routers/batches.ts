import { router, signedInProcedure } from '#server/trpc.ts';
import { cancelBatch } from '#server/use-cases/studio/batches/cancel-batch.ts';
import { estimateBatch } from '#server/use-cases/studio/batches/estimate-batch.ts';
import { listPrompts } from '#server/use-cases/studio/batches/list-prompts.ts';
import { renderRest } from '#server/use-cases/studio/batches/render-rest.ts';
import { requestBatch } from '#server/use-cases/studio/batches/request-batch.ts';
import { viewBatchNote } from '#server/use-cases/studio/batches/view-batch-note.ts';
import { writeBatchNote } from '#server/use-cases/studio/batches/write-batch-note.ts';
import { batchInput, estimateBatchInput, listPromptsInput, requestBatchInput, writeBatchNoteInput } from '#shared/contracts/studio/batches.ts';

const paid = signedInProcedure.meta({ access: 'listener', rate: 'vendors' });
const own = signedInProcedure.meta({ access: 'listener', rate: 'detail' });

/** One prompt for several models or values, and the prompts of before. */
export const batchesRouter = router({
  estimate: own.input(estimateBatchInput).query(({ ctx, input }) => estimateBatch(ctx.deps, ctx.actor, input)),
  request: paid
    .input(requestBatchInput)
    .mutation(({ ctx, input }) => requestBatch(ctx.deps, ctx.actor, { ...input, clientAddress: ctx.clientAddress })),
  renderRest: paid.input(batchInput).mutation(({ ctx, input }) => renderRest(ctx.deps, ctx.actor, { ...input, clientAddress: ctx.clientAddress })),
  cancel: paid.input(batchInput).mutation(({ ctx, input }) => cancelBatch(ctx.deps, ctx.actor, input)),
  note: own.input(batchInput).query(({ ctx, input }) => viewBatchNote(ctx.deps, ctx.actor, input)),
  writeNote: own.input(writeBatchNoteInput).mutation(({ ctx, input }) => writeBatchNote(ctx.deps, ctx.actor, input)),
  prompts: own.input(listPromptsInput).query(({ ctx, input }) => listPrompts(ctx.deps, ctx.actor, input)),
});
