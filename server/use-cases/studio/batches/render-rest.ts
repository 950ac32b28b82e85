import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listOwnRenders, listRepeated } from '#server/repos/studio/renders.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { prepareRender } from '#server/use-cases/studio/renders/prepare-render.ts';
import { renderMissing } from '#server/use-cases/studio/renders/view-render.ts';
import { toRenderView } from '#server/use-cases/studio/renders/render-view.ts';
import { storeRenders } from '#server/use-cases/studio/renders/store-renders.ts';
import type { BatchInput } from '#shared/contracts/studio/batches.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';

/** A batch that was stopped and continued has more renders than were first requested. */
const GROUP_MAX = 100;

/**
 * Requests what was canceled of a batch of the actor's own again, with the same values and seeds, as a part of the same batch: all of it or none. What was
 * requested again before is not requested twice. Returns the renders of the batch, the newest first. Throws `not_found`, and what a request throws.
 */
export async function renderRest(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'models' | 'renderVendors'>,
  actor: Actor,
  { groupId, clientAddress }: BatchInput & { readonly clientAddress?: string | undefined },
): Promise<readonly RenderView[]> {
  const userId = assetOwner(actor);
  const group = (await listOwnRenders(deps.db, userId, { groupId, limit: GROUP_MAX })).map(({ render }) => render);
  const [first] = group;
  if (!first) throw renderMissing();
  const canceled = group.filter(({ state }) => state === 'canceled').toReversed();
  const repeated = await listRepeated(
    deps.db,
    userId,
    canceled.map(({ id }) => id),
  );
  const parts = [];
  for (const { id, model, task, values } of canceled.filter((each) => !repeated.has(each.id)))
    parts.push({ prepared: await prepareRender(deps, actor, { model, task, values }), copies: 1, retryOf: id });
  await storeRenders(deps, { userId, groupId, task: first.task, parts, isJoining: true, about: { genres: [] }, clientAddress });
  const stored = await listOwnRenders(deps.db, userId, { groupId, limit: GROUP_MAX });
  return stored.map((facts) => toRenderView(deps, facts));
}
