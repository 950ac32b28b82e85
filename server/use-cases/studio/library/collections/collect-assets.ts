import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertEntries, markCollection } from '#server/repos/studio/library/collections.ts';
import type { CollectAssetsInput } from '#shared/contracts/studio/library/collections.ts';
import { requireCollection } from './require-collection.ts';

/** Adds the actor's own assets to one of their collections, and tells how many are new in it. Throws `not_found` for the collection. */
export async function collectAssets(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { id, ids }: CollectAssetsInput,
): Promise<{ readonly added: number }> {
  const { userId } = await requireCollection(deps, actor, id);
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    const added = await insertEntries(tx, { id, userId, ids, at });
    if (added > 0) await markCollection(tx, { id, userId }, { changedAt: at });
    return { added };
  });
}
