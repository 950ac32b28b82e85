import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { dayName, daysBetween } from '#web/lib/dates.ts';
import { inWords, opening, plural } from '#web/lib/words.ts';
import type { Tone } from '#web/ui/feedback/state-text.tsx';

const ACCOUNT_STATES: Readonly<Record<AccountStatus, { readonly tone: Tone; readonly name: string }>> = {
  active: { tone: 'good', name: 'carries playlists' },
  needs_reauth: { tone: 'bad', name: 'must be connected again' },
  limited: { tone: 'soon', name: 'held back by Spotify' },
  disabled: { tone: 'quiet', name: 'switched off' },
};

const UNREADABLE = { tone: 'bad', name: 'its tokens cannot be opened' } as const;

/** True for an account that nothing is written to until a person does something about it. */
export const needsAPerson = ({ status, missingKey }: AccountView): boolean =>
  status === 'needs_reauth' || (missingKey !== null && status !== 'disabled');

/** How an account stands, in words and their tone. */
export function stateOf(account: AccountView): { readonly tone: Tone; readonly name: string } {
  return account.status !== 'needs_reauth' && needsAPerson(account) ? UNREADABLE : ACCOUNT_STATES[account.status];
}

/** Where the operator goes to lend an account, or to renew a certain one. */
export function connectHref(accountId?: string): string {
  const returnTo = accountId ? `/admin/accounts?account=${accountId}` : '/admin/accounts';
  return `/auth/spotify/connect?${new URLSearchParams({ returnTo, ...(accountId ? { account: accountId } : {}) }).toString()}`;
}

/** "21 May, in 181 days". */
export function endWords(day: string, today: string): string {
  const left = daysBetween(today, day);
  if (left < 0) return `${dayName(day)}, which has passed`;
  return `${dayName(day)}, ${left === 0 ? 'today' : `in ${plural(left, 'day')}`}`;
}

/** The page's answer as a sentence. */
export function answerOf(accounts: readonly AccountView[]): string {
  if (accounts.length === 0) return 'Nobody lends the network an account yet.';
  const usable = accounts.filter((account) => account.status !== 'disabled' && !needsAPerson(account)).length;
  if (usable < accounts.length)
    return `${usable === 0 ? 'None' : opening(inWords(usable))} of ${inWords(accounts.length)} accounts can be written to.`;
  return `${opening(inWords(accounts.length))} ${accounts.length === 1 ? 'account carries' : 'accounts carry'} the network.`;
}
