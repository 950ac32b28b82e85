import type { Deps } from '#server/deps.ts';
import { findMakerName, listCollectionAssets, listPublicAssets, listPublicCollections } from '#server/repos/studio/library/shares.ts';
import type { SigningDeps } from '#server/use-cases/auth/signing/new-signing-key.ts';
import type { MakerView, ViewMakerInput } from '#shared/contracts/studio/library/sharing.ts';
import { AppError } from '#shared/errors.ts';
import { toSharedAssets } from './shared-asset.ts';

const SHOWN_MAX = 500;
const COLLECTIONS_MAX = 100;

/** What a person shows to everybody. Throws `not_found` for nobody and for a person who shows nothing, so that no id can be tried out. */
export async function viewMaker(deps: SigningDeps & Pick<Deps, 'db'>, { maker }: ViewMakerInput): Promise<MakerView> {
  const userId = maker === 'operator' ? null : maker;
  const name = userId === null ? 'The operator' : await findMakerName(deps.db, userId);
  const [rows, collections] = await Promise.all([
    listPublicAssets(deps.db, userId, SHOWN_MAX),
    listPublicCollections(deps.db, userId, COLLECTIONS_MAX),
  ]);
  if (name === undefined || (rows.length === 0 && collections.length === 0))
    throw new AppError('not_found', { message: 'Nobody shows anything at this address.', remedy: 'Check the address.' });
  const newest = await Promise.all(collections.map(({ id }) => listCollectionAssets(deps.db, id, 1)));
  const covers = await toSharedAssets(deps, newest.flat(), null);
  return {
    name,
    ...(await toSharedAssets(deps, rows, null)),
    collections: collections.flatMap(({ shareToken, name: called, count }, at) => {
      const cover = covers.assets.find(({ id }) => id === newest[at]?.[0]?.id);
      // Emptied since it was listed.
      return cover ? [{ name: called, count, url: `/shared/${shareToken}`, newest: cover }] : [];
    }),
  };
}
