import type { Deps } from '#server/deps.ts';
import { reconcileAlerts } from '#server/repos/operations/alerts.ts';
import { gatherTroubles } from './gather-troubles.ts';
import type { WatchDeps } from './gather-troubles.ts';

/** Looks at the house and writes down what began and what is over, so that an incident is still told when it has passed. */
export async function watchNetwork(deps: WatchDeps & Pick<Deps, 'newId'>): Promise<void> {
  const troubles = await gatherTroubles(deps);
  await deps.db.transaction((tx) => reconcileAlerts(tx, troubles, { at: deps.now(), newId: deps.newId }));
}
