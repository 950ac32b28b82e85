import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markRestored } from '#server/repos/studio/library/asset-marks.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { BulkAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import type { RestoredAssets } from '#shared/contracts/studio/library/asset-views.ts';
import { restorableAfter } from './restorable.ts';

/** Restores the actor's own assets that were deleted in the last 30 days. Safe to repeat. */
export async function restoreAssets(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, { ids }: BulkAssetsInput): Promise<RestoredAssets> {
  return { ids: await markRestored(deps.db, { ids, userId: assetOwner(actor) }, restorableAfter(deps)) };
}
