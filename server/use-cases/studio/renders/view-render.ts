import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnRender } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { RenderInput } from '#shared/contracts/studio/render-inputs.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { AppError } from '#shared/errors.ts';
import { toRenderView } from './render-view.ts';

/** A render of the actor's own. Throws `not_found` for another person's and for one that does not exist. */
export async function viewRender(deps: Pick<Deps, 'db' | 'models'>, actor: Actor, { renderId }: RenderInput): Promise<RenderView> {
  const found = await findOwnRender(deps.db, { id: renderId, userId: assetOwner(actor) });
  if (!found) throw renderMissing();
  return toRenderView(deps, found);
}

/** The same for a render of somebody else and for one that does not exist. */
export function renderMissing(): AppError {
  return new AppError('not_found', { message: 'There is no such render.', remedy: 'Check the address, or sign in as the person who requested it.' });
}
