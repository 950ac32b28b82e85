import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { matchesSearch } from '#web/lib/search-match.ts';
import { needsOperator } from './account-words.ts';

/** The states an operator can filter accounts by. */
export const ACCOUNT_FILTERS = ['ended', 'ending', 'limited', 'off'] as const;
export type AccountFilterName = (typeof ACCOUNT_FILTERS)[number];

const MATCHES: Readonly<Record<AccountFilterName, (account: AccountView) => boolean>> = {
  ended: needsOperator,
  ending: ({ status, reauthStep }) => (status === 'active' || status === 'limited') && reauthStep !== null,
  limited: ({ status }) => status === 'limited',
  off: ({ status }) => status === 'disabled',
};

interface AccountFilter {
  readonly find: string;
  readonly only: AccountFilterName | undefined;
}

/** The accounts that match a search text and a state. Accounts that need an operator come first, then the order is by expiry of the authorization. */
export function filterAccounts(accounts: readonly AccountView[], { find, only }: AccountFilter): AccountView[] {
  return accounts
    .filter((account) => (only === undefined || MATCHES[only](account)) && matchesSearch(find, [account.displayName]))
    .toSorted(
      (one, other) => urgency(one) - urgency(other) || one.reauthBy.localeCompare(other.reauthBy) || one.displayName.localeCompare(other.displayName),
    );
}

const URGENCY = { needs_reauth: 0, limited: 1, active: 2, disabled: 3 } as const;
const urgency = (account: AccountView) => (needsOperator(account) ? URGENCY.needs_reauth : URGENCY[account.status]);
