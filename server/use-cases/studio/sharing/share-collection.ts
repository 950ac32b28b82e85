import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markCollection } from '#server/repos/studio/library/collections.ts';
import { requireCollection } from '#server/use-cases/studio/library/collections/require-collection.ts';
import type { ShareCollectionInput, SharingView } from '#shared/contracts/studio/library/sharing.ts';
import { sharingViewOf } from './sharing-view-of.ts';

/** Sets who may see a collection of the actor's own and what is in it. Private ends its address for good. Throws `not_found`. */
export async function shareCollection(
  deps: Pick<Deps, 'db' | 'now' | 'newSecret'>,
  actor: Actor,
  { id, sharing }: ShareCollectionInput,
): Promise<SharingView> {
  const collection = await requireCollection(deps, actor, id);
  const shareToken = sharing === 'private' ? null : (collection.shareToken ?? deps.newSecret());
  await markCollection(deps.db, { id, userId: collection.userId }, { sharing, shareToken, changedAt: deps.now() });
  return sharingViewOf({ sharing, shareToken, userId: collection.userId });
}
