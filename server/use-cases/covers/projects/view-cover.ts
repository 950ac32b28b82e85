import type { StoredPicture } from '#drizzle/schema/covers.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnPictures } from '#server/repos/covers/covers.ts';
import type { CoverRow } from '#server/repos/covers/covers.ts';
import { findLastUpload } from '#server/repos/covers/cover-uploads.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { CoverInput, CoverPicture, CoverView, FinishedCover } from '#shared/contracts/covers/projects.ts';
import { allSteps } from '#shared/domain/covers/projects/cover-steps.ts';
import { namedSources } from './cover-source.ts';
import { requireOwnCover } from './own-cover.ts';
import { uploadTarget } from '../uploads/upload-target.ts';
import { uploadView } from '../uploads/upload-view.ts';

/** A cover of the actor's own with the result of every step. Throws `not_found`. */
export async function viewCover(deps: Pick<Deps, 'db' | 'settings'>, actor: Actor, { coverId }: CoverInput): Promise<CoverView> {
  const cover = await requireOwnCover(deps, actor, coverId);
  const { analysis } = cover;
  const [[named], finished, upload, target] = await Promise.all([
    namedSources(deps, [cover]),
    finishedCover(deps, actor, cover),
    findLastUpload(deps.db, cover.id),
    uploadTarget(deps, cover),
  ]);
  const [picture, ...earlierPictures] = picturesOf(cover);
  return {
    id: cover.id,
    createdAt: cover.createdAt.toISOString(),
    changedAt: cover.changedAt.toISOString(),
    source: named?.source ?? { kind: 'link', link: '' },
    steps: allSteps(cover.steps),
    music: analysis && {
      kind: analysis.of.kind,
      name: analysis.of.name,
      analysis: analysis.analysis,
      notes: analysis.notes,
      readAt: analysis.readAt,
      isStale: analysis.isStale,
    },
    proposals: cover.proposals,
    words: cover.words,
    picture: picture ?? null,
    earlierPictures,
    typeWish: cover.type?.wish ?? null,
    finished,
    upload: upload ? uploadView(deps, upload) : null,
    target: target && { link: target.link, name: target.name },
  };
}

/** The chosen picture first. */
function picturesOf({ pictures, pictureAssetId }: CoverRow): readonly CoverPicture[] {
  const isChosen = ({ assetId }: StoredPicture) => assetId === pictureAssetId;
  const ordered = [...pictures.filter(isChosen), ...pictures.filter((picture) => !isChosen(picture))];
  return ordered.map(({ assetId, origin, drawn }) => ({ asset: assetId, url: `/files/${assetId}`, origin, drawn }));
}

async function finishedCover(deps: Pick<Deps, 'db'>, actor: Actor, { resultAssetId, type }: CoverRow): Promise<FinishedCover | null> {
  if (resultAssetId === null) return null;
  const [asset] = await listOwnPictures(deps.db, { ids: [resultAssetId], userId: assetOwner(actor) });
  if (!asset) return null;
  return { asset: asset.id, url: `/files/${asset.id}`, bytes: asset.bytes, sha256: asset.sha256, report: type?.report ?? null };
}
