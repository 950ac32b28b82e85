import { isAdmin } from '#server/actor.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { findNetworkCopy } from '#server/repos/covers/cover-uploads.ts';
import type { NetworkCopy } from '#server/repos/covers/cover-uploads.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId, SpotifyPlaylistId } from '#shared/ids.ts';
import { readableAccounts } from '../music-source/readable-accounts.ts';

/** Whose account changes a playlist's cover. */
export interface PlaylistOwner {
  readonly account: Account;
  readonly name: string;
  /** Set when it is a playlist of the network. */
  readonly copy: NetworkCopy | undefined;
}

const WITHOUT_SEGUE = 'Download the cover and choose it in Spotify: open the playlist, then Edit details, then the picture.';

/**
 * The connected account that owns a playlist and that the actor may use: the operator every account, a listener the one they signed in with. Throws
 * `forbidden` with the other way for a foreign playlist, and `not_found`.
 */
export async function findPlaylistOwner(
  deps: Deps,
  actor: Actor,
  { id, signal }: { readonly id: SpotifyPlaylistId; readonly signal: AbortSignal },
): Promise<PlaylistOwner> {
  const copy = await findNetworkCopy(deps.db, id);
  if (copy && !isAdmin(actor)) {
    throw refused(
      'This playlist belongs to the network, so only its operator changes its cover.',
      'Download the cover, or choose a playlist of your own.',
    );
  }
  const accounts = copy ? [await findAccount(deps.db, copy.accountId)].flatMap((account) => account ?? []) : await readableAccounts(deps, actor);
  const [first] = accounts;
  if (!first) throw refused('Spotify lets only the owner of a playlist change its cover, and your account is not connected to Segue.', WITHOUT_SEGUE);
  for (const account of accounts) {
    const playlist = await readAs(deps, account.id, { id, signal });
    const owner = playlist && accounts.find(({ spotifyUserId }) => spotifyUserId === playlist.ownerId);
    if (owner) return { account: owner, name: playlist.name, copy };
    if (playlist)
      throw refused('Spotify lets only the owner of a playlist change its cover, and its owner is not connected to Segue.', WITHOUT_SEGUE);
  }
  throw new AppError('not_found', {
    message: 'Spotify has no such playlist, or it is private and its owner is not connected to Segue.',
    remedy: `Check the link. ${WITHOUT_SEGUE}`,
    field: 'playlist',
  });
}

async function readAs(deps: Deps, accountId: AccountId, { id, signal }: { id: SpotifyPlaylistId; signal: AbortSignal }) {
  const budget = deps.accountBudget(accountId);
  const contents = await withAccessToken(deps, accountId, (token) =>
    deps.playlistHost.readContents({ token, budget }, id, { entriesMax: 1, signal }),
  );
  return contents.kind === 'gone' ? undefined : contents;
}

const refused = (message: string, remedy: string) => new AppError('forbidden', { message, remedy, field: 'playlist' });
