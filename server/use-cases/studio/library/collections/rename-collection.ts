import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markCollection } from '#server/repos/studio/library/collections.ts';
import type { RenameCollectionInput } from '#shared/contracts/studio/library/collections.ts';
import { requireCollection } from './require-collection.ts';

/** Throws `not_found`. */
export async function renameCollection(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { id, name }: RenameCollectionInput,
): Promise<{ readonly name: string }> {
  const { userId } = await requireCollection(deps, actor, id);
  await markCollection(deps.db, { id, userId }, { name, changedAt: deps.now() });
  return { name };
}
