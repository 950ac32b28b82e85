import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { deleteEntries, markCollection } from '#server/repos/studio/library/collections.ts';
import type { CollectAssetsInput } from '#shared/contracts/studio/library/collections.ts';
import { requireCollection } from './require-collection.ts';

/** Takes assets out of a collection of the actor's own; the assets stay. Throws `not_found` for the collection. */
export async function discardAssets(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { id, ids }: CollectAssetsInput,
): Promise<{ readonly removed: number }> {
  const { userId } = await requireCollection(deps, actor, id);
  return deps.db.transaction(async (tx) => {
    const removed = await deleteEntries(tx, id, ids);
    if (removed > 0) await markCollection(tx, { id, userId }, { changedAt: deps.now() });
    return { removed };
  });
}
