import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { reserveCost } from '#server/repos/studio/usage/costs.ts';
import { insertAttempt } from '#server/repos/studio/generation-history.ts';
import { lockAdmission } from '#server/repos/studio/render-queue.ts';
import { insertRender, listGroup, listOwnRenders } from '#server/repos/studio/renders.ts';
import { requireNotSuspended } from '#server/use-cases/auth/require-not-suspended.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { RequestRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import type { ModelValues } from '#shared/domain/studio/model.ts';
import { AppError } from '#shared/errors.ts';
import { renderId } from '#shared/ids.ts';
import type { RenderId, UserId } from '#shared/ids.ts';
import { admitRenders } from './admit-renders.ts';
import { limitsOf, monthOf, ledgerPerson, quotaExceeded } from './month-limits.ts';
import { prepareRender } from './prepare-render.ts';
import type { PreparedRender } from './prepare-render.ts';
import { toRenderView } from './render-view.ts';

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
  const userId = assetOwner(actor);
  const prepared = await prepareRender(deps, actor, input);
  const groupId = input.requestId ?? deps.newId();
  await deps.db.transaction(async (tx) => {
    await lockAdmission(tx);
    // Suspending takes the same lock, so that no render of a suspended person is left waiting.
    if (userId !== null) await requireNotSuspended(tx, userId);
    if (await isRepeated(tx, groupId, userId)) return;
    await storeRenders(deps, tx, { ...input, userId, groupId, prepared });
    await admitRenders(tx, prepared.model.vendor, deps.now());
  });
  const stored = await listOwnRenders(deps.db, userId, { groupId, limit: input.copies });
  return stored.map((facts) => toRenderView(deps, facts));
}

/** True when the request was stored before. Its id belongs to one person. */
async function isRepeated(tx: Db, groupId: string, userId: UserId | null): Promise<boolean> {
  const [known] = await listGroup(tx, groupId);
  if (known && known.userId !== userId)
    throw new AppError('conflict', { message: 'This request id is in use.', field: 'requestId', remedy: 'Make a new one for each request.' });
  return known !== undefined;
}

interface StoredRequest extends RenderRequestOptions {
  readonly userId: UserId | null;
  readonly groupId: string;
  readonly prepared: PreparedRender;
}

async function storeRenders(deps: RequestDeps, tx: Db, request: StoredRequest): Promise<void> {
  const { userId, groupId, copies, about, task } = request;
  const { model, inputFiles, usdMicros, loraNames } = request.prepared;
  const at = deps.now();
  const limits = await limitsOf(tx, userId);
  for (let copy = 0; copy < copies; copy += 1) {
    const id = renderId.parse(deps.newId());
    const seeded = withSeed(deps, request.prepared);
    const cost = { renderId: id, person: ledgerPerson(userId), vendor: model.vendor, usdMicros, month: monthOf(at), at, limits };
    if (!(await reserveCost(tx, cost))) throw await quotaExceeded(tx, { userId, at, limits });
    await insertRender(tx, {
      id,
      userId,
      groupId,
      retryOf: request.retryOf ?? null,
      vendor: model.vendor,
      model: model.id,
      task,
      values: seeded as Record<string, never>,
      inputFiles,
      estimateUsdMicros: usdMicros,
      // Copies of one request wait in their order.
      createdAt: new Date(at.getTime() + copy),
      changedAt: at,
    });
    await insertAttempt(tx, {
      id: deps.newId(),
      userId,
      renderId: id,
      playlistUrl: about.playlistUrl ?? null,
      generatedTitle: about.title ?? null,
      genres: about.genres,
      mood: about.mood ?? null,
      model: model.id,
      loraModel: loraNames.join(', ') || null,
      userIp: request.clientAddress ?? null,
      success: null,
      createdAt: at,
    });
  }
}

/** A seed for a model that takes one, so that the render can be repeated and copies differ. A given seed stays. */
function withSeed(deps: Pick<Deps, 'newId'>, { model, values }: PreparedRender): ModelValues {
  const { seed } = model.inputs;
  if (seed?.kind !== 'seed' || values.seed !== undefined) return values;
  return { ...values, seed: Number.parseInt(deps.newId().replaceAll('-', '').slice(-8), 16) % (seed.max + 1) };
}
