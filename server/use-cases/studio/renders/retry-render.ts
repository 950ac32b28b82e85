import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findAttempt } from '#server/repos/studio/generation-history.ts';
import { findOwnRender } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { RenderInput } from '#shared/contracts/studio/render-inputs.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { AppError } from '#shared/errors.ts';
import { requestRenders } from './request-renders.ts';
import { renderMissing } from './view-render.ts';

/**
 * Requests the same render again, as a new one with its own cost. Throws `conflict` for a render that is in progress or done, `not_found`, and what a request throws.
 */
export async function retryRender(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'models' | 'renderVendors'>,
  actor: Actor,
  { renderId, clientAddress }: RenderInput & { readonly clientAddress?: string | undefined },
): Promise<RenderView> {
  const found = await findOwnRender(deps.db, { id: renderId, userId: assetOwner(actor) });
  if (!found) throw renderMissing();
  const { render } = found;
  if (render.finishedAt === null)
    throw new AppError('conflict', { message: 'This render is still in progress.', remedy: 'Wait until it ends, or cancel it.' });
  if (render.state === 'done')
    throw new AppError('conflict', { message: 'This render is done.', remedy: 'Request a new one, with another seed for another picture.' });
  const attempt = await findAttempt(deps.db, renderId);
  const about = {
    playlistUrl: attempt?.playlistUrl ?? undefined,
    title: attempt?.generatedTitle ?? undefined,
    genres: attempt?.genres ?? [],
    mood: attempt?.mood ?? undefined,
  };
  const { model, task, values } = render;
  const [view] = await requestRenders(deps, actor, { model, task, values: { ...values }, copies: 1, about, retryOf: renderId, clientAddress });
  if (!view) throw renderMissing();
  return view;
}
