import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import { AppError } from '#shared/errors.ts';
import type { RefreshDeps } from './refresh-access.ts';
import { withAccessToken } from './with-access-token.ts';

/**
 * A valid access token of any active account, for reading public data when the app has no secret. Throws `reauth_required` when there is no active
 * account.
 */
export async function findAnyAccessToken(deps: RefreshDeps): Promise<string> {
  const active = (await listAccountsWithLoad(deps.db)).find((account) => account.status === 'active');
  if (!active) {
    throw new AppError('reauth_required', {
      message: 'No active Spotify account can be used to read albums.',
      remedy: 'Connect an account under Accounts, or set SPOTIFY_CLIENT_SECRET.',
    });
  }
  return withAccessToken(deps, active.id, (token) => Promise.resolve(token));
}
