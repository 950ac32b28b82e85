import type { Deps } from '#server/deps.ts';
import { listAccountsOf } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { missingScopes } from '#server/use-cases/accounts/account-scopes.ts';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { SavedPlaylistId } from '#shared/ids.ts';
import type { Listener } from '../own-saved.ts';

type ExportProblem = SavedExportView['problem'];

/** The Spotify account that a listener's playlists are exported to, and why it cannot be used now. */
interface ExportAccount {
  readonly account: Account | undefined;
  readonly problem: ExportProblem;
}

/** Finds the listener's own account. Without one, or when its permissions do not suffice, the problem has the address that grants them. */
export async function findExportAccount(deps: Pick<Deps, 'db'>, { userId }: Listener, savedId: SavedPlaylistId): Promise<ExportAccount> {
  const accounts = await listAccountsOf(deps.db, userId);
  const account = accounts.find(({ status }) => status === 'active' || status === 'limited') ?? accounts[0];
  if (!account) return { account, problem: authorize(savedId, 'Segue may not write playlists to your Spotify account yet.') };
  if (account.status === 'disabled') {
    const message = `The operator has switched ${account.displayName} off.`;
    return { account, problem: { kind: 'refused', message, remedy: 'Ask the operator to switch it on.', authorizeUrl: null } };
  }
  if (account.status === 'needs_reauth') {
    return { account, problem: authorize(savedId, `The permission of ${account.displayName} has ended or was withdrawn.`) };
  }
  const missing = missingScopes(account.scopes);
  if (missing.length === 0) return { account, problem: null };
  return { account, problem: authorize(savedId, `${account.displayName} has not granted every permission that is needed: ${missing.join(', ')}.`) };
}

function authorize(savedId: SavedPlaylistId, message: string): ExportProblem {
  const back = encodeURIComponent(`/discover/saved/${savedId}`);
  return {
    kind: 'authorize',
    message,
    remedy: 'Allow it on Spotify. You come back here, and nothing is written before you confirm it.',
    authorizeUrl: `/auth/spotify/authorize?returnTo=${back}`,
  };
}
