import type { SyncTarget } from '#server/repos/sync/replicas.ts';

/** Why an account cannot be used, as the start of a sentence; undefined when it can. */
export function whyUnavailable(account: SyncTarget['account']): string | undefined {
  if (account.status === 'needs_reauth') return `${account.displayName} must be re-authorized on Spotify`;
  return account.status === 'disabled' ? `${account.displayName} is switched off` : undefined;
}
