import { isAdmin } from '#server/actor.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAccountsOf, listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';

/** The operator may read every account of the network, and everybody the accounts that they sign in with or authorized for their own playlists. */
export async function readableAccounts(deps: Pick<Deps, 'db'>, actor: Actor): Promise<readonly Account[]> {
  const network = isAdmin(actor) ? await listAccountsWithLoad(deps.db) : [];
  const own = actor.kind === 'user' ? await listAccountsOf(deps.db, actor.userId) : [];
  const all = new Map([...network, ...own].map((account) => [account.id, account]));
  return [...all.values()].filter(({ status }) => status === 'active' || status === 'limited');
}
