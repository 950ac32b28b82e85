import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listCollectionRows } from '#server/repos/studio/library/collections.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { sharingViewOf } from '#server/use-cases/studio/sharing/sharing-view-of.ts';
import type { CollectionView } from '#shared/contracts/studio/library/collections.ts';

/** The actor's own collections, last changed first. */
export async function listCollections(deps: Pick<Deps, 'db'>, actor: Actor): Promise<readonly CollectionView[]> {
  const rows = await listCollectionRows(deps.db, assetOwner(actor));
  return rows.map(({ collection, count, newest }) => ({
    id: collection.id,
    name: collection.name,
    count,
    coverAsset: newest,
    ...sharingViewOf(collection),
    changedAt: collection.changedAt.toISOString(),
  }));
}
