import type { Deps } from '#server/deps.ts';
import type { TokenGrant } from '#server/providers/ports.ts';
import { findAccount, markTokensRefreshed } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { takeTransactionLock } from '#server/repos/audit-log.ts';
import type { Db, Pool } from '#server/repos/database.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import pLimit from 'p-limit';
import type { LimitFunction } from 'p-limit';
import { missingScopes } from './account-scopes.ts';
import { reauthRequiredError, requireReauth, whyTokenDied } from './require-reauth.ts';
import { missingKeyReason, sealToken, tryToken } from './token-seals.ts';

export type RefreshDeps = Pick<Deps, 'db' | 'pool' | 'now' | 'newId' | 'sealer' | 'spotifyAccounts' | 'log' | 'faultPoint'>;

/**
 * Mostly the wait for a slot of the app's request budget while several processes read albums; the request itself takes well under a second. Shorter
 * than the shutdown timeout of a process.
 */
const REFRESH_TIMEOUT_MS = 20_000;

/**
 * An exchange holds one connection with the lock and needs a second one for the request budget. If exchanges held all connections, none could
 * continue.
 */
const MAX_CONCURRENT_EXCHANGES = 4;

interface Refreshes {
  /** One refresh per process and account, so that a hundred callers do not hold a hundred connections waiting for one lock. */
  readonly inFlight: Map<AccountId, Promise<Account>>;
  readonly limit: LimitFunction;
}

const refreshesByPool = new WeakMap<Pool, Refreshes>();

/**
 * Exchanges the refresh token unless that happened since `seenVersion`, and returns the account as it then is. Exactly one request is sent however
 * many processes call at once: Postgres holds the lock, the row is read again under it, and the write compares the version. Throws `reauth_required`
 * (and marks the account) when the refresh token has expired or was revoked, grants too few scopes, was altered here, or belongs to another app;
 * `conflict` (kind TokenUnreadable) while its encryption key is missing.
 */
export async function refreshAccess(deps: RefreshDeps, id: AccountId, seenVersion: number): Promise<Account> {
  const poolState = refreshesByPool.get(deps.pool) ?? {
    inFlight: new Map<AccountId, Promise<Account>>(),
    limit: pLimit(MAX_CONCURRENT_EXCHANGES),
  };
  refreshesByPool.set(deps.pool, poolState);
  const { inFlight, limit } = poolState;
  const running = inFlight.get(id);
  if (running) return running;
  const refresh = limit(() => refreshUnderLock(deps, id, seenVersion)).finally(() => inFlight.delete(id));
  inFlight.set(id, refresh);
  return refresh;
}

type Outcome = { readonly kind: 'live'; readonly account: Account } | { readonly kind: 'dead'; readonly cause: AppError };

async function refreshUnderLock(deps: RefreshDeps, id: AccountId, seenVersion: number): Promise<Account> {
  const outcome = await deps.db.transaction(async (tx): Promise<Outcome> => {
    await takeTransactionLock(tx, tokenLock(id));
    const account = await requireAccount(tx, id);
    if (account.status === 'needs_reauth') return { kind: 'dead', cause: reauthRequiredError(account) };
    if (account.status === 'disabled') return { kind: 'dead', cause: switchedOffError(account) };
    if (account.tokenVersion !== seenVersion) return { kind: 'live', account };
    return exchange(deps, tx, account);
  });
  if (outcome.kind === 'live') return outcome.account;
  throw outcome.cause;
}

