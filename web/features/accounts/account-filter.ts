import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { isFoundIn } from '#web/lib/found-in.ts';
import { needsAPerson } from './account-words.ts';

/** The states an operator can filter accounts by. */
export const ACCOUNT_CHOICES = ['ended', 'ending', 'limited', 'off'] as const;
export type AccountChoice = (typeof ACCOUNT_CHOICES)[number];

const MATCHES: Readonly<Record<AccountChoice, (account: AccountView) => boolean>> = {
  ended: needsAPerson,
  ending: ({ status, reauthStep }) => (status === 'active' || status === 'limited') && reauthStep !== null,
  limited: ({ status }) => status === 'limited',
  off: ({ status }) => status === 'disabled',
};

interface AccountFilter {
  readonly find: string;
  readonly only: AccountChoice | undefined;
}

/** The accounts that match a search text and a state. Accounts that need an operator come first, then the order is by expiry of the authorization. */
export function narrowAccounts(accounts: readonly AccountView[], { find, only }: AccountFilter): AccountView[] {
  return accounts
    .filter((account) => (only === undefined || MATCHES[only](account)) && isFoundIn(find, [account.displayName]))
    .toSorted(
      (one, other) => urgency(one) - urgency(other) || one.reauthBy.localeCompare(other.reauthBy) || one.displayName.localeCompare(other.displayName),
    );
}

const URGENCY = { needs_reauth: 0, limited: 1, active: 2, disabled: 3 } as const;
const urgency = (account: AccountView) => (needsAPerson(account) ? URGENCY.needs_reauth : URGENCY[account.status]);
