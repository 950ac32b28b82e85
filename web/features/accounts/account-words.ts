import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { dayName, daysBetween } from '#web/lib/dates.ts';
import { numberInWords, capitalize, plural } from '#web/lib/words.ts';
import type { Tone } from '#web/ui/feedback/status-text.tsx';

const ACCOUNT_STATES: Readonly<Record<AccountStatus, { readonly tone: Tone; readonly name: string }>> = {
  active: { tone: 'good', name: 'Active' },
  needs_reauth: { tone: 'bad', name: 'Needs re-authorization' },
  limited: { tone: 'soon', name: 'Rate limited' },
  disabled: { tone: 'quiet', name: 'Turned off' },
};

const UNREADABLE = { tone: 'bad', name: 'Tokens can’t be decrypted' } as const;

/** True for an account that Segue cannot write to until an operator acts: its authorization is gone, or its tokens cannot be decrypted. */
export const needsOperator = ({ status, missingKey }: AccountView): boolean =>
  status === 'needs_reauth' || (missingKey !== null && status !== 'disabled');

/** An account's status in words, with the tone to show it in. */
export function accountStatusText(account: AccountView): { readonly tone: Tone; readonly name: string } {
  return account.status !== 'needs_reauth' && needsOperator(account) ? UNREADABLE : ACCOUNT_STATES[account.status];
}

/** Address that starts Spotify's consent flow: for a new account, or to re-authorize the given one. */
export function connectHref(accountId?: string): string {
  const returnTo = accountId ? `/admin/accounts?account=${accountId}` : '/admin/accounts';
  return `/auth/spotify/connect?${new URLSearchParams({ returnTo, ...(accountId ? { account: accountId } : {}) }).toString()}`;
}

/** "21 May, in 181 days". */
export function expiryText(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days < 0) return `${dayName(day)}, in the past`;
  return `${dayName(day)}, ${days === 0 ? 'today' : `in ${plural(days, 'day')}`}`;
}

/** The page's headline: how many accounts Segue can write to. */
export function accountsHeadline(accounts: readonly AccountView[]): string {
  if (accounts.length === 0) return 'No Spotify accounts are connected.';
  const usable = accounts.filter((account) => account.status !== 'disabled' && !needsOperator(account)).length;
  if (usable < accounts.length)
    return `${usable === 0 ? 'None' : capitalize(numberInWords(usable))} of ${numberInWords(accounts.length)} accounts are available.`;
  return accounts.length === 1 ? 'One account is available.' : `All ${numberInWords(accounts.length)} accounts are available.`;
}
