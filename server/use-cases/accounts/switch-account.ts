import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { markAccountStatus } from '#server/repos/accounts/accounts.ts';
import { insertAuditEntry, takeTransactionLock } from '#server/repos/audit-log.ts';
import type { SetAccountEnabledInput } from '#shared/contracts/accounts/accounts.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { requireAccount, tokenLock } from './refresh-access.ts';

type StatusChange = { readonly to: AccountStatus; readonly from: readonly AccountStatus[]; readonly reason: string | null };

/**
 * Switches an account off (no requests, no writes) or on again. One whose authorization had ended becomes `needs_reauth`. Idempotent. Throws
 * `not_found`.
 */
export async function switchAccount(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: SetAccountEnabledInput,
): Promise<{ status: AccountStatus }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    // Wait for a refresh in progress: it could set another status after this one.
    await takeTransactionLock(tx, tokenLock(input.accountId));
    const account = await requireAccount(tx, input.accountId);
    const { to, from, reason } = input.isEnabled ? switchedOn(account) : SWITCHED_OFF;
    if (!(await markAccountStatus(tx, account.id, { from, to, reason, at: deps.now() }))) return { status: account.status };
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: input.isEnabled ? 'account_switched_on' : 'account_switched_off',
      subject: `account:${account.id}`,
    });
    return { status: to };
  });
}

const SWITCHED_OFF: StatusChange = { to: 'disabled', from: ['active', 'limited', 'needs_reauth'], reason: 'Switched off by the operator.' };

function switchedOn(account: Account): StatusChange {
  const from = ['disabled'] as const;
  // Without an access token it needed re-authorization when it was switched off.
  if (account.sealedAccessToken === null) return { to: 'needs_reauth', from, reason: 'Its authorization ended before it was switched off.' };
  return { to: 'active', from, reason: null };
}
