import type { Deps } from '#server/deps.ts';
import { findAccount, markNeedsReauth, markTokensRefreshed } from '#server/repos/accounts.ts';
import type { Account } from '#server/repos/accounts.ts';
import { insertAuditEntry, takeTransactionLock } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { Pool } from 'pg';
import { openToken, sealToken } from './token-seals.ts';

export type RefreshDeps = Pick<Deps, 'db' | 'pool' | 'now' | 'newId' | 'sealer' | 'spotifyAccounts' | 'log' | 'faultPoint'>;

/** One token request takes well under a second; after this the vendor counts as not answering. */
const REFRESH_TIMEOUT_MS = 10_000;

/** One flight a process and account, so that a hundred callers do not hold a hundred connections waiting for one lock. */
const flights = new WeakMap<Pool, Map<AccountId, Promise<Account>>>();

/**
 * Exchanges the refresh token unless somebody did since `seenVersion`, and returns the account as it then is. Exactly one request goes out
 * however many processes ask at once: Postgres holds the lock, the row is read again under it, and the write compares the version.
 * Throws `reauth_required` (and marks the account) when the refresh token is dead.
 */
export async function refreshAccess(deps: RefreshDeps, id: AccountId, seenVersion: number): Promise<Account> {
  const perPool = flights.get(deps.pool) ?? new Map<AccountId, Promise<Account>>();
  flights.set(deps.pool, perPool);
  const flying = perPool.get(id);
  if (flying) return flying;
  const flight = refreshUnderLock(deps, id, seenVersion).finally(() => perPool.delete(id));
  perPool.set(id, flight);
  return flight;
}

type Outcome = { readonly kind: 'live'; readonly account: Account } | { readonly kind: 'dead'; readonly cause: AppError };

async function refreshUnderLock(deps: RefreshDeps, id: AccountId, seenVersion: number): Promise<Account> {
  const outcome = await deps.db.transaction(async (tx): Promise<Outcome> => {
    await takeTransactionLock(tx, tokenLock(id));
    const account = await requireAccount(tx, id);
    if (account.tokenVersion !== seenVersion) return { kind: 'live', account };
    return exchange(deps, tx, account);
  });
  if (outcome.kind === 'live') return outcome.account;
  throw outcome.cause;
}

async function exchange(deps: RefreshDeps, tx: Db, account: Account): Promise<Outcome> {
  if (account.sealedRefreshToken === null) return giveUp(deps, tx, { account, cause: reauthRequired(account) });
  const refreshToken = openToken(deps.sealer, account.sealedRefreshToken, { id: account.id, column: 'sealed_refresh_token' });
  let grant;
  try {
    grant = await deps.spotifyAccounts.refresh(refreshToken, AbortSignal.timeout(REFRESH_TIMEOUT_MS));
  } catch (error) {
    if (error instanceof AppError && error.code === 'reauth_required') return giveUp(deps, tx, { account, cause: error });
    throw error;
  }
  deps.faultPoint('refresh.after_exchange');
  const tokens = {
    sealedAccessToken: sealToken(deps.sealer, grant.accessToken, { id: account.id, column: 'sealed_access_token' }),
    sealedRefreshToken: sealToken(deps.sealer, grant.refreshToken ?? refreshToken, { id: account.id, column: 'sealed_refresh_token' }),
    accessExpiresAt: new Date(deps.now().getTime() + grant.expiresInSeconds * 1000),
  };
  const isOurs = await markTokensRefreshed(tx, account, tokens);
  if (isOurs) return { kind: 'live', account: { ...account, ...tokens, tokenVersion: account.tokenVersion + 1 } };
  return { kind: 'live', account: await requireAccount(tx, account.id) };
}

async function giveUp(deps: RefreshDeps, tx: Db, refused: { account: Account; cause: AppError }): Promise<Outcome> {
  const { account, cause } = refused;
  if (!(await markNeedsReauth(tx, account, cause.message))) return { kind: 'live', account: await requireAccount(tx, account.id) };
  await insertAuditEntry(tx, {
    id: deps.newId(),
    at: deps.now(),
    actor: 'system',
    action: 'account_needs_reauth',
    subject: `account:${account.id}`,
    detail: cause.message,
  });
  deps.log.error('an account must be authorised again', { accountId: account.id, why: cause.message });
  return { kind: 'dead', cause };
}

/** Names the lock under which an account's tokens change, whoever changes them. */
export function tokenLock(id: AccountId): string {
  return `account_tokens:${id}`;
}

/** What is said wherever an account's authorisation has ended. */
export function reauthRequired(account: Account): AppError {
  return new AppError('reauth_required', {
    message: `${account.displayName} has to be connected to Spotify again.`,
    remedy: 'Open Accounts and press Reconnect.',
    context: { accountId: account.id },
  });
}

/** Throws `not_found`. */
export async function requireAccount(db: Db, id: AccountId): Promise<Account> {
  const account = await findAccount(db, id);
  if (!account) throw new AppError('not_found', { message: 'That account is not here any more.', remedy: 'Look at the list of accounts.' });
  return account;
}
