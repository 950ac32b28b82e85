import { updateLimitedAccounts } from '#server/repos/accounts/account-limits.ts';
import { removeScope } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { takeTransactionLock } from '#server/repos/audit-log.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { PICTURE_SCOPE } from './account-scopes.ts';
import { missingKeyError, refreshAccess, requireAccount, switchedOffError, tokenLock } from './refresh-access.ts';
import type { RefreshDeps } from './refresh-access.ts';
import { reauthRequiredError, requireReauth } from './require-reauth.ts';
import { tryToken } from './token-seals.ts';
import type { DecryptedToken } from './token-seals.ts';

/** A token with less remaining lifetime than this is exchanged first, so that no write starts with one that expires on the way. */
const LIFE_LEFT_MIN_MS = 5 * 60_000;

/**
 * Runs `work` with a valid access token of the account. Spotify executes nothing it answers with 401, so the token is then exchanged and `work` runs
 * once more: it must be one request, or only reads. Throws `reauth_required` without a request while the account needs re-authorization, `conflict`
 * while it is switched off or its encryption key is missing, `not_found` when it was disconnected, and whatever `work` throws. Marks an account that
 * has lost a scope, and updates the status of a rate-limited one.
 */
export async function withAccessToken<T>(deps: RefreshDeps, accountId: AccountId, work: (accessToken: string) => Promise<T>): Promise<T> {
  const account = await liveAccount(deps, accountId);
  try {
    return await work(accessTokenOf(deps, account));
  } catch (error) {
    if (isTokenRefused(error)) return retryWithNewToken(deps, account, work);
    throw await recordFailure(deps, account, error);
  }
}

async function retryWithNewToken<T>(deps: RefreshDeps, seen: Account, work: (accessToken: string) => Promise<T>): Promise<T> {
  const account = await refreshAccess(deps, seen.id, seen.tokenVersion);
  try {
    return await work(accessTokenOf(deps, account));
  } catch (error) {
    throw await recordFailure(deps, account, error);
  }
}

async function liveAccount(deps: RefreshDeps, id: AccountId): Promise<Account> {
  const account = await requireAccount(deps.db, id);
  if (account.status === 'needs_reauth') throw reauthRequiredError(account);
  if (account.status === 'disabled') throw switchedOffError(account);
  const livesUntil = account.accessExpiresAt?.getTime() ?? 0;
  // A token that cannot be decrypted counts as missing: exchanging the other token repairs it or reports the problem.
  const isFresh = sealedAccess(deps, account)?.kind === 'open' && livesUntil - deps.now().getTime() >= LIFE_LEFT_MIN_MS;
  return isFresh ? account : refreshAccess(deps, id, account.tokenVersion);
}

function accessTokenOf(deps: RefreshDeps, account: Account): string {
  const sealed = sealedAccess(deps, account);
  if (sealed?.kind === 'open') return sealed.token;
  throw sealed?.kind === 'no_key' ? missingKeyError(account, sealed.key) : reauthRequiredError(account);
}

function sealedAccess({ sealer }: RefreshDeps, { id, sealedAccessToken }: Account): DecryptedToken | undefined {
  return sealedAccessToken === null ? undefined : tryToken(sealer, sealedAccessToken, { id, column: 'sealed_access_token' });
}

/** Records what a failure tells about the account, and returns the error to throw. */
async function recordFailure(deps: RefreshDeps, account: Account, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError)) return error;
  if (error.code === 'rate_limited' || error.code === 'quota_exceeded') await updateLimitedAccounts(deps.db, deps.now());
  if (error.context?.['kind'] !== 'InsufficientScope') return error;
  // The permission for pictures affects nothing else, so only that one is forgotten.
  if (error.context['scope'] === PICTURE_SCOPE) {
    await removeScope(deps.db, account.id, PICTURE_SCOPE);
    return error;
  }
  const reason = 'Spotify refused a request because the authorization no longer covers all required scopes.';
  const isStopped = await deps.db.transaction(async (tx) => {
    await takeTransactionLock(tx, tokenLock(account.id));
    return requireReauth(deps, tx, { account, reason });
  });
  return isStopped ? reauthRequiredError(account, reason) : error;
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unauthenticated';
}
