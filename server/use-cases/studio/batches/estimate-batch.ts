import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { monthAfter } from '#server/use-cases/studio/renders/month-limits.ts';
import type { BatchEstimate, EstimateBatchInput } from '#shared/contracts/studio/batches.ts';
import { prepareBatch } from './prepare-batch.ts';

/** What a batch would cost, in all and by part, and what would be left of the actor's month. Nothing is reserved. Throws as a request of the same batch. */
export async function estimateBatch(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  actor: Actor,
  input: EstimateBatchInput,
): Promise<BatchEstimate> {
  const userId = assetOwner(actor);
  const prepared = await prepareBatch(deps, actor, input);
  const parts = prepared.map(({ prepared: one, copies }) => ({ usdMicros: one.usdMicros * copies }));
  const renders = prepared.reduce((sum, { copies }) => sum + copies, 0);
  const usdMicros = parts.reduce((sum, part) => sum + part.usdMicros, 0);
  return { ...(await monthAfter(deps.db, { userId, at: deps.now(), renders, usdMicros })), renders, parts };
}
