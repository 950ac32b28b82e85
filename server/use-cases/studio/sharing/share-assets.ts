import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markAssetSharing } from '#server/repos/studio/library/shares.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { assetMissing } from '#server/use-cases/studio/library/require-asset.ts';
import type { ShareAssetsInput, SharedSeveral } from '#shared/contracts/studio/library/sharing.ts';
import { sharingViewOf } from './sharing-view-of.ts';

/**
 * Sets who may see the actor's own assets, and returns their addresses. Making one private ends its address for good: shared again, it gets
 * another one. Throws `not_found` when none is theirs.
 */
export async function shareAssets(deps: Pick<Deps, 'db' | 'newSecret'>, actor: Actor, { ids, sharing }: ShareAssetsInput): Promise<SharedSeveral> {
  const own = { ids, userId: assetOwner(actor) };
  const marked = await deps.db.transaction((tx) => markAssetSharing(tx, own, { sharing, newToken: () => deps.newSecret() }));
  const [first] = marked;
  if (!first) throw assetMissing();
  const urls = marked.flatMap(({ shareToken }) => (shareToken === null ? [] : [`/shared/${shareToken}`]));
  return { ...sharingViewOf({ sharing, shareToken: first.shareToken, userId: own.userId }), urls, count: marked.length };
}
