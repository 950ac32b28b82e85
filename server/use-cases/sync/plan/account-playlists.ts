import type { Deps } from '#server/deps.ts';
import type { PlaylistImage } from '#server/providers/playlist-ports.ts';
import type { AccountAccess, RemotePlaylist, RemotePlaylistSummary } from '#server/providers/ports.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';

/** The playlists of one account; access tokens are handled. Each call is one request to Spotify, or one per page. */
export interface AccountPlaylists {
  list(): Promise<readonly RemotePlaylistSummary[]>;
  read(id: SpotifyPlaylistId): Promise<RemotePlaylist | undefined>;
  create(face: PlaylistDetails): Promise<SpotifyPlaylistId>;
  changeDetails(id: SpotifyPlaylistId, face: Partial<PlaylistDetails>): Promise<void>;
  replace(id: SpotifyPlaylistId, uris: readonly string[]): Promise<{ readonly snapshotId: string }>;
  insert(id: SpotifyPlaylistId, items: { uris: readonly string[]; position: number }): Promise<{ readonly snapshotId: string }>;
  images(id: SpotifyPlaylistId): Promise<readonly PlaylistImage[]>;
  uploadImage(id: SpotifyPlaylistId, jpeg: Uint8Array): Promise<void>;
  unfollow(id: SpotifyPlaylistId): Promise<void>;
}

/** Reads one playlist with the token of a group of reads. */
export type ReadPlaylist = (id: SpotifyPlaylistId) => Promise<RemotePlaylist | undefined>;

/**
 * Runs several reads of one account with one token, which costs one look at the account instead of one per read. When Spotify refuses the token, `work`
 * runs once more, so it must only read. Throws what `openAccountPlaylists` throws.
 */
export function readWithOneToken<T>(
  deps: Deps,
  { account, signal }: { account: SyncTarget['account']; signal: AbortSignal },
  work: (read: ReadPlaylist) => Promise<T>,
): Promise<T> {
  const budget = deps.accountBudget(account.id);
  return withAccessToken(deps, account.id, (token) => work((id) => deps.playlistHost.readPlaylist({ token, budget }, id, signal)));
}

/** Opens an account's playlists. Calls throw what the host throws, and `reauth_required` when the account must be re-authorized. */
export function openAccountPlaylists(deps: Deps, account: SyncTarget['account'], signal: AbortSignal): AccountPlaylists {
  const { playlistHost: host } = deps;
  const budget = deps.accountBudget(account.id);
  const call = <T>(request: (access: AccountAccess) => Promise<T>): Promise<T> =>
    withAccessToken(deps, account.id, (token) => request({ token, budget }));
  return {
    list: () => call((token) => host.listOwnPlaylists(token, account.spotifyUserId, signal)),
    read: (id) => call((token) => host.readPlaylist(token, id, signal)),
    create: (face) => call((token) => host.createPlaylist(token, face, signal)),
    changeDetails: (id, face) => call((token) => host.changeDetails(token, id, face, signal)),
    replace: (id, uris) => call((token) => host.replaceItems(token, id, uris, signal)),
    insert: (id, items) => call((token) => host.addItems(token, id, items, signal)),
    images: (id) => call((token) => host.readImages(token, id, signal)),
    uploadImage: (id, jpeg) => call((token) => host.uploadImage(token, id, jpeg, signal)),
    unfollow: (id) => call((token) => host.unfollowPlaylist(token, id, signal)),
  };
}
