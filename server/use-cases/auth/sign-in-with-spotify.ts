import type { Deps } from '#server/deps.ts';
import type { VendorIdentity } from '#server/providers/ports.ts';
import { insertAuditEntry, takeTransactionLock } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { findUser, findUserIdByIdentity, insertIdentity, insertUser, markUserSignedIn } from '#server/repos/auth/users.ts';
import { userId } from '#shared/ids.ts';
import type { UserId } from '#shared/ids.ts';
import { beginOauth } from './begin-oauth.ts';
import type { OauthRedirect, OauthDeps, OauthRequest } from './begin-oauth.ts';
import { beginSession } from './begin-session.ts';
import type { NewSession } from './begin-session.ts';
import { finishOauth, refuse } from './finish-oauth.ts';
import type { OauthCallback, Refusal } from './finish-oauth.ts';

const PROVIDER = 'spotify';

/** Starts a sign-in with Spotify. Requests no scope: a name and a picture are enough. */
export function beginSignIn(deps: OauthDeps, request: OauthRequest): Promise<OauthRedirect> {
  return beginOauth(deps, 'sign_in', { ...request, scopes: [] });
}

type SignedIn = Refusal | { readonly kind: 'signed_in'; readonly session: NewSession; readonly returnTo: string };

/** Signs the person in; a new one becomes a listener, a suspended one is refused. Spotify's tokens are discarded at once. */
export async function finishSignIn(deps: OauthDeps, answer: OauthCallback & { replaces?: string | undefined }): Promise<SignedIn> {
  const outcome = await finishOauth(deps, ['sign_in'], answer);
  if (outcome.kind === 'refused') return outcome;
  const session = await deps.db.transaction(async (tx) => {
    const id = await findOrCreateUser(deps, tx, outcome.identity);
    const user = await findUser(tx, id);
    if (user && user.suspendedAt !== null) return undefined;
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), actor: `user:${id}`, action: 'signed_in', subject: PROVIDER });
    return beginSession(deps, tx, { userId: id, role: user?.role ?? 'listener', replaces: answer.replaces });
  });
  return session ? { kind: 'signed_in', session, returnTo: outcome.returnTo } : refuse('suspended');
}

async function findOrCreateUser(deps: Pick<Deps, 'now' | 'newId'>, tx: Db, identity: VendorIdentity): Promise<UserId> {
  const at = deps.now();
  // Two tabs finishing at once must not create two users.
  await takeTransactionLock(tx, `identity:${PROVIDER}:${identity.subject}`);
  const known = await findUserIdByIdentity(tx, PROVIDER, identity.subject);
  if (known) {
    await markUserSignedIn(tx, known, { displayName: identity.displayName, avatarUrl: identity.imageUrl, at });
    return known;
  }
  const id = userId.parse(deps.newId());
  await insertUser(tx, { id, displayName: identity.displayName, avatarUrl: identity.imageUrl, createdAt: at, lastSignedInAt: at });
  await insertIdentity(tx, { provider: PROVIDER, subject: identity.subject, userId: id, linkedAt: at });
  return id;
}
