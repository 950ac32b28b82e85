import { settleLimitedAccounts } from '#server/repos/accounts/account-limits.ts';
import { listRefreshableAccounts } from '#server/repos/accounts/accounts.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { Report } from '#server/use-cases/operations/jobs/track-run.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { createHash } from 'node:crypto';
import { refreshAccess } from './refresh-access.ts';
import type { RefreshDeps } from './refresh-access.ts';

interface RefreshRequest {
  /** One account only: a visit that an earlier run arranged. */
  readonly accountId?: AccountId | undefined;
  readonly signal: AbortSignal;
}

interface RefreshTally {
  readonly outcome: string;
  readonly refreshed: number;
  /** Accounts whose owner must agree again. */
  readonly ended: number;
  /** Accounts for which Spotify did not answer; they are asked again at the next tick. */
  readonly failed: number;
  /** Accounts whose tokens the house cannot open, because the key is missing. */
  readonly unreadable: number;
  /** Visits arranged for later, each at 80 % of its token's life. */
  readonly arranged: number;
}

/** Spotify's access tokens live an hour; a fifth of it is left when they are exchanged. */
const LIFE_LEFT_MS = 12 * 60_000;
/** Visits are brought forward by up to this, each account by its own share, so that a hundred connected in one hour do not ask in one second. */
const JITTER_MS = 4 * 60_000;
/** From tick to tick of the timetable. */
const TICK_MS = 30 * 60_000;
const AT_ONCE = 4;

type Refreshable = Awaited<ReturnType<typeof listRefreshableAccounts>>[number];

/**
 * Exchanges every token that has lived 80 % of its life, and arranges a visit at that moment for those that reach it before the next run.
 * One account never stops the others: one that is dead is marked and asked no more, one for which Spotify does not answer waits for the next run.
 * Throws `provider_rejected` (kind AppRefused), once all were visited, when Spotify does not accept the app itself.
 */
export async function refreshTokens(deps: RefreshDeps, request: RefreshRequest, report: Report = async () => {}): Promise<RefreshTally> {
  await settleLimitedAccounts(deps.db, deps.now());
  const accounts = (await listRefreshableAccounts(deps.db)).filter(({ id }) => request.accountId === undefined || id === request.accountId);
  const nowMs = deps.now().getTime();
  const due = accounts.filter((account) => visitAt(account) <= nowMs);
  const soon = request.accountId ? [] : accounts.filter((account) => visitAt(account) > nowMs && visitAt(account) <= nowMs + TICK_MS);
  for (const account of soon) {
    const planned = { payload: { accountId: account.id, trigger: 'timetable' as const }, key: `refresh:${account.id}` };
    await enqueueJob(deps.db, 'refresh-tokens', { ...planned, runAt: new Date(visitAt(account)) });
  }
  const tally = { refreshed: 0, ended: 0, failed: 0, unreadable: 0, arranged: soon.length };
  let appRefused: AppError | undefined;
  const waiting = [...due];
  const work = async (): Promise<void> => {
    for (let account = waiting.shift(); account; account = waiting.shift()) {
      request.signal.throwIfAborted();
      const end = await visit(deps, account);
      if (end instanceof AppError) appRefused = end;
      tally[end instanceof AppError ? 'failed' : end] += 1;
      const failures = tally.failed + tally.ended + tally.unreadable;
      await report({ doing: 'Renewing access', done: due.length - waiting.length, total: due.length, failures });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // It is no account's fault, and no later run will do better until a person puts it right.
  if (appRefused) throw appRefused;
  return { ...tally, outcome: outcomeOf(tally) };
}

async function visit(deps: RefreshDeps, account: Refreshable): Promise<'refreshed' | 'ended' | 'failed' | 'unreadable' | AppError> {
  try {
    await refreshAccess(deps, account.id, account.tokenVersion);
    return 'refreshed';
  } catch (error) {
    if (error instanceof AppError && error.code === 'reauth_required') return 'ended';
    deps.log.warn('access to an account could not be renewed', { accountId: account.id, error });
    const kind = error instanceof AppError ? error.context?.['kind'] : undefined;
    if (kind === 'TokenUnreadable') return 'unreadable';
    return kind === 'AppRefused' && error instanceof AppError ? error : 'failed';
  }
}

/** 80 % into the token's life, less the account's own jitter; a token that was never had is due at once. */
function visitAt({ id, tokenVersion, accessExpiresAt }: Refreshable): number {
  const share = createHash('sha256').update(`${id}|${tokenVersion}`).digest().readUInt32BE(0) / 0xffffffff;
  return (accessExpiresAt?.getTime() ?? 0) - LIFE_LEFT_MS - Math.floor(share * JITTER_MS);
}

function outcomeOf({ refreshed, ended, failed, unreadable, arranged }: Omit<RefreshTally, 'outcome'>): string {
  const parts = [
    refreshed > 0 ? `${counted(refreshed, 'account')} renewed` : undefined,
    arranged > 0 ? `${counted(arranged, 'visit')} arranged before the next run` : undefined,
    ended > 0 ? `${counted(ended, 'account')} must be connected again` : undefined,
    unreadable > 0 ? `the key to the tokens of ${counted(unreadable, 'account')} is missing from SPOTIFY_TOKEN_KEY` : undefined,
    failed > 0 ? `Spotify did not answer for ${counted(failed, 'account')}, tried again at the next run` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? `${parts.join('; ')}.` : 'Every token is young enough.';
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
