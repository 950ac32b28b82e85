import type { Deps } from '#server/deps.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import type { AccountWithLoad } from '#server/repos/accounts/accounts.ts';
import { findOpenReconnectLink } from '#server/repos/accounts/reconnect-links.ts';
import { digest } from '#server/use-cases/auth/secrets.ts';
import type { ReconnectOfferView, ReconnectTokenInput } from '#shared/contracts/accounts/accounts.ts';
import { AppError } from '#shared/errors.ts';
import { reauthDate } from './reauth-date.ts';

/**
 * The account that a reconnect link belongs to, for anyone who holds the link. Throws the same `not_found` for a wrong, used, replaced or expired
 * one.
 */
export async function viewReconnectLink(deps: Pick<Deps, 'db' | 'now'>, input: ReconnectTokenInput): Promise<ReconnectOfferView> {
  const { account, expiresAt } = await requireReconnectLink(deps, input.token);
  return {
    displayName: account.displayName,
    playlists: account.playlists,
    expiresAt: expiresAt.toISOString(),
    reauthBy: reauthDate(account.authorizedAt).toISOString(),
  };
}

/** The account that a link belongs to. Throws `not_found`, always with the same message, so that a guess reveals nothing. */
export async function requireReconnectLink(
  deps: Pick<Deps, 'db' | 'now'>,
  token: string,
): Promise<{ readonly account: AccountWithLoad; readonly expiresAt: Date }> {
  const link = await findOpenReconnectLink(deps.db, digest(token), deps.now());
  const account = link && (await listAccountsWithLoad(deps.db)).find(({ id }) => id === link.accountId);
  if (link && account) return { account, expiresAt: link.expiresAt };
  throw new AppError('not_found', {
    message: 'This reconnect link is not valid: it was used, replaced by a newer one, or has expired after seven days.',
    remedy: 'Ask the person who sent it for a new link.',
  });
}
