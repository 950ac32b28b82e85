import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnRenders } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { ListRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import type { RenderPage } from '#shared/contracts/studio/render-views.ts';
import { toRenderView } from './render-view.ts';

/** A page of the actor's own renders, newest first. */
export async function listRenders(deps: Pick<Deps, 'db' | 'models'>, actor: Actor, input: ListRendersInput): Promise<RenderPage> {
  const found = await listOwnRenders(deps.db, assetOwner(actor), { ...input, limit: input.limit + 1 });
  const items = found.slice(0, input.limit).map((facts) => toRenderView(deps, facts));
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > input.limit ? { createdAt: last.createdAt, id: last.id } : null };
}
