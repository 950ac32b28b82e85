import type { Actor } from '#server/actor.ts';
import type { UserId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';

/** Whose assets an actor makes and sees: a person's own, or, as null, those of the operator with the admin key. Throws `unauthenticated`. */
export function assetOwner(actor: Actor): UserId | null {
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in first.' });
  return actor.kind === 'user' ? actor.userId : null;
}
