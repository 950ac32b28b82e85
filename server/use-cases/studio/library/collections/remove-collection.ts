import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { deleteCollection } from '#server/repos/studio/library/collections.ts';
import type { CollectionInput } from '#shared/contracts/studio/library/collections.ts';
import { requireCollection } from './require-collection.ts';

/** Deletes a collection of the actor's own; its assets stay, and its links stop working. Throws `not_found`. */
export async function removeCollection(deps: Pick<Deps, 'db'>, actor: Actor, { id }: CollectionInput): Promise<{ readonly removed: true }> {
  const { userId } = await requireCollection(deps, actor, id);
  await deleteCollection(deps.db, { id, userId });
  return { removed: true };
}
