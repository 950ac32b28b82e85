import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { markAccountStatus } from '#server/repos/accounts/accounts.ts';
import { insertAuditEntry, takeTransactionLock } from '#server/repos/audit-log.ts';
import type { SwitchAccountInput } from '#shared/contracts/accounts/accounts.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { requireAccount, tokenLock } from './refresh-access.ts';

type Deed = { readonly to: AccountStatus; readonly from: readonly AccountStatus[]; readonly reason: string | null };

/**
 * Switches an account off, so that nothing is written to it and nothing asked for it, or on again. One whose permission had ended is on again
 * only for its owner to say yes. Doing it twice changes nothing. Throws `not_found`.
 */
export async function switchAccount(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: SwitchAccountInput,
): Promise<{ status: AccountStatus }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    // A refresh under way ends first, or it could give the account another status after this one.
    await takeTransactionLock(tx, tokenLock(input.accountId));
    const account = await requireAccount(tx, input.accountId);
    const { to, from, reason } = input.isOn ? switchedOn(account) : SWITCHED_OFF;
    if (!(await markAccountStatus(tx, account.id, { from, to, reason, at: deps.now() }))) return { status: account.status };
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: input.isOn ? 'account_switched_on' : 'account_switched_off',
      subject: `account:${account.id}`,
    });
    return { status: to };
  });
}

const SWITCHED_OFF: Deed = { to: 'disabled', from: ['active', 'limited', 'needs_reauth'], reason: 'Switched off by the operator.' };

function switchedOn(account: Account): Deed {
  const from = ['disabled'] as const;
  // Without an access token it was waiting for its owner when it was switched off.
  if (account.sealedAccessToken === null) return { to: 'needs_reauth', from, reason: 'Its permission had ended before it was switched off.' };
  return { to: 'active', from, reason: null };
}
