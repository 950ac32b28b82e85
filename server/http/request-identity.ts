import type { Actor } from '#server/actor.ts';
import type { Deps, Settings } from '#server/deps.ts';
import { checkAdminKey } from '#server/use-cases/auth/check-admin-key.ts';
import { identifySession } from '#server/use-cases/auth/identify-session.ts';
import { addressGroup } from '#shared/domain/address-group.ts';
import type { Request } from 'express';
import { hasCookie, readCookie } from './cookies.ts';

const ADMIN_KEY_HEADER = 'x-admin-api-key';

const ANONYMOUS: Actor = { kind: 'anonymous' };

/** Who sent a request, or why that is unknown. */
export interface RequestIdentity {
  readonly actor: Actor;
  readonly sessionSecret: string | undefined;
  /** Why the sender could not be identified (a wrong admin key, a failing database). The request must then be rejected, even where anonymous access is allowed. */
  readonly refusal: unknown;
}

/** Identifies the sender of a request. A wrong admin key is an error, not ignored: callers must throw `refusal` when it is set. */
export async function identifyRequest(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>, request: Request): Promise<RequestIdentity> {
  const sessionSecret = readCookie(request, deps.settings.publicUrl, 'sid');
  const key = decodeHeader(request.get(ADMIN_KEY_HEADER));
  try {
    if (key !== undefined) return { actor: await checkAdminKey(deps, { key, address: clientAddress(request) }), sessionSecret, refusal: undefined };
    return { actor: sessionSecret === undefined ? ANONYMOUS : await identifySession(deps, sessionSecret), sessionSecret, refusal: undefined };
  } catch (refusal) {
    return { actor: ANONYMOUS, sessionSecret, refusal };
  }
}

/** True when a request carries neither a session cookie nor an admin key, valid or not. It is then anonymous. */
export function isWithoutIdentity(settings: Pick<Settings, 'publicUrl'>, request: Request): boolean {
  return request.headers[ADMIN_KEY_HEADER] === undefined && !hasCookie(request, settings.publicUrl, 'sid');
}

/** HTTP headers are bytes, which Node reads as Latin-1. Clients send other characters as UTF-8; text that is not valid UTF-8 is left as it is. */
function decodeHeader(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

/** Like identifyRequest, but throws: `unauthenticated` for a wrong admin key, `rate_limited` after too many attempts. */
export async function requireIdentity(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings'>, request: Request): Promise<Actor> {
  const { actor, refusal } = await identifyRequest(deps, request);
  if (refusal !== undefined) throw refusal;
  return actor;
}

/** The client address that rate limits count by: the peer's address, or the one a trusted proxy forwards, grouped by network (see addressGroup). */
export function clientAddress(request: Request): string {
  return addressGroup(request.ip ?? '');
}
