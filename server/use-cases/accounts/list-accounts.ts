import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAccountBlocks, updateLimitedAccounts } from '#server/repos/accounts/account-limits.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import { listOpenReconnectLinks } from '#server/repos/accounts/reconnect-links.ts';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { toAccountView } from './account-view.ts';

/** The connected accounts with their playlists and the date by which each must be re-authorized, without tokens. */
export async function listAccounts(deps: Pick<Deps, 'db' | 'now' | 'sealer'>, actor: Actor): Promise<readonly AccountView[]> {
  requireAdmin(actor);
  const now = deps.now();
  // The rate limit status must be current to the minute.
  await updateLimitedAccounts(deps.db, now);
  const [accounts, blocks, links] = await Promise.all([
    listAccountsWithLoad(deps.db),
    listAccountBlocks(deps.db, now),
    listOpenReconnectLinks(deps.db, now),
  ]);
  return accounts.map((account) => toAccountView(account, { now, blocks, links, sealer: deps.sealer }));
}
