import type { Actor } from '#server/actor.ts';
import { findOwnRender, markCancelRequested } from '#server/repos/studio/renders.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { RenderInput } from '#shared/contracts/studio/render-inputs.ts';
import type { CancelVerdict } from '#shared/contracts/studio/render-views.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { AppError } from '#shared/errors.ts';
import { finishRender } from './finish-render.ts';
import { CANCEL_LIMIT_MS, cancelAtVendor } from './poll-render.ts';
import type { RenderDeps } from './render-deps.ts';
import { renderMissing, viewRender } from './view-render.ts';

type Verdict = Omit<CancelVerdict, 'render'>;

/**
 * Cancels a render of the actor's own and says whether it still costs. What was not sent costs nothing. What was sent is dropped only where the vendor
 * says so; otherwise the picture that comes is kept. Throws `not_found`, and `conflict` for a render that has ended.
 */
export async function cancelRender(deps: RenderDeps, actor: Actor, { renderId }: RenderInput): Promise<CancelVerdict> {
  const userId = assetOwner(actor);
  const found = await findOwnRender(deps.db, { id: renderId, userId });
  if (!found) throw renderMissing();
  const unsent = { from: ['queued'], state: 'canceled', error: null, settlement: { state: 'refunded' } } as const;
  const isUnsent = found.render.state === 'queued' && (await finishRender(deps, renderId, unsent));
  const verdict = isUnsent ? canceled('It was not sent. It costs nothing.') : await cancelSent(deps, found.render);
  return { ...verdict, render: await viewRender(deps, actor, { renderId }) };
}

async function cancelSent(deps: RenderDeps, { id }: RenderRow): Promise<Verdict> {
  const row = await markCancelRequested(deps.db, id, deps.now());
  if (!row) throw new AppError('conflict', { message: 'This render has already ended.', remedy: 'Reload the page to see its result.' });
  const name = STUDIO_VENDOR_NAMES[row.vendor];
  const isFree = row.estimateUsdMicros === 0;
  if (row.state === 'storing') return { outcome: 'too_late', costs: isFree ? 'no' : 'yes', says: 'The picture is already made. It is kept.' };
  if (isFree) return { outcome: 'requested', costs: 'no', says: 'It is dropped as soon as it answers. It costs nothing.' };
  const vendor = deps.renderVendors[row.vendor];
  const model = deps.models.find((each) => each.id === row.model);
  if (row.state === 'sending' || !vendor || model?.cancel === 'never') {
    return { outcome: 'requested', costs: 'yes', says: `${name} has the request and charges for it. The picture is kept when it arrives.` };
  }
  const isDropped = await cancelAtVendor(deps, { row, vendor, signal: AbortSignal.timeout(CANCEL_LIMIT_MS) });
  if (isDropped) return canceled(`${name} dropped it before it started. It costs nothing.`);
  return { outcome: 'requested', costs: 'yes', says: `${name} has started it and charges for it. The picture is kept when it arrives.` };
}

const canceled = (says: string): Verdict => ({ outcome: 'canceled', costs: 'no', says });
