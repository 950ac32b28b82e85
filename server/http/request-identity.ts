import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { checkAdminKey } from '#server/use-cases/auth/check-admin-key.ts';
import { identifySession } from '#server/use-cases/auth/identify-session.ts';
import { AppError } from '#shared/errors.ts';
import type { Request } from 'express';
import { readCookie } from './cookies.ts';

const ADMIN_KEY_HEADER = 'x-admin-api-key';

const ANONYMOUS: Actor = { kind: 'anonymous' };

interface RequestIdentity {
  readonly actor: Actor;
  readonly sessionSecret: string | undefined;
  /** Set when what was presented is wrong: nothing may be done on this request, not even what a stranger may do. */
  readonly refusal: AppError | undefined;
}

/** Who sent this request. A wrong admin key is refused, not ignored; whoever takes the actor must heed `refusal`. */
export async function identifyRequest(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>, request: Request): Promise<RequestIdentity> {
  const sessionSecret = readCookie(request, deps.settings.publicUrl, 'sid');
  const key = request.get(ADMIN_KEY_HEADER);
  if (key === undefined) {
    return { actor: sessionSecret === undefined ? ANONYMOUS : await identifySession(deps, sessionSecret), sessionSecret, refusal: undefined };
  }
  try {
    return { actor: await checkAdminKey(deps, { key, address: clientAddress(request) }), sessionSecret, refusal: undefined };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { actor: ANONYMOUS, sessionSecret, refusal: error };
  }
}

/** The same for doors that simply throw. Throws `unauthenticated` for a wrong admin key, `rate_limited` after too many. */
export async function requireIdentity(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>, request: Request): Promise<Actor> {
  const { actor, refusal } = await identifyRequest(deps, request);
  if (refusal) throw refusal;
  return actor;
}

/** The peer's own address: forwarded headers are the sender's to invent, so they are not read. An IPv6 home counts as one (its /64). */
export function clientAddress(request: Request): string {
  const address = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
  return address.includes(':') ? `${address.split(':').slice(0, 4).join(':')}::/64` : address;
}
