import type { SyncTarget } from '#server/repos/sync/replicas.ts';

/** Why nothing can be asked for an account, as the beginning of a sentence; undefined when it can. */
export function whyClosed(account: SyncTarget['account']): string | undefined {
  if (account.status === 'needs_reauth') return `${account.displayName} has to be connected to Spotify again`;
  return account.status === 'disabled' ? `${account.displayName} is switched off` : undefined;
}
