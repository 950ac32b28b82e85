import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';

export type Applying =
  | { readonly state: 'working'; readonly finished: number; readonly total: number }
  | { readonly state: 'done'; readonly applied: number; readonly failed: readonly { readonly planId: string; readonly message: string }[] }
  | { readonly state: 'error'; readonly error: unknown };

/** Plans per request: few enough that progress moves and a request ends well before a proxy times out. */
const PLANS_PER_ROUND = 5;

/** Applies plans by their hashes, a few per request, and reports progress. A failure does not undo the plans applied before it. */
export async function applyInRounds(
  plans: readonly Pick<SyncPlanView, 'id' | 'hash'>[],
  onProgress: (applying: Applying) => void,
): Promise<Applying> {
  const failed: { planId: string; message: string }[] = [];
  let applied = 0;
  let end: Applying;
  try {
    for (let from = 0; from < plans.length; from += PLANS_PER_ROUND) {
      onProgress({ state: 'working', finished: from, total: plans.length });
      const round = plans.slice(from, from + PLANS_PER_ROUND).map((plan) => ({ planId: plan.id, hash: plan.hash }));
      // One round after the other: all share one request budget.
      // oxlint-disable-next-line no-await-in-loop
      const result = await client.playlistAdmin.sync.applyAll.mutate({ plans: round });
      applied += result.applied;
      failed.push(...result.failed);
    }
    end = { state: 'done', applied, failed };
  } catch (error) {
    end = { state: 'error', error };
  }
  onProgress(end);
  await Promise.all([trpc.playlistAdmin.sync, trpc.playlists].map((router) => queryClient.invalidateQueries(router.pathFilter())));
  return end;
}
