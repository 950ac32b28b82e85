import type { TokenGrant, VendorIdentity } from '#server/providers/ports.ts';
import { findAccountBySpotifyUser, insertAccount, markAccountReconnected } from '#server/repos/accounts/accounts.ts';
import { takeTransactionLock } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { OauthDeps } from '#server/use-cases/auth/begin-oauth.ts';
import { accountId } from '#shared/ids.ts';
import type { AccountId, UserId } from '#shared/ids.ts';
import { grantedScopes } from './account-scopes.ts';
import { tokenLock } from './refresh-access.ts';
import { sealToken } from './token-seals.ts';

interface Authorization {
  readonly grant: TokenGrant;
  readonly identity: VendorIdentity;
  /** Who authorized it for their own playlists; otherwise it hosts playlists of the network. */
  readonly ownerUserId?: UserId | undefined;
}

/**
 * Stores an authorization in the caller's transaction: a new account, or an existing one renewed. An account that the operator switched off stays
 * off, and one that hosts playlists of the network still does when its owner authorizes it for their own.
 */
export async function storeAuthorization(deps: OauthDeps, tx: Db, { grant, identity, ownerUserId }: Authorization): Promise<AccountId> {
  await takeTransactionLock(tx, `identity:account:${identity.userId}`);
  const known = await findAccountBySpotifyUser(tx, identity.userId);
  const id = known?.id ?? accountId.parse(deps.newId());
  const at = deps.now();
  // A refresh in progress must not overwrite the new authorization with a token of the old one.
  if (known) await takeTransactionLock(tx, tokenLock(id));
  const isHost = ownerUserId === undefined || known?.isHost === true;
  const values = {
    isHost,
    ...(ownerUserId === undefined ? {} : { ownerUserId }),
    displayName: identity.displayName,
    ...(known?.status === 'disabled' ? {} : { status: 'active' as const, statusReason: null }),
    ...(known?.status === 'active' || known?.status === 'disabled' ? {} : { statusChangedAt: at }),
    scopes: [...grantedScopes(grant.scopes)],
    sealedAccessToken: sealToken(deps.sealer, grant.accessToken, { id, column: 'sealed_access_token' }),
    sealedRefreshToken: sealToken(deps.sealer, grant.refreshToken ?? '', { id, column: 'sealed_refresh_token' }),
    accessExpiresAt: new Date(at.getTime() + grant.expiresInSeconds * 1000),
    authorizedAt: at,
    authorizedApp: deps.spotifyAccounts.app,
  };
  if (known) await markAccountReconnected(tx, id, values);
  else await insertAccount(tx, { ...values, id, spotifyUserId: identity.userId, connectedAt: at });
  // What the account missed today is synced now, not tomorrow.
  if (known?.status === 'needs_reauth' && isHost)
    await enqueueJob(tx, 'sync-playlists', { payload: { accountId: id }, key: `sync:${id}`, queue: 'sync-playlists' });
  return id;
}
