import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { checkAdminKey } from '#server/use-cases/auth/check-admin-key.ts';
import { identifySession } from '#server/use-cases/auth/identify-session.ts';
import type { Request } from 'express';
import { readCookie } from './cookies.ts';

export const ADMIN_KEY_HEADER = 'x-admin-api-key';

export interface RequestIdentity {
  readonly actor: Actor;
  readonly sessionSecret: string | undefined;
}

/** Who sent this request. A wrong admin key is refused, not ignored: throws `unauthenticated`, or `rate_limited` after too many. */
export async function identifyRequest(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>, request: Request): Promise<RequestIdentity> {
  const sessionSecret = readCookie(request, deps.settings.publicUrl, 'sid');
  const key = request.get(ADMIN_KEY_HEADER);
  if (key !== undefined) return { actor: await checkAdminKey(deps, { key, address: clientAddress(request) }), sessionSecret };
  return { actor: sessionSecret === undefined ? { kind: 'anonymous' } : await identifySession(deps, sessionSecret), sessionSecret };
}

/** The peer's own address: forwarded headers are the sender's to invent, so they are not read. An IPv6 home counts as one (its /64). */
export function clientAddress(request: Request): string {
  const address = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
  return address.includes(':') ? `${address.split(':').slice(0, 4).join(':')}::/64` : address;
}
