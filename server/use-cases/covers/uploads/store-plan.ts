import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertUpload } from '#server/repos/covers/cover-uploads.ts';
import type { CoverUpload } from '#server/repos/covers/cover-uploads.ts';
import { listOwnPictures } from '#server/repos/covers/covers.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { storeAsset } from '#server/use-cases/studio/store-asset.ts';
import type { UploadPlan } from '#shared/contracts/covers/uploads.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { COVER_SIDE } from '#shared/domain/covers/type/cover-size.ts';
import { describeUpload } from '#shared/domain/covers/projects/describe-upload.ts';
import { PICTURE_SCOPE } from '#server/use-cases/accounts/account-scopes.ts';
import { AppError } from '#shared/errors.ts';
import { coverUploadId } from '#shared/ids.ts';
import type { AssetId, CoverId, SpotifyPlaylistId } from '#shared/ids.ts';
import { digest } from '#server/use-cases/auth/secrets.ts';
import { findPlaylistOwner } from './playlist-owner.ts';
import type { PlaylistOwner } from './playlist-owner.ts';
import { readShownPicture } from './shown-picture.ts';

interface ToPlan {
  readonly coverId: CoverId | null;
  readonly spotifyPlaylistId: SpotifyPlaylistId;
  /** The person's own JPEG that goes up. */
  readonly assetId: AssetId;
  readonly isRestore: boolean;
  readonly signal: AbortSignal;
}

/**
 * Reads what the playlist shows, keeps a copy of it, and stores the plan. Throws `forbidden` or `not_found` for a playlist whose cover the actor cannot
 * change. A missing permission is a problem of the plan, so that the person sees what would be uploaded.
 */
export async function storeUploadPlan(deps: Deps, actor: Actor, wanted: ToPlan): Promise<CoverUpload> {
  const userId = assetOwner(actor);
  const [after] = await listOwnPictures(deps.db, { ids: [wanted.assetId], userId });
  if (!after) throw new AppError('conflict', { message: 'The finished cover is no longer stored.', remedy: 'Set the type again.' });
  const { spotifyPlaylistId: id, signal, isRestore } = wanted;
  const owner = await findPlaylistOwner(deps, actor, { id, signal });
  const shown = await readShownPicture(deps, { accountId: owner.account.id, id, copy: owner.copy, signal });
  const before = shown.jpeg ? await keepCopy(deps, actor, shown.jpeg) : { assetId: null, sha256: null };
  const uploadId = coverUploadId.parse(deps.newId());
  const plan: UploadPlan = {
    version: 1,
    uploadId,
    playlistName: owner.name,
    accountName: owner.account.displayName,
    isRestore,
    before: { shows: shown.shows, key: shown.key, ...before },
    after: { sha256: after.sha256, bytes: after.bytes, assetId: after.id },
    says: describeUpload({ shows: shown.shows, isKept: before.assetId !== null, isNetwork: owner.copy !== undefined, isRestore }),
    problem: problemOf(owner, { isSame: shown.shows === 'ours' && before.sha256 === after.sha256 }),
  };
  const at = deps.now();
  const upload: CoverUpload = {
    id: uploadId,
    coverId: wanted.coverId,
    userId,
    accountId: owner.account.id,
    spotifyPlaylistId: id,
    playlistId: owner.copy?.playlistId ?? null,
    plan,
    hash: digest(canonicalJson(plan)),
    state: 'planned',
    receipt: null,
    plannedAt: at,
    intendedAt: null,
    sentAt: null,
    changedAt: at,
  };
  await insertUpload(deps.db, upload);
  return upload;
}

async function keepCopy(deps: Deps, actor: Actor, jpeg: Uint8Array): Promise<{ assetId: AssetId; sha256: string }> {
  const assetId = await storeAsset(deps, actor, { bytes: jpeg, mediaType: 'image/jpeg', width: COVER_SIDE, height: COVER_SIDE, seed: null });
  return { assetId, sha256: (await deps.assets.write(jpeg)).sha256 };
}

function problemOf({ account }: PlaylistOwner, { isSame }: { readonly isSame: boolean }): UploadPlan['problem'] {
  if (isSame) return { kind: 'refused', message: 'The playlist already shows this cover.', remedy: 'There is nothing to upload.' };
  if (account.scopes.includes(PICTURE_SCOPE)) return null;
  return {
    kind: 'authorize',
    message: `${account.displayName} has not allowed Segue to upload pictures.`,
    remedy: 'Authorize the account again and allow image uploads; then preview the upload again.',
  };
}
