import type { Deps } from '#server/deps.ts';
import { findNetworkList } from '#server/repos/covers/music-lists.ts';
import type { NetworkList } from '#server/repos/covers/music-lists.ts';
import { AppError } from '#shared/errors.ts';

/** A playlist of the network by its number. Throws `not_found`. */
export async function requireNetworkPlaylist(deps: Pick<Deps, 'db'>, index: number): Promise<NetworkList> {
  const list = await findNetworkList(deps.db, { index });
  if (!list) throw new AppError('not_found', { message: `There is no playlist ${index}.`, remedy: 'Choose another playlist.', field: 'index' });
  return list;
}
