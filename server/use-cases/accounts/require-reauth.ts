import type { Deps } from '#server/deps.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { markNeedsReauth } from '#server/repos/accounts/accounts.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { AppError } from '#shared/errors.ts';
import { reauthDate } from './reauth-date.ts';

interface Stop {
  readonly reason: string;
  readonly scopes?: readonly string[];
}

/**
 * Marks an account as needing re-authorization, with the reason, and returns true; returns false if its tokens were replaced in the meantime. No
 * request is made for it until it is re-authorized.
 */
export async function requireReauth(
  deps: Pick<Deps, 'now' | 'newId' | 'log'>,
  tx: Db,
  { account, ...stop }: Stop & { account: Account },
): Promise<boolean> {
  const at = deps.now();
  if (!(await markNeedsReauth(tx, account, { ...stop, at }))) return false;
  await insertAuditEntry(tx, {
    id: deps.newId(),
    at,
    actor: 'system',
    action: 'account_needs_reauth',
    subject: `account:${account.id}`,
    detail: stop.reason,
  });
  deps.log.error('an account must be re-authorized', { accountId: account.id, why: stop.reason });
  return true;
}

/** The error for an account whose authorization has ended. */
export function reauthRequiredError(account: Pick<Account, 'id' | 'displayName' | 'statusReason'>, reason = account.statusReason): AppError {
  return new AppError('reauth_required', {
    message: `${account.displayName} must be re-authorized on Spotify.${reason ? ` ${reason}` : ''}`,
    remedy: 'Open Accounts, create a reconnect link and send it to the owner.',
    context: { accountId: account.id },
  });
}

/** Spotify reports only that the authorization is over. Its age, and whether refresh tokens are single-use, tell the possible reasons. */
export function whyTokenDied(deps: Pick<Deps, 'now' | 'spotifyAccounts'>, account: Pick<Account, 'authorizedAt'>): string {
  const end = reauthDate(account.authorizedAt);
  if (end <= deps.now()) return `The authorization of ${dayWords(account.authorizedAt)} expired after six months.`;
  const orInterrupted = deps.spotifyAccounts.isConfidential ? '' : ', or a token refresh was interrupted before its answer was stored';
  return `Spotify ended the authorization early: the owner revoked it or closed the account${orInterrupted}.`;
}

function dayWords(date: Date): string {
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
