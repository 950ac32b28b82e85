import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { replaceReconnectLink } from '#server/repos/accounts/reconnect-links.ts';
import { digest } from '#server/use-cases/auth/secrets.ts';
import type { AccountInput, ReconnectLinkView } from '#shared/contracts/accounts/accounts.ts';
import { requireAccount } from './refresh-access.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** Long enough for a person to read their messages, short enough that a forgotten link is harmless. */
const LINK_MS = 7 * DAY_MS;

/**
 * Creates a link with which an account's owner re-authorizes without signing in here. It works once, for seven days, and replaces an earlier one.
 * Only its SHA-256 is stored; the secret is in the URL fragment, which no server and no log receives. Throws `not_found`.
 */
export async function createReconnectLink(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'newSecret' | 'settings'>,
  actor: Actor,
  input: AccountInput,
): Promise<ReconnectLinkView> {
  requireAdmin(actor);
  const account = await requireAccount(deps.db, input.accountId);
  const [secret, now] = [deps.newSecret(), deps.now()];
  const expiresAt = new Date(now.getTime() + LINK_MS);
  await deps.db.transaction(async (tx) => {
    await replaceReconnectLink(tx, { tokenHash: digest(secret), accountId: account.id, createdBy: actorName(actor), createdAt: now, expiresAt });
    const subject = `account:${account.id}`;
    await insertAuditEntry(tx, { id: deps.newId(), at: now, actor: actorName(actor), action: 'reconnect_link_made', subject });
  });
  return { url: `${deps.settings.publicUrl}/reconnect#${secret}`, expiresAt: expiresAt.toISOString() };
}
