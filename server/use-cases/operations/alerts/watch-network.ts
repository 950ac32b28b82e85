import type { Deps } from '#server/deps.ts';
import { reconcileAlerts } from '#server/repos/operations/alerts.ts';
import { gatherTroubles } from './gather-troubles.ts';
import type { WatchDeps } from './gather-troubles.ts';

/** Opens new alerts and closes resolved ones, so that an alert stays on record after it is resolved. */
export async function watchNetwork(deps: WatchDeps & Pick<Deps, 'newId'>): Promise<void> {
  const alerts = await gatherTroubles(deps);
  await deps.db.transaction((tx) => reconcileAlerts(tx, alerts, { at: deps.now(), newId: deps.newId }));
}