async function exchange(deps: RefreshDeps, tx: Db, account: Account): Promise<Outcome> {
  if (account.sealedRefreshToken === null) return markDead(deps, tx, { account, reason: 'Its refresh token is no longer stored.' });
  const { app } = deps.spotifyAccounts;
  // Spotify would refuse it with the same error as any expired token.
  if (account.authorizedApp !== null && account.authorizedApp !== app) return markDead(deps, tx, { account, reason: whyForeign(account, app) });
  const sealed = tryToken(deps.sealer, account.sealedRefreshToken, { id: account.id, column: 'sealed_refresh_token' });
  if (sealed.kind === 'no_key') throw missingKeyError(account, sealed.key);
  if (sealed.kind === 'altered') return markDead(deps, tx, { account, reason: WHY_ALTERED });
  const refreshToken = sealed.token;
  let grant;
  try {
    grant = await deps.spotifyAccounts.refresh(refreshToken, AbortSignal.timeout(REFRESH_TIMEOUT_MS));
  } catch (error) {
    if (error instanceof AppError && error.code === 'reauth_required') return markDead(deps, tx, { account, reason: whyTokenDied(deps, account) });
    throw error;
  }
  deps.faultPoint('refresh.after_exchange');
  // An answer without scopes does not mean that none are granted.
  const missing = grant.scopes.length > 0 ? missingScopes(grant.scopes) : [];
  if (missing.length > 0) return markDead(deps, tx, { account, reason: missingScopesReason(missing), scopes: grant.scopes });
  return storeTokens(deps, tx, { account, grant, refreshToken });
}

async function storeTokens(deps: RefreshDeps, tx: Db, exchanged: { account: Account; grant: TokenGrant; refreshToken: string }): Promise<Outcome> {
  const { account, grant, refreshToken } = exchanged;
  const tokens = {
    sealedAccessToken: sealToken(deps.sealer, grant.accessToken, { id: account.id, column: 'sealed_access_token' }),
    sealedRefreshToken: sealToken(deps.sealer, grant.refreshToken ?? refreshToken, { id: account.id, column: 'sealed_refresh_token' }),
    accessExpiresAt: new Date(deps.now().getTime() + grant.expiresInSeconds * 1000),
  };
  const isOurs = await markTokensRefreshed(tx, account, tokens);
  deps.faultPoint('refresh.before_commit');
  if (isOurs) return { kind: 'live', account: { ...account, ...tokens, tokenVersion: account.tokenVersion + 1 } };
  return { kind: 'live', account: await requireAccount(tx, account.id) };
}

async function markDead(deps: RefreshDeps, tx: Db, stop: { account: Account; reason: string; scopes?: readonly string[] }): Promise<Outcome> {
  if (await requireReauth(deps, tx, stop)) return { kind: 'dead', cause: reauthRequiredError(stop.account, stop.reason) };
  return { kind: 'live', account: await requireAccount(tx, stop.account.id) };
}

/** Why an account needs re-authorization when scopes are missing. */
export function missingScopesReason(missing: readonly string[]): string {
  return `Its authorization no longer covers all required scopes (missing: ${missing.join(', ')}).`;
}

const WHY_ALTERED = 'Its stored refresh token was altered, or belongs to another account, and cannot be decrypted.';

function whyForeign({ authorizedApp }: Account, app: string): string {
  return `Its owner authorized the Spotify app ${authorizedApp}, but Segue now runs as the app ${app}. An authorization works only with its own app.`;
}

/** The error for a missing encryption key. The account stays unchanged, because the key may be added again. */
export function missingKeyError(account: Account, key: string): AppError {
  return new AppError('conflict', {
    message: `${account.displayName} cannot be used. ${missingKeyReason(key)}`,
    remedy: 'Add the key to SPOTIFY_TOKEN_KEY again, or re-authorize the account.',
    context: { kind: 'TokenUnreadable', accountId: account.id },
  });
}

/** The error for an account that the operator switched off. */
export function switchedOffError(account: Account): AppError {
  return new AppError('conflict', { message: `${account.displayName} is switched off.`, remedy: 'Switch it on under Accounts.' });
}

/** The name of the lock under which an account's tokens change. */
export function tokenLock(id: AccountId): string {
  return `account_tokens:${id}`;
}

/** Throws `not_found`, also for an account that was disconnected. */
export async function requireAccount(db: Db, id: AccountId): Promise<Account> {
  const account = await findAccount(db, id);
  if (!account || account.disconnectedAt !== null) throw accountNotFound();
  return account;
}

/** The error for an account that is unknown or was disconnected. */
export function accountNotFound(): AppError {
  return new AppError('not_found', { message: 'This account is no longer connected.', remedy: 'Reload the list of accounts.' });
}
