import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { deleteOwnCover } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CoverInput } from '#shared/contracts/covers/projects.ts';
import { missingCover } from './own-cover.ts';

/** Removes a cover of the person's own. Its pictures stay in their library, and Spotify keeps what was uploaded. Throws `not_found`. */
export async function removeCover(deps: Pick<Deps, 'db'>, actor: Actor, { coverId }: CoverInput): Promise<void> {
  if (!(await deleteOwnCover(deps.db, { id: coverId, userId: assetOwner(actor) }))) missingCover();
}
