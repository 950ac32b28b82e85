import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listCollectionsOf, listCoversOf, listDerived, listPresentIds, listReaders } from '#server/repos/studio/library/asset-lineage.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { BulkAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import type { AssetDependent, DeletionPreview } from '#shared/contracts/studio/library/asset-views.ts';
import { deletionWords } from '#shared/domain/studio/library/deletion-words.ts';
import { RESTORABLE_DAYS } from './restorable.ts';

/** Names what depends on the actor's own assets before they are deleted. Others' are left out. */
export async function previewDeletion(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: BulkAssetsInput): Promise<DeletionPreview> {
  const userId = assetOwner(actor);
  const ids = await listPresentIds(deps.db, input.ids, userId);
  const [derived, covers, collections, readers] = await Promise.all([
    listDerived(deps.db, ids, userId),
    listCoversOf(deps.db, ids),
    listCollectionsOf(deps.db, ids),
    listReaders(deps.db, ids, deps.now()),
  ]);
  const dependents: AssetDependent[] = [
    ...derived.map(({ id, prompt }) => ({ kind: 'asset', id, name: prompt?.slice(0, 80) ?? null }) as const),
    ...covers.map(({ id, title }) => ({ kind: 'cover', id, name: title }) as const),
    ...collections.map(({ id, name }) => ({ kind: 'collection', id, name }) as const),
    ...readers.map((reader) => ({ ...reader, name: null })),
  ];
  return { count: ids.length, dependents, says: deletionWords(dependents, ids.length), restorableDays: RESTORABLE_DAYS };
}
