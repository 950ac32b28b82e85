import type { Deps } from '#server/deps.ts';
import { deleteDislike } from '#server/repos/discovery/dislikes.ts';
import type { DislikeInput } from '#shared/contracts/discovery/dislikes.ts';
import type { UserId } from '#shared/ids.ts';

/** Removes a dislike; nothing happens when there is none. */
export async function removeDislike(deps: Pick<Deps, 'db'>, { userId }: { readonly userId: UserId }, subject: DislikeInput): Promise<void> {
  await deleteDislike(deps.db, userId, subject);
}
