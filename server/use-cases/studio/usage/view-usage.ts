import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readMonth } from '#server/repos/studio/usage/months.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { limitsOf, nextMonth, monthOf, ledgerPerson } from '#server/use-cases/studio/renders/month-limits.ts';
import type { UsageView } from '#shared/contracts/studio/usage.ts';

/** What the actor has used of this month. */
export async function viewUsage(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<UsageView> {
  const userId = assetOwner(actor);
  const at = deps.now();
  const month = monthOf(at);
  const [used, limits] = [await readMonth(deps.db, { person: ledgerPerson(userId), month }), await limitsOf(deps.db, userId)];
  return {
    month,
    renders: { used: used.renders, limit: limits.renders },
    usdMicros: { used: used.usdMicros, limit: limits.usdMicros },
    resetsAt: nextMonth(at).toISOString(),
  };
}
