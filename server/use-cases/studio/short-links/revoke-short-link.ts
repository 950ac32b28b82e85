import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markShortUrlRevoked } from '#server/repos/studio/library/short-urls.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { ShortLinkInput } from '#shared/contracts/studio/library/sharing.ts';
import { AppError } from '#shared/errors.ts';

/** Ends a short link of the actor's own at once, in every process. Safe to repeat. Throws `not_found`. */
export async function revokeShortLink(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, { code }: ShortLinkInput): Promise<{ readonly revoked: true }> {
  if (await markShortUrlRevoked(deps.db, { code, userId: assetOwner(actor) }, deps.now())) return { revoked: true };
  throw new AppError('not_found', { message: 'There is no such short link of yours.', remedy: 'Reload the list.', field: 'code' });
}
