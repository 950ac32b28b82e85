import type { Deps } from '#server/deps.ts';
import { deleteAccountLimits } from '#server/repos/accounts/account-limits.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import type { Db } from '#server/repos/database.ts';
import { buryAccount, deleteAttemptsOf, deleteNotesOnOwnPlaylists, replaceName, retireReplicasOf } from '#server/repos/accounts/forget-account.ts';
import { deleteReconnectLinks } from '#server/repos/accounts/reconnect-links.ts';
import type { RemovalLine } from '#shared/contracts/accounts/accounts.ts';
import { dayOf } from '#shared/domain/days.ts';

/** What disconnecting never touches, in words. */
export const WHAT_STAYS: readonly string[] = [
  'The ledger of which track stood in which playlist on which day: it names no person.',
  'The receipts of what was written, by playlist.',
  'The playlists as they stand on Spotify: they belong to the account’s owner and are not written to any more.',
  'A sign-in of the same person as a listener, if there is one: that is theirs to end.',
];

interface Forgotten {
  readonly removed: readonly RemovalLine[];
  readonly playlistsRetired: number;
}

/** Forgets everything of an account that is personal or a secret, inside the caller's transaction, and says what that was. */
export async function forgetAccount(deps: Pick<Deps, 'now'>, tx: Db, account: Account): Promise<Forgotten> {
  const at = deps.now();
  const name = `Former account ${account.id.slice(0, 8)}`;
  const lines: RemovalLine[] = [
    { what: 'sealed tokens', count: [account.sealedAccessToken, account.sealedRefreshToken].filter((token) => token !== null).length },
    { what: 'permissions granted', count: account.scopes.length },
    { what: 'display name and Spotify user id', count: 2 },
    { what: 'reconnect links', count: await deleteReconnectLinks(tx, account.id) },
    { what: 'sign-ins under way', count: await deleteAttemptsOf(tx, account.id) },
    { what: 'counts of requests and refusals', count: await deleteAccountLimits(tx, account.id) },
    { what: 'notes on other playlists of its owner', count: await deleteNotesOnOwnPlaylists(tx, account.id) },
    { what: 'mentions of its name in alerts, runs, plans and failed jobs', count: await replaceName(tx, account.displayName, name) },
  ];
  const playlistsRetired = await retireReplicasOf(tx, account.id, at);
  await buryAccount(tx, account, { name, reason: `Disconnected on ${dayOf(at)}.`, at });
  return { removed: lines.filter(({ count }) => count > 0), playlistsRetired };
}
