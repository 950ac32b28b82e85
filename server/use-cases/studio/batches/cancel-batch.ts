import type { Actor } from '#server/actor.ts';
import { listOwnRenders } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { cancelRender } from '#server/use-cases/studio/renders/cancel-render.ts';
import type { RenderDeps } from '#server/use-cases/studio/renders/render-deps.ts';
import { BATCH_RENDERS_MAX } from '#shared/contracts/studio/batches.ts';
import type { BatchCancellation, BatchInput } from '#shared/contracts/studio/batches.ts';
import { AppError } from '#shared/errors.ts';
import { OPEN_RENDER_STATES } from '#shared/vocabulary.ts';

/** Cancels what is still in progress of a batch of the actor's own; what is done stays. Canceling twice, or a batch without anything in progress, changes nothing. */
export async function cancelBatch(deps: RenderDeps, actor: Actor, { groupId }: BatchInput): Promise<BatchCancellation> {
  const found = await listOwnRenders(deps.db, assetOwner(actor), { groupId, states: [...OPEN_RENDER_STATES], limit: BATCH_RENDERS_MAX });
  let [canceled, stillCosting] = [0, 0];
  // The last in line first, so that no place becomes free for a render that is canceled next.
  for (const { render } of found) {
    const verdict = await cancelRender(deps, actor, { renderId: render.id }).catch(ignoreEnded);
    if (verdict?.outcome === 'canceled') canceled += 1;
    else if (verdict && verdict.costs !== 'no') stillCosting += 1;
  }
  return { canceled, stillCosting };
}

/** It ended while the others were canceled. */
function ignoreEnded(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
  return undefined;
}
