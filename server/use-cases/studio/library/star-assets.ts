import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markStarred } from '#server/repos/studio/library/asset-marks.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { StarAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import type { AssetId } from '#shared/ids.ts';

/** Stars the actor's own assets, or takes their stars away. Others' are left alone. Returns those that changed. */
export async function starAssets(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { ids, starred }: StarAssetsInput,
): Promise<{ readonly ids: readonly AssetId[] }> {
  return { ids: await markStarred(deps.db, { ids, userId: assetOwner(actor) }, starred ? deps.now() : null) };
}
