import { settleLimitedAccounts } from '#server/repos/accounts/account-limits.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { takeTransactionLock } from '#server/repos/audit-log.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { missingScopes } from './account-scopes.ts';
import { keyMissing, refreshAccess, requireAccount, switchedOff, tokenLock } from './refresh-access.ts';
import type { RefreshDeps } from './refresh-access.ts';
import { reauthRequired, stopForReauth } from './stop-for-reauth.ts';
import { tryToken } from './token-seals.ts';
import type { SealedToken } from './token-seals.ts';

/** A token with less life than this is exchanged first, so that no write starts with one that dies on the way. */
const LIFE_LEFT_MIN_MS = 5 * 60_000;

/**
 * Does `work` with a live access token of the account. Spotify carries out nothing it answers with 401, so then the token is exchanged and
 * `work` done once more: it must be one request, or reads. Throws `reauth_required` without asking Spotify while the account waits for its
 * owner, `conflict` while it is disabled or the key to its tokens is missing, `not_found` when it is gone, and whatever `work` throws. An account that turns out to have lost a
 * permission is marked, one that is told to wait is shown as limited.
 */
export async function withAccessToken<T>(deps: RefreshDeps, accountId: AccountId, work: (accessToken: string) => Promise<T>): Promise<T> {
  const account = await liveAccount(deps, accountId);
  try {
    return await work(accessTokenOf(deps, account));
  } catch (error) {
    if (isTokenRefused(error)) return workAgain(deps, account, work);
    throw await learnFrom(deps, account, error);
  }
}

async function workAgain<T>(deps: RefreshDeps, seen: Account, work: (accessToken: string) => Promise<T>): Promise<T> {
  const account = await refreshAccess(deps, seen.id, seen.tokenVersion);
  try {
    return await work(accessTokenOf(deps, account));
  } catch (error) {
    throw await learnFrom(deps, account, error);
  }
}

async function liveAccount(deps: RefreshDeps, id: AccountId): Promise<Account> {
  const account = await requireAccount(deps.db, id);
  if (account.status === 'needs_reauth') throw reauthRequired(account);
  if (account.status === 'disabled') throw switchedOff(account);
  const livesUntil = account.accessExpiresAt?.getTime() ?? 0;
  // One that does not open is as good as none: exchanging the other token heals it, or says what is wrong.
  const isFresh = sealedAccess(deps, account)?.kind === 'open' && livesUntil - deps.now().getTime() >= LIFE_LEFT_MIN_MS;
  return isFresh ? account : refreshAccess(deps, id, account.tokenVersion);
}

function accessTokenOf(deps: RefreshDeps, account: Account): string {
  const sealed = sealedAccess(deps, account);
  if (sealed?.kind === 'open') return sealed.token;
  throw sealed?.kind === 'no_key' ? keyMissing(account, sealed.key) : reauthRequired(account);
}

function sealedAccess({ sealer }: RefreshDeps, { id, sealedAccessToken }: Account): SealedToken | undefined {
  return sealedAccessToken === null ? undefined : tryToken(sealer, sealedAccessToken, { id, column: 'sealed_access_token' });
}

/** What a failure says about the account is written down; the error to throw comes back. */
async function learnFrom(deps: RefreshDeps, account: Account, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError)) return error;
  if (error.code === 'rate_limited' || error.code === 'quota_exceeded') await settleLimitedAccounts(deps.db, deps.now());
  if (error.context?.['kind'] !== 'InsufficientScope') return error;
  // A picture's permission may be missing without anything else suffering.
  const isPictureOnly = missingScopes(account.scopes).length === 0 && !account.scopes.includes('ugc-image-upload');
  if (isPictureOnly) return error;
  const reason = 'Spotify refused a request because the owner no longer permits everything that carrying playlists needs.';
  const isStopped = await deps.db.transaction(async (tx) => {
    await takeTransactionLock(tx, tokenLock(account.id));
    return stopForReauth(deps, tx, { account, reason });
  });
  return isStopped ? reauthRequired(account, reason) : error;
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unauthenticated';
}
