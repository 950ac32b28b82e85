import type { Deps } from '#server/deps.ts';
import type { CoverChange, CoverRow } from '#server/repos/covers/covers.ts';
import { findNetworkList, listPlaylistNames } from '#server/repos/covers/music-lists.ts';
import type { CoverSourceInput } from '#shared/contracts/covers/projects.ts';
import { AppError } from '#shared/errors.ts';

type StoredSource = Required<Pick<CoverChange, 'sourceUrl' | 'playlistId' | 'sourceList'>>;

/** A source as it is stored with a cover. Throws `not_found` for a playlist that the network does not have. */
export async function storedSource(deps: Pick<Deps, 'db'>, source: CoverSourceInput): Promise<StoredSource> {
  if (source.kind === 'link') return { sourceUrl: source.link.trim(), playlistId: null, sourceList: null };
  if (source.kind === 'list') return { sourceUrl: null, playlistId: null, sourceList: source.text };
  const list = await findNetworkList(deps.db, { index: source.index });
  if (list) return { sourceUrl: null, playlistId: list.id, sourceList: null };
  throw new AppError('not_found', { message: `There is no playlist ${source.index}.`, remedy: 'Choose another playlist.', field: 'source.index' });
}

/** The source of a stored cover, as a person gave it, and the name that Segue knows for it. */
export interface NamedSource {
  readonly source: CoverSourceInput;
  readonly name: string | null;
}

/** The sources of covers, in their order. */
export async function namedSources(deps: Pick<Deps, 'db'>, covers: readonly CoverRow[]): Promise<readonly NamedSource[]> {
  const names = await listPlaylistNames(
    deps.db,
    covers.flatMap(({ playlistId }) => playlistId ?? []),
  );
  return covers.map(({ playlistId, sourceUrl, sourceList, analysis }) => {
    const playlist = names.find(({ id }) => id === playlistId);
    const name = playlist?.themeTag ?? analysis?.of.name ?? null;
    if (playlist) return { source: { kind: 'playlist', index: playlist.index }, name };
    return { source: sourceList === null ? { kind: 'link', link: sourceUrl ?? '' } : { kind: 'list', text: sourceList }, name };
  });
}
