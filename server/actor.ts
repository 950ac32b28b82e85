import type { UserId } from '#shared/ids.ts';
import { AppError } from '#shared/errors.ts';

/** Who asks. The clock and the queue are `system`; an admin may be a person or a holder of the admin key. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: UserId; readonly isAdmin: boolean }
  | { readonly kind: 'admin_key' }
  | { readonly kind: 'system' };

export const SYSTEM: Actor = { kind: 'system' };

/** True for people and keys that may operate the network, and for the house itself. */
export function isAdmin(actor: Actor): boolean {
  return actor.kind === 'system' || actor.kind === 'admin_key' || (actor.kind === 'user' && actor.isAdmin);
}

/** Throws `unauthenticated` for a stranger and `forbidden` for a listener. */
export function requireAdmin(actor: Actor): void {
  if (isAdmin(actor)) return;
  if (actor.kind === 'anonymous') {
    throw new AppError('unauthenticated', { message: 'This needs an admin sign-in.', remedy: 'Sign in with the admin key.' });
  }
  throw new AppError('forbidden', { message: 'This is for the operator of this house.', remedy: 'Ask the operator, or sign in with the admin key.' });
}

/** How an actor is named in the audit log and beside what it made. */
export function actorName(actor: Actor): string {
  return actor.kind === 'user' ? `user:${actor.userId}` : actor.kind;
}
