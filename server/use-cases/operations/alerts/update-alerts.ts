import type { Deps } from '#server/deps.ts';
import { syncAlerts } from '#server/repos/operations/alerts.ts';
import { listCurrentAlerts } from './list-current-alerts.ts';
import type { WatchDeps } from './list-current-alerts.ts';

/** Opens new alerts and closes resolved ones, so that an alert stays on record after it is resolved. */
export async function updateAlerts(deps: WatchDeps & Pick<Deps, 'newId'>): Promise<void> {
  const alerts = await listCurrentAlerts(deps);
  await deps.db.transaction((tx) => syncAlerts(tx, alerts, { at: deps.now(), newId: deps.newId }));
}
