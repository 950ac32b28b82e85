import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnRenders } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { toRenderView } from '#server/use-cases/studio/renders/render-view.ts';
import { storeRenders } from '#server/use-cases/studio/renders/store-renders.ts';
import { BATCH_RENDERS_MAX } from '#shared/contracts/studio/batches.ts';
import type { RequestBatchInput } from '#shared/contracts/studio/batches.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { prepareBatch } from './prepare-batch.ts';

/**
 * Requests all renders of a batch, or none: every part is valid and all fit into the month before the first is stored. The same `requestId` again returns
 * the renders of the first time, the newest first. Throws what a single request throws.
 */
export async function requestBatch(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'models' | 'renderVendors'>,
  actor: Actor,
  input: RequestBatchInput & { readonly clientAddress?: string | undefined },
): Promise<readonly RenderView[]> {
  const { requestId: groupId, task, clientAddress } = input;
  const userId = assetOwner(actor);
  const parts = await prepareBatch(deps, actor, input);
  await storeRenders(deps, { userId, groupId, task, parts, about: { genres: [] }, clientAddress });
  const stored = await listOwnRenders(deps.db, userId, { groupId, limit: BATCH_RENDERS_MAX });
  return stored.map((facts) => toRenderView(deps, facts));
}
