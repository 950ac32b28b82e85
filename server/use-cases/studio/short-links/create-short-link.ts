import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import { countShortUrls, insertShortUrl } from '#server/repos/studio/library/short-urls.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { requireCollection } from '#server/use-cases/studio/library/collections/require-collection.ts';
import { requireAsset } from '#server/use-cases/studio/library/require-asset.ts';
import type { CreateShortLinkInput, ShortLinkView } from '#shared/contracts/studio/library/sharing.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { AppError } from '#shared/errors.ts';
import { toShortLinkView } from './short-link-view.ts';

/** 72 bits: a million tries a second would find one of a million links after a century. */
const CODE_LENGTH = 12;
const LINKS_MAX = 5_000;

/**
 * Makes a short link to a shared asset or collection of the actor's own, or to a playlist. Throws `not_found` for anything else, `conflict` for what is
 * private and for too many links.
 */
export async function createShortLink(
  deps: Pick<Deps, 'db' | 'now' | 'newSecret'>,
  actor: Actor,
  { target, expiresInDays }: CreateShortLinkInput,
): Promise<ShortLinkView> {
  const userId = assetOwner(actor);
  const columns = await targetOf(deps, actor, target);
  if ((await countShortUrls(deps.db, userId)) >= LINKS_MAX)
    throw new AppError('conflict', { message: `You have ${LINKS_MAX} short links.`, remedy: 'End some that you no longer need.' });
  const createdAt = deps.now();
  const expiresAt = expiresInDays === undefined ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS);
  const row = { ...columns, code: deps.newSecret().slice(0, CODE_LENGTH), userId, createdAt, expiresAt };
  await insertShortUrl(deps.db, row);
  return toShortLinkView(deps, { ...row, revokedAt: null, clicks: 0 }, target);
}

async function targetOf(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, target: CreateShortLinkInput['target']) {
  if (target.kind === 'playlist') {
    const playlist = await findPlaylistByIndex(deps.db, target.index);
    if (!playlist) throw new AppError('not_found', { message: `There is no playlist ${target.index}.`, field: 'target.index' });
    return { playlistId: playlist.id };
  }
  const { sharing } = target.kind === 'asset' ? await requirePresent(deps, actor, target.id) : await requireCollection(deps, actor, target.id);
  if (sharing === 'private') {
    const what = target.kind === 'asset' ? 'This picture' : 'This collection';
    throw new AppError('conflict', { message: `${what} is private.`, remedy: 'Share it by link first.', field: 'target' });
  }
  return target.kind === 'asset' ? { assetId: target.id } : { collectionId: target.id };
}

async function requirePresent(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, id: Parameters<typeof requireAsset>[2]) {
  const asset = await requireAsset(deps, actor, id);
  if (asset.deletedAt === null) return asset;
  throw new AppError('conflict', { message: 'This picture is deleted.', remedy: 'Restore it first.', field: 'target' });
}
