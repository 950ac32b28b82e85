import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countCollections, insertCollection, insertEntries } from '#server/repos/studio/library/collections.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CreateCollectionInput } from '#shared/contracts/studio/library/collections.ts';
import { AppError } from '#shared/errors.ts';
import { collectionId } from '#shared/ids.ts';
import type { CollectionId } from '#shared/ids.ts';

/** They are listed on one page. */
const COLLECTIONS_MAX = 500;

/** Creates a collection with the actor's own assets among the given ones. Throws `conflict` when the person has 500. */
export async function createCollection(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { name, ids }: CreateCollectionInput,
): Promise<{ readonly id: CollectionId; readonly added: number }> {
  const userId = assetOwner(actor);
  const id = collectionId.parse(deps.newId());
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    if ((await countCollections(tx, userId)) >= COLLECTIONS_MAX) {
      throw new AppError('conflict', { message: `You have ${COLLECTIONS_MAX} collections.`, remedy: 'Delete one that you no longer need.' });
    }
    await insertCollection(tx, { id, userId, name, createdAt: at, changedAt: at });
    return { id, added: ids.length > 0 ? await insertEntries(tx, { id, userId, ids, at }) : 0 };
  });
}
