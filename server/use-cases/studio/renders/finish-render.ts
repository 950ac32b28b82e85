import { insertAsset } from '#server/repos/studio/assets.ts';
import type { NewAsset } from '#server/repos/studio/assets.ts';
import type { Db } from '#server/repos/database.ts';
import { settleCost } from '#server/repos/studio/usage/costs.ts';
import { finishAttempt } from '#server/repos/studio/generation-history.ts';
import { lockAdmission } from '#server/repos/studio/render-queue.ts';
import { changeRender } from '#server/repos/studio/renders.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import type { Settlement } from '#shared/domain/studio/settlement.ts';
import type { RenderId } from '#shared/ids.ts';
import type { RenderRefusal, RenderState } from '#shared/vocabulary.ts';
import { admitRenders } from './admit-renders.ts';
import type { RenderDeps } from './render-deps.ts';

export interface RenderEnding {
  /** The states from which it may end this way. */
  readonly from: readonly RenderState[];
  readonly state: Extract<RenderState, 'done' | 'refused' | 'failed' | 'canceled' | 'unknown'>;
  readonly refusal?: RenderRefusal;
  /** What happened and what to do now; null when it is done. */
  readonly error: string | null;
  readonly settlement: Settlement;
  readonly assets?: readonly NewAsset[];
}

/** How a render that was not sent ends when its owner is suspended. */
export const SUSPENDED_ENDING: RenderEnding = {
  from: ['queued'],
  state: 'canceled',
  error: 'The operator suspended this account before the request was sent. It cost nothing.',
  settlement: { state: 'refunded' },
};

/**
 * Ends a render: state, cost, files, audit, and the place it held, in one transaction. Undefined when it is not in one of the states any more, and then
 * nothing changes, so that a repeated job ends nothing twice.
 */
export async function finishRender(deps: Pick<RenderDeps, 'db' | 'now'>, id: RenderId, ending: RenderEnding): Promise<RenderRow | undefined> {
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    await lockAdmission(tx);
    const row = await endRender(tx, id, { ...ending, at });
    if (row) await admitRenders(tx, row.vendor, at);
    return row;
  });
}

/** As `finishRender`, in a transaction that has called `lockAdmission` and calls `admitRenders` for the vendor afterwards. */
export async function endRender(tx: Db, id: RenderId, ending: RenderEnding & { readonly at: Date }): Promise<RenderRow | undefined> {
  const { settlement, state, error, at } = ending;
  const set = { state, refusal: ending.refusal ?? null, error, progress: null, ...chargeOf(settlement), changedAt: at, finishedAt: at };
  const row = await changeRender(tx, id, { from: ending.from, set });
  if (!row) return undefined;
  await settleCost(tx, { renderId: id, at, ...settlement });
  for (const asset of ending.assets ?? []) await insertAsset(tx, asset);
  const [first] = ending.assets ?? [];
  await finishAttempt(tx, id, {
    success: state === 'done',
    errorMessage: state === 'done' ? null : (error ?? 'It was canceled.'),
    imagePath: first ? `/files/${first.id}` : null,
    generationTime: first ? (at.getTime() - row.createdAt.getTime()) / 1000 : null,
  });
  return row;
}

/** The column that people see; the ledger decides. */
export function chargeOf(settlement: Settlement): { readonly chargeUsdMicros: number | null } {
  if (settlement.state === 'charged') return { chargeUsdMicros: settlement.usdMicros };
  return { chargeUsdMicros: settlement.state === 'refunded' ? 0 : null };
}
