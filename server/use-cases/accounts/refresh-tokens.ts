import { updateLimitedAccounts } from '#server/repos/accounts/account-limits.ts';
import { listRefreshableAccounts } from '#server/repos/accounts/accounts.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { Report } from '#server/use-cases/progress.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { refreshAccess } from './refresh-access.ts';
import type { RefreshDeps } from './refresh-access.ts';

interface RefreshRequest {
  /** Only this account: a refresh that an earlier run scheduled. */
  readonly accountId?: AccountId | undefined;
  readonly signal: AbortSignal;
}

interface RefreshTally {
  readonly outcome: string;
  readonly refreshed: number;
  /** Accounts whose owner must re-authorize. */
  readonly ended: number;
  /** Accounts for which Spotify did not answer; retried at the next scheduled run. */
  readonly failed: number;
  /** Accounts whose tokens cannot be decrypted, because the key is missing. */
  readonly unreadable: number;
  /** Refreshes scheduled for later, each at 80% of its token's lifetime. */
  readonly arranged: number;
}

/** Spotify's access tokens live one hour; they are exchanged when a fifth of it is left. */
const LIFE_LEFT_MS = 12 * 60_000;
/**
 * Refreshes are moved earlier by up to this, each account by its own share, so that a hundred accounts connected within an hour are not refreshed in
 * the same second.
 */
const JITTER_MS = 4 * 60_000;
/** Time between two scheduled runs. */
const RUN_INTERVAL_MS = 30 * 60_000;
const CONCURRENCY = 4;

type Refreshable = Awaited<ReturnType<typeof listRefreshableAccounts>>[number];

/**
 * Exchanges every token that has reached 80% of its lifetime, and schedules a job at that moment for those that reach it before the next run. One
 * account never stops the others: an expired one is marked and not tried again, one for which Spotify does not answer waits for the next run. Throws
 * `provider_rejected` (kind AppRefused) after all accounts when Spotify rejects the app itself.
 */
export async function refreshTokens(deps: RefreshDeps, request: RefreshRequest, report: Report = async () => {}): Promise<RefreshTally> {
  await updateLimitedAccounts(deps.db, deps.now());
  const accounts = (await listRefreshableAccounts(deps.db)).filter(({ id }) => request.accountId === undefined || id === request.accountId);
  const nowMs = deps.now().getTime();
  const due = accounts.filter((account) => refreshAt(account) <= nowMs);
  const soon = request.accountId ? [] : accounts.filter((account) => refreshAt(account) > nowMs && refreshAt(account) <= nowMs + RUN_INTERVAL_MS);
  for (const account of soon) {
    const planned = { payload: { accountId: account.id, trigger: 'timetable' as const }, key: `refresh:${account.id}` };
    await enqueueJob(deps.db, 'refresh-tokens', { ...planned, runAt: new Date(refreshAt(account)) });
  }
  const tally = { refreshed: 0, ended: 0, failed: 0, unreadable: 0, arranged: soon.length };
  let appRefused: AppError | undefined;
  const limit = pLimit(CONCURRENCY);
  await limit.map(due, async (account) => {
    request.signal.throwIfAborted();
    const end = await refreshOne(deps, account);
    if (end instanceof AppError) appRefused = end;
    tally[end instanceof AppError ? 'failed' : end] += 1;
    const failures = tally.failed + tally.ended + tally.unreadable;
    await report({ doing: 'Refreshing tokens', done: due.length - limit.pendingCount, total: due.length, failures });
  });
  // No account caused it, and no later run succeeds until a person fixes the app's settings.
  if (appRefused) throw appRefused;
  return { ...tally, outcome: outcomeOf(tally) };
}

async function refreshOne(deps: RefreshDeps, account: Refreshable): Promise<'refreshed' | 'ended' | 'failed' | 'unreadable' | AppError> {
  try {
    await refreshAccess(deps, account.id, account.tokenVersion);
    return 'refreshed';
  } catch (error) {
    if (error instanceof AppError && error.code === 'reauth_required') return 'ended';
    deps.log.warn('the token of an account could not be refreshed', { accountId: account.id, error });
    const kind = error instanceof AppError ? error.context?.['kind'] : undefined;
    if (kind === 'TokenUnreadable') return 'unreadable';
    return kind === 'AppRefused' && error instanceof AppError ? error : 'failed';
  }
}

/** 80% of the token's lifetime, minus the account's own jitter; due immediately when there is no access token. */
function refreshAt({ id, tokenVersion, accessExpiresAt }: Refreshable): number {
  const share = createHash('sha256').update(`${id}|${tokenVersion}`).digest().readUInt32BE(0) / 0xffffffff;
  return (accessExpiresAt?.getTime() ?? 0) - LIFE_LEFT_MS - Math.floor(share * JITTER_MS);
}

function outcomeOf({ refreshed, ended, failed, unreadable, arranged }: Omit<RefreshTally, 'outcome'>): string {
  const parts = [
    refreshed > 0 ? `${counted(refreshed, 'account')} refreshed` : undefined,
    arranged > 0 ? `${counted(arranged, 'refresh job')} scheduled before the next run` : undefined,
    ended > 0 ? `${counted(ended, 'account')} must be re-authorized` : undefined,
    unreadable > 0 ? `the key to the tokens of ${counted(unreadable, 'account')} is missing from SPOTIFY_TOKEN_KEY` : undefined,
    failed > 0 ? `Spotify did not answer for ${counted(failed, 'account')}, retried at the next run` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? `${parts.join('; ')}.` : 'No token is due for a refresh.';
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
