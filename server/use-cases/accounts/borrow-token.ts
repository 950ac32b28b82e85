import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import { AppError } from '#shared/errors.ts';
import type { RefreshDeps } from './refresh-access.ts';
import { withAccessToken } from './with-access-token.ts';

/** A live token of any active account, to read public data with where the app has no secret. Throws `reauth_required` when there is none. */
export async function borrowToken(deps: RefreshDeps): Promise<string> {
  const active = (await listAccountsWithLoad(deps.db)).find((account) => account.status === 'active');
  if (!active) {
    throw new AppError('reauth_required', {
      message: 'No Spotify account is connected to read with.',
      remedy: 'Connect one under Accounts, or set SPOTIFY_CLIENT_SECRET.',
    });
  }
  return withAccessToken(deps, active.id, (token) => Promise.resolve(token));
}
