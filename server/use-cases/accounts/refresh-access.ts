import type { Deps } from '#server/deps.ts';
import type { TokenGrant } from '#server/providers/ports.ts';
import { findAccount, markTokensRefreshed } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { takeTransactionLock } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { Pool } from 'pg';
import { missingScopes } from './account-scopes.ts';
import { createTurns } from './refresh-turns.ts';
import { reauthRequired, stopForReauth, whyTokenDied } from './stop-for-reauth.ts';
import { sealedElsewhere, sealToken, tryToken } from './token-seals.ts';

export type RefreshDeps = Pick<Deps, 'db' | 'pool' | 'now' | 'newId' | 'sealer' | 'spotifyAccounts' | 'log' | 'faultPoint'>;

/**
 * Most of it is the wait for a turn in the app's budget while several processes read albums; the request itself takes well under a second. Shorter than
 * what a process that ends may take.
 */
const REFRESH_TIMEOUT_MS = 20_000;

/**
 * An exchange holds a connection with the lock, and needs another one to ask for its turn at Spotify: if all connections were held by exchanges,
 * none could go on.
 */
const EXCHANGES_AT_ONCE = 4;

interface Flights {
  /** One flight a process and account, so that a hundred callers do not hold a hundred connections waiting for one lock. */
  readonly flying: Map<AccountId, Promise<Account>>;
  readonly inTurn: ReturnType<typeof createTurns>;
}

const flights = new WeakMap<Pool, Flights>();

/**
 * Exchanges the refresh token unless somebody did since `seenVersion`, and returns the account as it then is. Exactly one request goes out
 * however many processes ask at once: Postgres holds the lock, the row is read again under it, and the write compares the version.
 * Throws `reauth_required` (and marks the account) when the refresh token is dead, grants too little, was altered here or belongs to another app;
 * `conflict` (kind TokenUnreadable) while the key to open it is missing.
 */
export async function refreshAccess(deps: RefreshDeps, id: AccountId, seenVersion: number): Promise<Account> {
  const perPool = flights.get(deps.pool) ?? { flying: new Map<AccountId, Promise<Account>>(), inTurn: createTurns(EXCHANGES_AT_ONCE) };
  flights.set(deps.pool, perPool);
  const { flying, inTurn } = perPool;
  const present = flying.get(id);
  if (present) return present;
  const flight = inTurn(() => refreshUnderLock(deps, id, seenVersion)).finally(() => flying.delete(id));
  flying.set(id, flight);
  return flight;
}

type Outcome = { readonly kind: 'live'; readonly account: Account } | { readonly kind: 'dead'; readonly cause: AppError };

async function refreshUnderLock(deps: RefreshDeps, id: AccountId, seenVersion: number): Promise<Account> {
  const outcome = await deps.db.transaction(async (tx): Promise<Outcome> => {
    await takeTransactionLock(tx, tokenLock(id));
    const account = await requireAccount(tx, id);
    if (account.status === 'needs_reauth') return { kind: 'dead', cause: reauthRequired(account) };
    if (account.status === 'disabled') return { kind: 'dead', cause: switchedOff(account) };
    if (account.tokenVersion !== seenVersion) return { kind: 'live', account };
    return exchange(deps, tx, account);
  });
  if (outcome.kind === 'live') return outcome.account;
  throw outcome.cause;
}

async function exchange(deps: RefreshDeps, tx: Db, account: Account): Promise<Outcome> {
  if (account.sealedRefreshToken === null) return giveUp(deps, tx, { account, reason: 'Its permission is no longer kept here.' });
  const { app } = deps.spotifyAccounts;
  // It would be refused in words that fit any dead token.
  if (account.authorizedApp !== null && account.authorizedApp !== app) return giveUp(deps, tx, { account, reason: whyForeign(account, app) });
  const sealed = tryToken(deps.sealer, account.sealedRefreshToken, { id: account.id, column: 'sealed_refresh_token' });
  if (sealed.kind === 'no_key') throw keyMissing(account, sealed.key);
  if (sealed.kind === 'altered') return giveUp(deps, tx, { account, reason: WHY_ALTERED });
  const refreshToken = sealed.token;
  let grant;
  try {
    grant = await deps.spotifyAccounts.refresh(refreshToken, AbortSignal.timeout(REFRESH_TIMEOUT_MS));
  } catch (error) {
    if (error instanceof AppError && error.code === 'reauth_required') return giveUp(deps, tx, { account, reason: whyTokenDied(deps, account) });
    throw error;
  }
  deps.faultPoint('refresh.after_exchange');
  // An answer without scopes says nothing about them.
  const missing = grant.scopes.length > 0 ? missingScopes(grant.scopes) : [];
  if (missing.length > 0) return giveUp(deps, tx, { account, reason: whyTooLittle(missing), scopes: grant.scopes });
  return keep(deps, tx, { account, grant, refreshToken });
}

async function keep(deps: RefreshDeps, tx: Db, got: { account: Account; grant: TokenGrant; refreshToken: string }): Promise<Outcome> {
  const { account, grant, refreshToken } = got;
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

async function giveUp(deps: RefreshDeps, tx: Db, stop: { account: Account; reason: string; scopes?: readonly string[] }): Promise<Outcome> {
  if (await stopForReauth(deps, tx, stop)) return { kind: 'dead', cause: reauthRequired(stop.account, stop.reason) };
  return { kind: 'live', account: await requireAccount(tx, stop.account.id) };
}

/** What is said of an account whose permission no longer covers carrying playlists. */
export function whyTooLittle(missing: readonly string[]): string {
  return `Spotify no longer lets us do everything that carrying playlists needs (missing: ${missing.join(', ')}).`;
}

const WHY_ALTERED = 'What is kept of its permission was altered, or belongs to another account, and does not open.';

function whyForeign({ authorizedApp }: Account, app: string): string {
  return `Its owner agreed to the Spotify app ${authorizedApp}, and this house now speaks for ${app}: a permission is good with its own app only.`;
}

/** The key may be put back, so the account is left as it is. */
export function keyMissing(account: Account, key: string): AppError {
  return new AppError('conflict', {
    message: `${account.displayName} cannot be used. ${sealedElsewhere(key)}`,
    remedy: 'Put the key back into SPOTIFY_TOKEN_KEY, or connect the account again.',
    context: { kind: 'TokenUnreadable', accountId: account.id },
  });
}

/** What is said of an account that the operator switched off. */
export function switchedOff(account: Account): AppError {
  return new AppError('conflict', { message: `${account.displayName} is switched off.`, remedy: 'Switch it on under Accounts.' });
}

/** Names the lock under which an account's tokens change, whoever changes them. */
export function tokenLock(id: AccountId): string {
  return `account_tokens:${id}`;
}

/** Throws `not_found`, also for an account that was disconnected. */
export async function requireAccount(db: Db, id: AccountId): Promise<Account> {
  const account = await findAccount(db, id);
  if (!account || account.disconnectedAt !== null) throw accountGone();
  return account;
}

/** What is said of an account that nobody knows, or that was disconnected. */
export function accountGone(): AppError {
  return new AppError('not_found', { message: 'That account is not here any more.', remedy: 'Look at the list of accounts.' });
}
