import type { AccountId } from '#shared/ids.ts';
import pLimit from 'p-limit';

interface OnAccount {
  readonly account: { readonly id: AccountId };
}

/** Accounts processed in parallel; each holds one of the 16 database sessions of a process. */
const ACCOUNTS_AT_ONCE = 4;

/**
 * Visits targets by account: several accounts in parallel, the targets of one account in sequence. After the first error no further target is
 * started; the error is thrown when the visits in progress have ended. A walk that was canceled throws the reason of its signal.
 */
export async function walkAccounts<T extends OnAccount>(
  targets: readonly T[],
  visit: (target: T) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let failure: { error: unknown } | undefined;
  await pLimit(ACCOUNTS_AT_ONCE).map(groupByAccount(targets), async (group) => {
    for (const target of group) {
      if (failure) return;
      try {
        signal.throwIfAborted();
        await visit(target);
      } catch (error) {
        // An aborted request fails with an error of its own, possibly before the visit that noticed the signal.
        failure ??= { error: signal.aborted ? signal.reason : error };
      }
    }
  });
  if (failure) throw failure.error;
}

/** The targets of each account, accounts and targets in the order given. */
export function groupByAccount<T extends OnAccount>(targets: readonly T[]): T[][] {
  const groups = new Map<AccountId, T[]>();
  for (const target of targets) {
    const group = groups.get(target.account.id);
    if (group) group.push(target);
    else groups.set(target.account.id, [target]);
  }
  return [...groups.values()];
}
