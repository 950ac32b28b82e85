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
 * Marks an account as waiting for its owner, with the reason, unless its tokens were replaced meanwhile: then answers false. Nobody asks
 * Spotify for it again until it is connected anew.
 */
export async function stopForReauth(
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
  deps.log.error('an account must be authorised again', { accountId: account.id, why: stop.reason });
  return true;
}

/** What is said wherever an account's authorisation has ended. */
export function reauthRequired(account: Pick<Account, 'id' | 'displayName' | 'statusReason'>, reason = account.statusReason): AppError {
  return new AppError('reauth_required', {
    message: `${account.displayName} has to be connected to Spotify again.${reason ? ` ${reason}` : ''}`,
    remedy: 'Open Accounts and send its owner a reconnect link.',
    context: { accountId: account.id },
  });
}

/** Spotify says only that the permission is over; its age, and whether refresh tokens are good once, tell what can have been the reason. */
export function whyTokenDied(deps: Pick<Deps, 'now' | 'spotifyAccounts'>, account: Pick<Account, 'authorizedAt'>): string {
  const end = reauthDate(account.authorizedAt);
  if (end <= deps.now()) return `The permission of ${dayWords(account.authorizedAt)} ended after its six months.`;
  const orUs = deps.spotifyAccounts.isConfidential ? '' : ', or a renewal of ours was cut off before its answer was kept';
  return `Spotify ended the permission before its time: the owner took it back, or closed the account${orUs}.`;
}

function dayWords(date: Date): string {
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
