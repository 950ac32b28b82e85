import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import { findAccountBySpotifyUser, insertAccount, markAccountReconnected } from '#server/repos/accounts.ts';
import { insertAuditEntry, takeTransactionLock } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { beginOauth } from '#server/use-cases/auth/begin-oauth.ts';
import type { OauthBeginning, OauthDeps, OauthRequest } from '#server/use-cases/auth/begin-oauth.ts';
import { finishOauth, refuse } from '#server/use-cases/auth/finish-oauth.ts';
import type { OauthAnswer, OauthOutcome, Refused } from '#server/use-cases/auth/finish-oauth.ts';
import { accountId } from '#shared/ids.ts';
import type { AccountId } from '#shared/ids.ts';
import { tokenLock } from './refresh-access.ts';
import { sealToken } from './token-seals.ts';

/** Reading and writing playlists, and their pictures: asked for together, because asking again means the owner must agree again. */
const CARRIER_SCOPES = [
  'playlist-read-private',
  'playlist-read-collaborative',
  'playlist-modify-private',
  'playlist-modify-public',
  'ugc-image-upload',
];
/** Without these nothing can be carried. */
const SCOPES_NEEDED = ['playlist-read-private', 'playlist-modify-private', 'playlist-modify-public'];

type Granted = Extract<OauthOutcome, { kind: 'granted' }>;
export type Connected = Refused | { readonly kind: 'connected'; readonly accountId: AccountId; readonly returnTo: string };

/** Sends the operator to Spotify to lend an account to the network. Throws like `requireAdmin`. */
export async function beginConnect(deps: OauthDeps, actor: Actor, request: OauthRequest): Promise<OauthBeginning> {
  requireAdmin(actor);
  return beginOauth(deps, 'connect_account', { ...request, scopes: CARRIER_SCOPES });
}

/** Stores the account with its sealed tokens, or renews it when it is known; its six months begin now. Throws like `requireAdmin`. */
export async function finishConnect(deps: OauthDeps, actor: Actor, answer: OauthAnswer): Promise<Connected> {
  requireAdmin(actor);
  const outcome = await finishOauth(deps, 'connect_account', answer);
  if (outcome.kind === 'refused') return outcome;
  const lacksScope = SCOPES_NEEDED.some((scope) => !outcome.grant.scopes.includes(scope));
  if (lacksScope || outcome.grant.refreshToken === undefined) return refuse('scopes_missing');
  const id = await deps.db.transaction(async (tx) => {
    const stored = await storeAccount(deps, tx, outcome);
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'account_connected',
      subject: `account:${stored}`,
    });
    return stored;
  });
  return { kind: 'connected', accountId: id, returnTo: outcome.returnTo };
}

async function storeAccount(deps: OauthDeps, tx: Db, { grant, identity }: Granted): Promise<AccountId> {
  await takeTransactionLock(tx, `identity:account:${identity.userId}`);
  const known = await findAccountBySpotifyUser(tx, identity.userId);
  const id = known?.id ?? accountId.parse(deps.newId());
  const at = deps.now();
  const fresh = {
    displayName: identity.displayName,
    status: 'active' as const,
    statusReason: null,
    scopes: [...grant.scopes],
    sealedAccessToken: sealToken(deps.sealer, grant.accessToken, { id, column: 'sealed_access_token' }),
    sealedRefreshToken: sealToken(deps.sealer, grant.refreshToken ?? '', { id, column: 'sealed_refresh_token' }),
    accessExpiresAt: new Date(at.getTime() + grant.expiresInSeconds * 1000),
    authorizedAt: at,
  };
  if (!known) {
    await insertAccount(tx, { ...fresh, id, spotifyUserId: identity.userId, connectedAt: at });
    return id;
  }
  // A refresh under way must not overwrite the new authorisation with a token of the old one.
  await takeTransactionLock(tx, tokenLock(id));
  await markAccountReconnected(tx, id, fresh);
  return id;
}
