import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markAccountLimits } from '#server/repos/accounts/accounts.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { ChangeAccountInput } from '#shared/contracts/accounts/accounts.ts';
import { requireAccount } from './refresh-access.ts';

/** Sets an account's maximum playlists and its requests per minute. Throws `not_found`. */
export async function changeAccount(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: ChangeAccountInput): Promise<{ changed: true }> {
  requireAdmin(actor);
  const account = await requireAccount(deps.db, input.accountId);
  const { maxPlaylists, requestsPerMinute } = input;
  await deps.db.transaction(async (tx) => {
    await markAccountLimits(tx, account.id, { maxPlaylists, requestsPerMinute });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'account_changed',
      subject: `account:${account.id}`,
      detail: `at most ${maxPlaylists} playlists, ${requestsPerMinute === null ? 'no request limit of its own' : `${requestsPerMinute} requests a minute`}`,
    });
  });
  return { changed: true };
}
