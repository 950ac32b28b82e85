import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry, takeTransactionLock } from '#server/repos/audit-log.ts';
import { lockAccountAgainstWriters } from '#server/repos/accounts/forget-account.ts';
import type { DisconnectAccountInput, DisconnectReceiptView } from '#shared/contracts/accounts/accounts.ts';
import { AppError } from '#shared/errors.ts';
import { KEPT_ON_DISCONNECT, forgetAccount } from './forget-account.ts';
import { disconnectHash } from './preview-disconnect.ts';
import { requireAccount, tokenLock } from './refresh-access.ts';

/**
 * Disconnects an account and deletes its tokens and all personal data, as its preview listed. The receipt is the last place that has its name. Throws
 * `conflict` when the account changed since the preview or is being written to, `not_found` when it was already disconnected.
 */
export async function disconnectAccount(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: DisconnectAccountInput,
): Promise<DisconnectReceiptView> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    await takeTransactionLock(tx, tokenLock(input.accountId));
    const account = await requireAccount(tx, input.accountId);
    if (!(await lockAccountAgainstWriters(tx, account.id))) {
      throw new AppError('conflict', { message: `${account.displayName} is being synced right now.`, remedy: 'Try again in a moment.' });
    }
    if ((await disconnectHash(tx, account)) !== input.hash) {
      throw new AppError('conflict', { message: `${account.displayName} changed after the preview.`, remedy: 'Review the preview again.' });
    }
    const { removed, playlistsRetired } = await forgetAccount(deps, tx, account);
    const at = deps.now();
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at,
      actor: actorName(actor),
      action: 'account_disconnected',
      subject: `account:${account.id}`,
      detail: [...removed.map(({ what, count }) => `${count} ${what}`), `${playlistsRetired} playlists retired`].join('; '),
    });
    return { displayName: account.displayName, at: at.toISOString(), removed, kept: KEPT_ON_DISCONNECT, playlistsRetired };
  });
}
