import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnRenders } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { RequestRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import type { RenderId } from '#shared/ids.ts';
import { prepareRender } from './prepare-render.ts';
import { toRenderView } from './render-view.ts';
import { storeRenders } from './store-renders.ts';

type RequestDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'models' | 'renderVendors'>;

type RenderRequestOptions = RequestRendersInput & {
  readonly retryOf?: RenderId;
  /** Kept in the audit of covers for the days that a setting gives. */
  readonly clientAddress?: string | undefined;
};

/**
 * Requests renders: validated by the registry, their cost reserved, stored and put in line in one transaction. The same `requestId` again returns the
 * renders of the first time. Throws `invalid_input` with the field, `quota_exceeded` with the time when the month ends, `not_found` for a picture of
 * somebody else, `forbidden` for a person who is suspended.
 */
export async function requestRenders(deps: RequestDeps, actor: Actor, input: RenderRequestOptions): Promise<readonly RenderView[]> {
  const { copies, about, task, retryOf, clientAddress } = input;
  const userId = assetOwner(actor);
  const prepared = await prepareRender(deps, actor, input);
  const groupId = input.requestId ?? deps.newId();
  await storeRenders(deps, { userId, groupId, task, parts: [{ prepared, copies, retryOf }], about, clientAddress });
  const stored = await listOwnRenders(deps.db, userId, { groupId, limit: copies });
  return stored.map((facts) => toRenderView(deps, facts));
}
