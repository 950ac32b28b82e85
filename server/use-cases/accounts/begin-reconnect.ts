import { beginOauth } from '#server/use-cases/auth/begin-oauth.ts';
import type { OauthRedirect, OauthDeps } from '#server/use-cases/auth/begin-oauth.ts';
import { ACCOUNT_SCOPES } from './account-scopes.ts';
import { requireReconnectLink } from './view-reconnect-link.ts';

interface ReconnectRequest {
  readonly token: string;
  readonly browserSecret: string | undefined;
}

/**
 * Starts the Spotify authorization for the holder of a reconnect link. The link is used up only when the owner has authorized. Throws `not_found`.
 */
export async function beginReconnect(deps: OauthDeps, { token, browserSecret }: ReconnectRequest): Promise<OauthRedirect> {
  const { account } = await requireReconnectLink(deps, token);
  return beginOauth(deps, 'reconnect_account', {
    scopes: ACCOUNT_SCOPES,
    accountId: account.id,
    returnTo: `/reconnect?done=${account.id}`,
    browserSecret,
  });
}
