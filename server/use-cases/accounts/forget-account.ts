import type { Deps } from '#server/deps.ts';
import { deleteAccountLimits } from '#server/repos/accounts/account-limits.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import type { Db } from '#server/repos/database.ts';
import {
  anonymizeAccount,
  deleteAttemptsOf,
  deleteFindingsOnOwnPlaylists,
  replaceName,
  retireReplicasOf,
} from '#server/repos/accounts/forget-account.ts';
import { deleteReconnectLinks } from '#server/repos/accounts/reconnect-links.ts';
import type { RemovalLine } from '#shared/contracts/accounts/accounts.ts';
import { dayOf } from '#shared/domain/days.ts';

/** What disconnecting keeps, in words. */
export const KEPT_ON_DISCONNECT: readonly string[] = [
  'The ledger of which track was in which playlist on which day. It names no person.',
  'The sync receipts of each playlist.',
  'The playlists on Spotify. They belong to the account’s owner; Segue no longer changes them.',
  'The owner’s own listener sign-in, if there is one. Only they can delete it.',
];

interface Forgotten {
  readonly removed: readonly RemovalLine[];
  readonly playlistsRetired: number;
}

/** Deletes all personal data and secrets of an account in the caller's transaction and returns what was deleted. */
export async function forgetAccount(deps: Pick<Deps, 'now'>, tx: Db, account: Account): Promise<Forgotten> {
  const at = deps.now();
  const name = `Former account ${account.id.slice(0, 8)}`;
  const lines: RemovalLine[] = [
    { what: 'sealed tokens', count: [account.sealedAccessToken, account.sealedRefreshToken].filter((token) => token !== null).length },
    { what: 'granted scopes', count: account.scopes.length },
    { what: 'display name and Spotify user id', count: 2 },
    { what: 'reconnect links', count: await deleteReconnectLinks(tx, account.id) },
    { what: 'authorizations in progress', count: await deleteAttemptsOf(tx, account.id) },
    { what: 'request and rate limit counts', count: await deleteAccountLimits(tx, account.id) },
    { what: 'findings about other playlists of its owner', count: await deleteFindingsOnOwnPlaylists(tx, account.id) },
    { what: 'mentions of its name in alerts, runs, plans and failed jobs', count: await replaceName(tx, account.displayName, name) },
  ];
  const playlistsRetired = await retireReplicasOf(tx, account.id, at);
  await anonymizeAccount(tx, account, { name, reason: `Disconnected on ${dayOf(at)}.`, at });
  return { removed: lines.filter(({ count }) => count > 0), playlistsRetired };
}
