import { actorName } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { deleteTokens, listAccountsOf } from '#server/repos/accounts/accounts.ts';
import { lockAccountAgainstWriters } from '#server/repos/accounts/forget-account.ts';
import { insertAuditEntry, takeTransactionLock } from '#server/repos/audit-log.ts';
import type { OwnPermissionView } from '#shared/contracts/accounts/own-permission.ts';
import { AppError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';
import { tokenLock } from './refresh-access.ts';
import { viewOwnPermission } from './view-own-permission.ts';

/**
 * Deletes the tokens with which Segue writes a listener's own playlists, and returns what is left. Playlists on Spotify stay as they are; the next export
 * asks for permission again and then changes the same ones. An account that hosts playlists of the network stays connected. Safe to repeat. Throws
 * `conflict` while an export is being written.
 */
export async function withdrawPermission(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  { userId }: { readonly userId: UserId },
): Promise<OwnPermissionView> {
  await deps.db.transaction(async (tx) => {
    const found = await listAccountsOf(tx, userId);
    for (const { id, displayName } of found.filter(({ isHost, sealedRefreshToken }) => !isHost && sealedRefreshToken !== null)) {
      await takeTransactionLock(tx, tokenLock(id));
      if (!(await lockAccountAgainstWriters(tx, id))) {
        throw new AppError('conflict', { message: `A playlist of ${displayName} is being written right now.`, remedy: 'Try again in a moment.' });
      }
      const at = deps.now();
      await deleteTokens(tx, id, { reason: 'Its owner withdrew the permission in Segue.', at });
      await insertAuditEntry(tx, {
        id: deps.newId(),
        at,
        actor: actorName({ kind: 'user', userId, isAdmin: false }),
        action: 'account_permission_withdrawn',
        subject: `account:${id}`,
        detail: 'Its tokens and scopes were deleted.',
      });
    }
  });
  return viewOwnPermission(deps, { userId });
}
