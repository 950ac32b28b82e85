import type { Account } from '#server/repos/accounts.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { reauthRequired, refreshAccess, requireAccount } from './refresh-access.ts';
import type { RefreshDeps } from './refresh-access.ts';
import { openToken } from './token-seals.ts';

/** A token with less life than this is exchanged first, so that no write starts with one that dies on the way. */
const LIFE_LEFT_MIN_MS = 5 * 60_000;

/**
 * Does `work` with a live access token of the account. Spotify carries out nothing it answers with 401, so then the token is exchanged and
 * `work` done once more: it must be one request, or reads. Throws `reauth_required` without asking Spotify while the account waits for its
 * owner, `conflict` while it is disabled, `not_found` when it is gone, and whatever `work` throws.
 */
export async function withAccessToken<T>(deps: RefreshDeps, accountId: AccountId, work: (accessToken: string) => Promise<T>): Promise<T> {
  const account = await liveAccount(deps, accountId);
  try {
    return await work(accessTokenOf(deps, account));
  } catch (error) {
    if (!isTokenRefused(error)) throw error;
    return work(accessTokenOf(deps, await refreshAccess(deps, accountId, account.tokenVersion)));
  }
}

async function liveAccount(deps: RefreshDeps, id: AccountId): Promise<Account> {
  const account = await requireAccount(deps.db, id);
  if (account.status === 'needs_reauth') throw reauthRequired(account);
  if (account.status === 'disabled') {
    throw new AppError('conflict', { message: `${account.displayName} is switched off.`, remedy: 'Switch it on under Accounts.' });
  }
  const livesUntil = account.accessExpiresAt?.getTime() ?? 0;
  const isFresh = account.sealedAccessToken !== null && livesUntil - deps.now().getTime() >= LIFE_LEFT_MIN_MS;
  return isFresh ? account : refreshAccess(deps, id, account.tokenVersion);
}

function accessTokenOf(deps: RefreshDeps, account: Account): string {
  if (account.sealedAccessToken === null) throw reauthRequired(account);
  return openToken(deps.sealer, account.sealedAccessToken, { id: account.id, column: 'sealed_access_token' });
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unauthenticated';
}
