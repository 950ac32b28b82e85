import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { checkAdminKey } from '#server/use-cases/auth/check-admin-key.ts';
import { identifySession } from '#server/use-cases/auth/identify-session.ts';
import type { Request } from 'express';
import { readCookie } from './cookies.ts';

const ADMIN_KEY_HEADER = 'x-admin-api-key';

const ANONYMOUS: Actor = { kind: 'anonymous' };

interface RequestIdentity {
  readonly actor: Actor;
  readonly sessionSecret: string | undefined;
  /** What stopped us from knowing the sender (a wrong admin key, a failing database): then nothing may be done, not even what a stranger may. */
  readonly refusal: unknown;
}

/** Who sent this request. A wrong admin key is refused, not ignored; whoever takes the actor must throw `refusal` when there is one. */
export async function identifyRequest(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>, request: Request): Promise<RequestIdentity> {
  const sessionSecret = readCookie(request, deps.settings.publicUrl, 'sid');
  const key = request.get(ADMIN_KEY_HEADER);
  try {
    if (key !== undefined) return { actor: await checkAdminKey(deps, { key, address: clientAddress(request) }), sessionSecret, refusal: undefined };
    return { actor: sessionSecret === undefined ? ANONYMOUS : await identifySession(deps, sessionSecret), sessionSecret, refusal: undefined };
  } catch (refusal) {
    return { actor: ANONYMOUS, sessionSecret, refusal };
  }
}

/** The same for doors that simply throw. Throws `unauthenticated` for a wrong admin key, `rate_limited` after too many. */
export async function requireIdentity(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>, request: Request): Promise<Actor> {
  const { actor, refusal } = await identifyRequest(deps, request);
  if (refusal !== undefined) throw refusal;
  return actor;
}

/** The address that limits count by: the peer's own unless a trusted proxy forwards another. An IPv6 home counts as one (its /64). */
export function clientAddress(request: Request): string {
  const address = (request.ip ?? 'unknown').replace(/^::ffff:/, '');
  return address.includes(':') ? `${address.split(':').slice(0, 4).join(':')}::/64` : address;
}
