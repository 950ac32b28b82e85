import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markDeleted } from '#server/repos/studio/library/asset-marks.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { BulkAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import type { DeletedAssets } from '#shared/contracts/studio/library/asset-views.ts';
import { restorableUntil } from './restorable.ts';

/** Deletes the actor's own assets for 30 days, in which they can be restored as they were: with stars, collections and sharing. Safe to repeat. */
export async function removeAssets(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, { ids }: BulkAssetsInput): Promise<DeletedAssets> {
  const at = deps.now();
  const removed = await markDeleted(deps.db, { ids, userId: assetOwner(actor) }, at);
  return { ids: removed, restorableUntil: restorableUntil(at).toISOString() };
}
