import type { SyncPlanView } from '#shared/contracts/views.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';

export type Applying =
  | { readonly state: 'working'; readonly settled: number; readonly total: number }
  | { readonly state: 'done'; readonly applied: number; readonly failed: readonly { readonly planId: string; readonly message: string }[] }
  | { readonly state: 'broken'; readonly error: unknown };

/** Few enough that progress moves and a request ends long before any proxy loses patience. */
const ROUND = 5;

/** Applies the plans by their hashes a few at a time, telling how far it is. What was applied stays applied, whatever happens to the rest. */
export async function applyInRounds(plans: readonly Pick<SyncPlanView, 'id' | 'hash'>[], tell: (applying: Applying) => void): Promise<Applying> {
  const failed: { planId: string; message: string }[] = [];
  let applied = 0;
  let end: Applying;
  try {
    for (let from = 0; from < plans.length; from += ROUND) {
      tell({ state: 'working', settled: from, total: plans.length });
      const round = plans.slice(from, from + ROUND).map((plan) => ({ planId: plan.id, hash: plan.hash }));
      // One round after the other: they share one request budget.
      // oxlint-disable-next-line no-await-in-loop
      const told = await client.sync.applyAll.mutate({ plans: round });
      applied += told.applied;
      failed.push(...told.failed);
    }
    end = { state: 'done', applied, failed };
  } catch (error) {
    end = { state: 'broken', error };
  }
  tell(end);
  await queryClient.invalidateQueries(trpc.sync.pathFilter());
  return end;
}
