import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { deleteSessionsOf } from '#server/repos/auth/sessions.ts';
import { AppError } from '#shared/errors.ts';

/** Ends all sessions of the caller in all browsers; for an operator, all sessions opened with an admin key. Throws `unauthenticated`. */
export async function signOutEverywhere(deps: Pick<Deps, 'db'>, actor: Actor): Promise<void> {
  if (actor.kind === 'user') return deleteSessionsOf(deps.db, actor.userId);
  if (actor.kind === 'admin_key') return deleteSessionsOf(deps.db, null);
  throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in first.' });
}
