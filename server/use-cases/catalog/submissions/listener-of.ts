import type { Actor } from '#server/actor.ts';
import { AppError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';

/** The person behind a call. Throws `unauthenticated` for anybody else: the admin key has no submissions of its own. */
export function listenerOf(actor: Actor): UserId {
  if (actor.kind === 'user') return actor.userId;
  throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in with Spotify.' });
}
