import type { Deps } from '#server/deps.ts';
import { listAccountAlerts } from '#server/use-cases/accounts/list-account-troubles.ts';
import { listCurationAlerts } from '#server/use-cases/curation/list-curate-troubles.ts';
import { listJobAlerts } from './list-job-troubles.ts';
import { listScalingAlerts } from '#server/use-cases/scaling/list-scaling-troubles.ts';
import { listSyncAlerts } from '#server/use-cases/sync/view/list-sync-troubles.ts';
import { listVendorAlerts } from './list-vendor-troubles.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import { ALERT_LEVELS } from '#shared/vocabulary.ts';
import { listNetworkAlerts } from './list-network-troubles.ts';

export type WatchDeps = Pick<Deps, 'db' | 'now' | 'sealer' | 'vendors'>;

/** All current alerts of every area, worst first, each with its remedy. */
export async function listCurrentAlerts(deps: WatchDeps): Promise<Alert[]> {
  const areas = await Promise.all([
    listNetworkAlerts(deps),
    listAccountAlerts(deps),
    listVendorAlerts(deps),
    listSyncAlerts(deps),
    listScalingAlerts(deps),
    listCurationAlerts(deps),
    listJobAlerts(deps),
  ]);
  const byKey = new Map(areas.flat().map((alert) => [alert.key, alert]));
  return [...byKey.values()].toSorted((a, b) => ALERT_LEVELS.indexOf(a.level) - ALERT_LEVELS.indexOf(b.level));
}
