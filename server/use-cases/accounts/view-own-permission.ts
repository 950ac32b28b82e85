import type { Deps } from '#server/deps.ts';
import { listAccountsOf } from '#server/repos/accounts/accounts.ts';
import type { OwnPermissionView } from '#shared/contracts/accounts/own-permission.ts';
import type { UserId } from '#shared/ids.ts';

/** Whether Segue may write a listener's own playlists on Spotify, and to which account. */
export async function viewOwnPermission(deps: Pick<Deps, 'db'>, { userId }: { readonly userId: UserId }): Promise<OwnPermissionView> {
  const accounts = (await listAccountsOf(deps.db, userId)).filter(({ sealedRefreshToken }) => sealedRefreshToken !== null);
  const hosting = accounts.find(({ isHost }) => isHost);
  const own = accounts.find(({ isHost }) => !isHost);
  if (own) return { kind: 'given', account: own.displayName, since: own.authorizedAt.toISOString() };
  return hosting ? { kind: 'hosting', account: hosting.displayName } : { kind: 'none' };
}
