import type { Deps } from '#server/deps.ts';
import type { RenderAssetRow, RenderFacts } from '#server/repos/studio/renders.ts';
import type { RenderedAsset, RenderView } from '#shared/contracts/studio/render-views.ts';
import { cancelOffer } from '#shared/domain/studio/cancel-offer.ts';
import { renderDoing } from '#shared/domain/studio/render-words.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';

/** A stored render as its owner sees it. */
export function toRenderView(deps: Pick<Deps, 'models'>, { render, cost, assets }: RenderFacts): RenderView {
  const { id, groupId, retryOf, vendor, task, state, refusal, error, estimateUsdMicros, chargeUsdMicros } = render;
  const model = deps.models.find((each) => each.id === render.model);
  const vendorName = STUDIO_VENDOR_NAMES[vendor];
  const { position: queuePosition = null, percent = null } = render.progress ?? {};
  const isRunning = render.progress?.kind === 'running';
  return {
    id,
    groupId,
    retryOf,
    vendor,
    model: render.model,
    modelLabel: model?.label ?? render.model,
    task,
    values: render.values,
    state,
    doing: renderDoing({
      state,
      vendorName,
      isAdmitted: render.admittedAt !== null,
      isRunning,
      queuePosition,
      makes: model?.outputs.kind ?? 'image',
    }),
    queuePosition,
    percent,
    refusal,
    error,
    estimateUsdMicros,
    chargeUsdMicros,
    cost,
    createdAt: render.createdAt.toISOString(),
    finishedAt: render.finishedAt?.toISOString() ?? null,
    cancelRequestedAt: render.cancelRequestedAt?.toISOString() ?? null,
    cancel: cancelOffer({ state, vendorName, estimateUsdMicros, isRunning }, model),
    canRetry: render.finishedAt !== null && state !== 'done',
    assets: assets.map(toRenderedAsset),
  };
}

/** A stored file of a render as its owner sees it. */
export function toRenderedAsset({ id, mediaType, bytes, width, height, seconds, thumbhash, seed }: RenderAssetRow): RenderedAsset {
  const url = `/files/${id}`;
  return {
    id,
    url,
    downloadUrl: `${url}/download`,
    previews: { 64: `${url}/64`, 300: `${url}/300`, 640: `${url}/640` },
    mediaType,
    bytes,
    width,
    height,
    seconds,
    thumbhash: thumbhash && Buffer.from(thumbhash).toString('base64'),
    seed,
  };
}
