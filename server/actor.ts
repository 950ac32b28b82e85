import type { UserId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';

/** The identity behind a call. The scheduler and the job queue are `system`; an operator is a signed-in admin or a holder of the admin key. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: UserId; readonly isAdmin: boolean }
  | { readonly kind: 'admin_key' }
  | { readonly kind: 'system' };

export const SYSTEM: Actor = { kind: 'system' };

/** True for admins, the admin key and the system itself. */
export function isAdmin(actor: Actor): boolean {
  return actor.kind === 'system' || actor.kind === 'admin_key' || (actor.kind === 'user' && actor.isAdmin);
}

/** Throws `unauthenticated` for an anonymous caller and `forbidden` for a listener. */
export function requireAdmin(actor: Actor): void {
  if (isAdmin(actor)) return;
  if (actor.kind === 'anonymous') {
    throw new AppError('unauthenticated', { message: 'This requires an operator sign-in.', remedy: 'Sign in with the admin key.' });
  }
  throw new AppError('forbidden', { message: 'Only the operator can do this.', remedy: 'Ask the operator, or sign in with the admin key.' });
}

/** The actor's name as stored in the audit log and on the records it creates. */
export function actorName(actor: Actor): string {
  return actor.kind === 'user' ? `user:${actor.userId}` : actor.kind;
}
