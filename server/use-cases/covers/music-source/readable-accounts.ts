import { isAdmin } from '#server/actor.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { listSpotifyIdentities } from '#server/repos/covers/music-lists.ts';

/** The operator may read every connected account; a listener only the one they signed in with. */
export async function readableAccounts(deps: Pick<Deps, 'db'>, actor: Actor): Promise<readonly Account[]> {
  const active = (await listAccountsWithLoad(deps.db)).filter(({ status }) => status === 'active' || status === 'limited');
  if (isAdmin(actor)) return active;
  const own = actor.kind === 'user' ? await listSpotifyIdentities(deps.db, actor.userId) : [];
  return active.filter(({ spotifyUserId }) => own.includes(spotifyUserId));
}
