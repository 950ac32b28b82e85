import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { PlaylistContents } from '#server/providers/playlist-ports.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { findNetworkList } from '#server/repos/covers/music-lists.ts';
import type { NetworkList } from '#server/repos/covers/music-lists.ts';
import { findPublishedList } from '#server/repos/curation/snapshots-read.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyPlaylistId } from '#shared/ids.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import type { MusicSource } from './music-source.ts';
import { SOURCE_TRACKS_MAX, bareTrack, tracksOfEntries } from './music-source.ts';
import { readableAccounts } from './readable-accounts.ts';
import { readCachedSource } from './read-cached.ts';

const OTHER_WAYS = 'Use the link of an album, choose a playlist of the network, or paste the links of the tracks.';

/** The last list of a playlist of the network, without asking Spotify. Throws `not_found` for an unknown number and while it has no list. */
export async function readNetworkPlaylist(deps: Pick<Deps, 'db'>, index: number): Promise<MusicSource> {
  const list = await findNetworkList(deps.db, { index });
  if (!list)
    throw new AppError('not_found', { message: `There is no playlist ${index}.`, remedy: 'Choose another playlist.', field: 'source.index' });
  return sourceOf(deps, list);
}

/**
 * A playlist by its link: one of the network, or one of a connected account that the caller may read. Spotify shows the entries of other people's
 * playlists to no app of development mode; that is refused with the other ways.
 */
export async function readLinkedPlaylist(deps: Deps, actor: Actor, { id, signal }: { id: string; signal: AbortSignal }): Promise<MusicSource> {
  const network = await findNetworkList(deps.db, { spotifyPlaylistId: id });
  if (network) return sourceOf(deps, network);
  const parsed = spotifyPlaylistId.safeParse(id);
  if (!parsed.success) throw missingPlaylist();
  const accounts = await readableAccounts(deps, actor);
  const [first] = accounts;
  if (!first) throw foreignPlaylist();
  // The answer is kept for those who may read the same accounts.
  const readers = accounts
    .map((account) => account.id)
    .toSorted()
    .join(',');
  return readCachedSource(deps, `cover-playlist:${parsed.data}:${readers}`, () => readThrough(deps, accounts, { id: parsed.data, signal }));
}

async function readThrough(deps: Deps, accounts: readonly Account[], asked: { id: SpotifyPlaylistId; signal: AbortSignal }) {
  const [first] = accounts;
  if (!first) throw foreignPlaylist();
  let contents = await readAs(deps, first, asked);
  if (contents.kind === 'hidden') {
    const { ownerId } = contents;
    const owner = accounts.find((account) => account.spotifyUserId === ownerId);
    if (!owner) throw foreignPlaylist();
    contents = await readAs(deps, owner, asked);
  } else if (contents.kind === 'gone') {
    // A private playlist does not exist for anybody but its owner.
    for (const account of accounts.slice(1)) if (contents.kind !== 'found') contents = await readAs(deps, account, asked);
  }
  if (contents.kind === 'hidden') throw foreignPlaylist();
  if (contents.kind === 'gone') throw missingPlaylist();
  return { kind: 'playlist' as const, name: contents.name, ...tracksOfEntries(contents.entries, contents.total) };
}

function readAs(deps: Deps, account: Account, { id, signal }: { id: SpotifyPlaylistId; signal: AbortSignal }): Promise<PlaylistContents> {
  const budget = deps.accountBudget(account.id);
  return withAccessToken(deps, account.id, (token) =>
    deps.playlistHost.readContents({ token, budget }, id, { entriesMax: SOURCE_TRACKS_MAX, signal }),
  );
}

async function sourceOf(deps: Pick<Deps, 'db'>, { id, index, themeTag, day }: NetworkList): Promise<MusicSource> {
  const list = day === null ? undefined : await findPublishedList(deps.db, id, day);
  if (!list) {
    throw new AppError('not_found', {
      message: `Playlist ${index} (${themeTag}) has no list yet.`,
      remedy: 'Wait for the next daily run, or run it now.',
    });
  }
  return { kind: 'playlist', name: themeTag, tracks: list.trackIds.map(bareTrack), notes: [], readAt: null, isStale: false };
}

function foreignPlaylist(): AppError {
  return new AppError('forbidden', {
    message: 'Spotify shows this app the tracks of a playlist only if its owner is connected to Segue, and this one’s is not.',
    remedy: OTHER_WAYS,
    field: 'source.link',
  });
}

function missingPlaylist(): AppError {
  return new AppError('not_found', {
    message: 'Spotify has no such playlist, or it is private and its owner is not connected to Segue.',
    remedy: `Check the link. ${OTHER_WAYS}`,
    field: 'source.link',
  });
}
