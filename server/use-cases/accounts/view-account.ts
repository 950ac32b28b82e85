import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listReplicasOfAccount } from '#server/repos/accounts/account-replicas.ts';
import type { AccountDetailView, AccountInput } from '#shared/contracts/accounts/accounts.ts';
import { missingScopes } from './account-scopes.ts';
import { listAccounts } from './list-accounts.ts';
import { accountNotFound, requireAccount } from './refresh-access.ts';
import { viewAccountBudget } from './view-account-budget.ts';

/** One account with its playlists, its requests and its rate limits. Throws `not_found`. */
export async function viewAccount(
  deps: Pick<Deps, 'db' | 'now' | 'settings' | 'sealer'>,
  actor: Actor,
  input: AccountInput,
): Promise<AccountDetailView> {
  requireAdmin(actor);
  const row = await requireAccount(deps.db, input.accountId);
  const account = (await listAccounts(deps, actor)).find(({ id }) => id === row.id);
  if (!account) throw accountNotFound();
  const replicas = await listReplicasOfAccount(deps.db, row.id);
  return {
    account,
    missingScopes: missingScopes(row.scopes),
    budget: await viewAccountBudget(deps, row),
    replicas: replicas.map(({ spotifyPlaylistId, index, themeTag, status, syncedDay }) => ({
      index,
      themeTag,
      status,
      syncedDay,
      spotifyUrl: spotifyPlaylistId ? `${deps.settings.spotifyWebUrl}/playlist/${spotifyPlaylistId}` : null,
    })),
  };
}
