import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { settleCost } from '#server/repos/studio/usage/costs.ts';
import { changeRender } from '#server/repos/studio/renders.ts';
import { findCost } from '#server/repos/studio/usage/months.ts';
import type { DecideCostInput } from '#shared/contracts/studio/usage.ts';
import { RENDER_STATES } from '#shared/vocabulary.ts';
import { AppError } from '#shared/errors.ts';

/** Decides a cost that is not known, after the vendor's own bill: charged at the estimate, or given back. Throws `not_found`, and `conflict` for a known one. */
export async function decideCost(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { renderId, decision }: DecideCostInput,
): Promise<{ readonly decided: true }> {
  requireAdmin(actor);
  const cost = await findCost(deps.db, renderId);
  if (!cost) throw new AppError('not_found', { message: 'There is no such render.', remedy: 'Reload the page.' });
  const [at, by] = [deps.now(), actorName(actor)];
  await deps.db.transaction(async (tx) => {
    const settlement = decision === 'charged' ? ({ state: decision, usdMicros: cost.reservedUsdMicros } as const) : ({ state: decision } as const);
    if (cost.state !== 'unknown' || !(await settleCost(tx, { renderId, at, ...settlement })))
      throw new AppError('conflict', { message: 'The cost of this render is known.', remedy: 'Reload the page.' });
    const chargeUsdMicros = decision === 'charged' ? cost.reservedUsdMicros : 0;
    await changeRender(tx, renderId, { from: RENDER_STATES, set: { chargeUsdMicros, changedAt: at } });
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: `cost.${decision}`, subject: renderId, detail: null });
  });
  return { decided: true };
}
