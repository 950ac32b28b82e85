import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnCover } from '#server/repos/covers/covers.ts';
import type { CoverRow } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { AppError } from '#shared/errors.ts';
import type { CoverId } from '#shared/ids.ts';

/** A cover of the actor's own. Throws `not_found` for another person's and for one that does not exist. */
export async function requireOwnCover(deps: Pick<Deps, 'db'>, actor: Actor, id: CoverId): Promise<CoverRow> {
  return (await findOwnCover(deps.db, { id, userId: assetOwner(actor) })) ?? missingCover();
}

/** The error for a cover that is not there, or not the caller's. */
export function missingCover(): never {
  throw new AppError('not_found', { message: 'There is no such cover.', remedy: 'Open your list of covers.', field: 'coverId' });
}

/** The error for a step that needs an earlier one. */
export function stepMissing(message: string, remedy: string): AppError {
  return new AppError('conflict', { message, remedy });
}
