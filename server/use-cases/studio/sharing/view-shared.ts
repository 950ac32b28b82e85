import type { Deps } from '#server/deps.ts';
import { findAssetByToken, findCollectionByToken, findSharedAsset, listCollectionAssets } from '#server/repos/studio/library/shares.ts';
import type { SigningDeps } from '#server/use-cases/auth/signing/new-signing-key.ts';
import { closedLink, readShortLink } from '#server/use-cases/studio/short-links/read-short-link.ts';
import type { SharedView, ViewSharedInput } from '#shared/contracts/studio/library/sharing.ts';
import { AppError } from '#shared/errors.ts';
import type { CollectionId } from '#shared/ids.ts';
import { toSharedAssets } from './shared-asset.ts';

/** A page shows these; more would be too large to look at. */
const SHOWN_MAX = 500;

/**
 * What a shared address or a short link shows to anybody, without prompts and settings. Throws `not_found` for an address that was never given out or is
 * not shared any more, and `gone` for a short link that ended.
 */
export async function viewShared(deps: SigningDeps & Pick<Deps, 'db'>, { token }: ViewSharedInput): Promise<SharedView> {
  const asset = await findAssetByToken(deps.db, token);
  if (asset) return { kind: 'asset', name: null, endsAt: null, ...(await toSharedAssets(deps, [asset], null)) };
  const collection = await findCollectionByToken(deps.db, token);
  if (collection) return viewCollection(deps, collection, null);
  return viewLinked(deps, token);
}

async function viewLinked(deps: SigningDeps & Pick<Deps, 'db'>, code: string): Promise<SharedView> {
  const { answer, row } = await readShortLink(deps, code);
  if (answer.kind === 'closed') throw closedLink(answer.because);
  const endsAt = row?.expiresAt ?? null;
  const asset = row?.assetId ? await findSharedAsset(deps.db, row.assetId) : undefined;
  if (asset) return { kind: 'asset', name: null, endsAt: endsAt?.toISOString() ?? null, ...(await toSharedAssets(deps, [asset], endsAt)) };
  if (answer.kind === 'open' && row?.collectionId) return viewCollection(deps, { id: row.collectionId, name: row.collectionName ?? '' }, endsAt);
  throw new AppError('not_found', { message: 'Nothing is shared at this address.', remedy: 'Check the address, or ask the person who sent it.' });
}

async function viewCollection(
  deps: SigningDeps & Pick<Deps, 'db'>,
  { id, name }: { readonly id: CollectionId; readonly name: string },
  endsAt: Date | null,
): Promise<SharedView> {
  const rows = await listCollectionAssets(deps.db, id, SHOWN_MAX);
  return { kind: 'collection', name, endsAt: endsAt?.toISOString() ?? null, ...(await toSharedAssets(deps, rows, endsAt)) };
}
