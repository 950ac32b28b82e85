import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { reserveCost } from '#server/repos/studio/usage/costs.ts';
import { insertAttempt } from '#server/repos/studio/generation-history.ts';
import { lockAdmission } from '#server/repos/studio/render-queue.ts';
import { insertRender, listGroup, listRepeated } from '#server/repos/studio/renders.ts';
import { requireNotSuspended } from '#server/use-cases/auth/require-not-suspended.ts';
import type { RequestRendersInput } from '#shared/contracts/studio/render-inputs.ts';
import type { ModelValues } from '#shared/domain/studio/model.ts';
import { AppError } from '#shared/errors.ts';
import { renderId } from '#shared/ids.ts';
import type { RenderId, UserId } from '#shared/ids.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { admitRenders } from './admit-renders.ts';
import { limitsOf, monthOf, ledgerPerson, quotaExceeded } from './month-limits.ts';
import type { MonthLimits } from './month-limits.ts';
import type { PreparedRender } from './prepare-render.ts';

interface StoredPart {
  readonly prepared: PreparedRender;
  readonly copies: number;
  /** The render that this part repeats. */
  readonly retryOf?: RenderId | undefined;
}

/** Valid renders that are requested together. */
export interface StoredRequest {
  readonly userId: UserId | null;
  readonly groupId: string;
  readonly task: StudioTask;
  readonly parts: readonly StoredPart[];
  /** True for renders that join a group: those that repeat one of it, each once. */
  readonly isJoining?: true;
  readonly about: RequestRendersInput['about'];
  readonly clientAddress?: string | undefined;
}

type StoreDeps = Pick<Deps, 'db' | 'now' | 'newId'>;

/**
 * Stores renders, reserves their cost and puts them in line, all of them or none. A group that was stored before stays as it is, unless
 * these renders join it. Throws `quota_exceeded`
 * when they do not fit into the month together, `conflict` for a group of somebody else, and `forbidden` for a person who is suspended.
 */
export async function storeRenders(deps: StoreDeps, request: StoredRequest): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockAdmission(tx);
    // Suspending takes the same lock, so that no render of a suspended person is left waiting.
    if (request.userId !== null) await requireNotSuspended(tx, request.userId);
    const parts = await newParts(tx, request);
    if (parts.length === 0) return;
    const at = deps.now();
    const limits = await limitsOf(tx, request.userId);
    let count = 0;
    for (const { prepared, copies, retryOf } of parts)
      for (let copy = 0; copy < copies; copy += 1) {
        // Renders of one request wait in their order.
        await storeRender(deps, tx, { request, prepared, retryOf, at, limits, createdAt: new Date(at.getTime() + count) });
        count += 1;
      }
    for (const vendor of new Set(parts.map(({ prepared }) => prepared.model.vendor))) await admitRenders(tx, vendor, at);
  });
}

/** The parts that are not stored yet: all of a new group, none of a repeated one, and of renders that join a group those that nothing repeats yet. */
async function newParts(tx: Db, { groupId, userId, parts, isJoining }: StoredRequest): Promise<readonly StoredPart[]> {
  const [known] = await listGroup(tx, groupId);
  if (known && known.userId !== userId)
    throw new AppError('conflict', { message: 'This request id is in use.', field: 'requestId', remedy: 'Make a new one for each request.' });
  if (!known) return parts;
  if (!isJoining) return [];
  const repeated = await listRepeated(
    tx,
    userId,
    parts.flatMap(({ retryOf }) => retryOf ?? []),
  );
  return parts.filter(({ retryOf }) => retryOf !== undefined && !repeated.has(retryOf));
}

interface OneRender {
  readonly request: StoredRequest;
  readonly prepared: PreparedRender;
  readonly retryOf: RenderId | undefined;
  readonly at: Date;
  readonly createdAt: Date;
  readonly limits: MonthLimits;
}

async function storeRender(deps: StoreDeps, tx: Db, { request, prepared, retryOf, at, createdAt, limits }: OneRender): Promise<void> {
  const { userId, groupId, about, task, clientAddress } = request;
  const { model, inputFiles, usdMicros, loraNames } = prepared;
  const id = renderId.parse(deps.newId());
  const seeded = withSeed(deps, prepared);
  const cost = { renderId: id, person: ledgerPerson(userId), vendor: model.vendor, usdMicros, month: monthOf(at), at, limits };
  if (!(await reserveCost(tx, cost))) throw await quotaExceeded(tx, { userId, at, limits });
  await insertRender(tx, {
    id,
    userId,
    groupId,
    retryOf: retryOf ?? null,
    vendor: model.vendor,
    model: model.id,
    task,
    values: seeded as Record<string, never>,
    inputFiles,
    estimateUsdMicros: usdMicros,
    createdAt,
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
    userIp: clientAddress ?? null,
    success: null,
    createdAt: at,
  });
}

/** A seed for a model that takes one, so that the render can be repeated and copies differ. A given seed stays. */
function withSeed(deps: Pick<Deps, 'newId'>, { model, values }: PreparedRender): ModelValues {
  const { seed } = model.inputs;
  if (seed?.kind !== 'seed' || values.seed !== undefined) return values;
  return { ...values, seed: Number.parseInt(deps.newId().replaceAll('-', '').slice(-8), 16) % (seed.max + 1) };
}
