import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnCollection } from '#server/repos/studio/library/collections.ts';
import type { CollectionRow } from '#server/repos/studio/library/collections.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { AppError } from '#shared/errors.ts';
import type { CollectionId } from '#shared/ids.ts';

/** The actor's own collection. Throws `not_found`. */
export async function requireCollection(deps: Pick<Deps, 'db'>, actor: Actor, id: CollectionId): Promise<CollectionRow> {
  const collection = await findOwnCollection(deps.db, { id, userId: assetOwner(actor) });
  if (!collection) throw new AppError('not_found', { message: 'There is no such collection.', remedy: 'Reload the library.', field: 'id' });
  return collection;
}
