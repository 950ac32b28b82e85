import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import { listShortUrls } from '#server/repos/studio/library/short-urls.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CreateShortLinkInput, ListShortLinksInput, ShortLinkView } from '#shared/contracts/studio/library/sharing.ts';
import { toShortLinkView } from './short-link-view.ts';

const LISTED_MAX = 200;

/** The actor's own short links, newest first, at most 200; with a target only those that lead to it. */
export async function listShortLinks(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { target }: ListShortLinksInput,
): Promise<readonly ShortLinkView[]> {
  const filter = target && (await filterOf(deps, target));
  if (filter === null) return [];
  const rows = await listShortUrls(deps.db, assetOwner(actor), { target: filter, limit: LISTED_MAX });
  return rows.flatMap((row) => {
    const of = targetOf(row);
    return of ? [toShortLinkView(deps, row, of)] : [];
  });
}

/** Null when there is no such playlist. */
async function filterOf(deps: Pick<Deps, 'db'>, target: CreateShortLinkInput['target']) {
  if (target.kind === 'asset') return { assetId: target.id };
  if (target.kind === 'collection') return { collectionId: target.id };
  const playlist = await findPlaylistByIndex(deps.db, target.index);
  return playlist ? { playlistId: playlist.id } : null;
}

function targetOf({
  assetId,
  collectionId,
  playlistIndex,
}: Awaited<ReturnType<typeof listShortUrls>>[number]): CreateShortLinkInput['target'] | undefined {
  if (assetId) return { kind: 'asset', id: assetId };
  if (collectionId) return { kind: 'collection', id: collectionId };
  return playlistIndex === null ? undefined : { kind: 'playlist', index: playlistIndex };
}
