import type { Deps } from '#server/deps.ts';
import { listReplicasOfAccount } from '#server/repos/accounts/account-replicas.ts';
import { viewNetwork } from './view-network.ts';
import type { AccountInput } from '#shared/contracts/accounts/accounts.ts';
import type { AccountPageView } from '#shared/contracts/playlists/playlist-views.ts';
import { requireAccount } from '#server/use-cases/accounts/refresh-access.ts';

/** The public page of an account: its name and its playlists with their freshness, nothing else of its owner. Throws `not_found`. */
export async function viewAccountPage(
  deps: Pick<Deps, 'db' | 'pool' | 'now' | 'settings' | 'caches'>,
  input: AccountInput,
): Promise<AccountPageView> {
  const account = await requireAccount(deps.db, input.accountId);
  const hosted = new Set((await listReplicasOfAccount(deps.db, account.id)).map(({ index }) => index));
  const { today, playlists } = await viewNetwork(deps);
  const hostedPlaylists = playlists.filter(({ index }) => hosted.has(index));
  return {
    id: account.id,
    displayName: account.displayName,
    today,
    playlists: hostedPlaylists,
    freshToday: hostedPlaylists.filter(({ freshness }) => freshness === 'today').length,
  };
}
