import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAccountsWithLoad } from '#server/repos/accounts.ts';
import type { AccountRow } from '#shared/contracts/views.ts';
import { reauthDate } from './reauth-date.ts';

/** The service accounts with their load and the date by which each must be authorised again. Tokens are not in it. */
export async function listAccounts(deps: Pick<Deps, 'db'>, actor: Actor): Promise<readonly AccountRow[]> {
  requireAdmin(actor);
  const accounts = await listAccountsWithLoad(deps.db);
  return accounts.map((account) => ({
    id: account.id,
    displayName: account.displayName,
    status: account.status,
    statusReason: account.statusReason,
    playlists: account.playlists,
    maxPlaylists: account.maxPlaylists,
    authorizedAt: account.authorizedAt.toISOString(),
    reauthBy: reauthDate(account.authorizedAt).toISOString(),
  }));
}
