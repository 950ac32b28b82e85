import type { Deps } from '#server/deps.ts';
import { findMakerName, listPublicAssets, listPublicCollections } from '#server/repos/studio/library/shares.ts';
import type { SigningDeps } from '#server/use-cases/auth/signing/new-signing-key.ts';
import type { MakerView, ViewMakerInput } from '#shared/contracts/studio/library/sharing.ts';
import { AppError } from '#shared/errors.ts';
import { toSharedAssets } from './shared-asset.ts';

const SHOWN_MAX = 500;

/** What a person shows to everybody. Throws `not_found` for nobody and for a person who shows nothing, so that no id can be tried out. */
export async function viewMaker(deps: SigningDeps & Pick<Deps, 'db'>, { maker }: ViewMakerInput): Promise<MakerView> {
  const userId = maker === 'operator' ? null : maker;
  const name = userId === null ? 'The operator' : await findMakerName(deps.db, userId);
  const [rows, collections] = await Promise.all([listPublicAssets(deps.db, userId, SHOWN_MAX), listPublicCollections(deps.db, userId)]);
  if (name === undefined || (rows.length === 0 && collections.length === 0))
    throw new AppError('not_found', { message: 'Nobody shows anything at this address.', remedy: 'Check the address.' });
  return {
    name,
    ...(await toSharedAssets(deps, rows, null)),
    collections: collections.map(({ shareToken, ...collection }) => ({ ...collection, url: `/shared/${shareToken}` })),
  };
}
