import type { Deps } from '#server/deps.ts';
import { listAccountAlerts } from '#server/use-cases/accounts/list-account-alerts.ts';
import { listCurationAlerts } from '#server/use-cases/curation/list-curation-alerts.ts';
import { listJobAlerts } from './list-job-alerts.ts';
import { listScalingAlerts } from '#server/use-cases/scaling/list-scaling-alerts.ts';
import { listSyncAlerts } from '#server/use-cases/sync/view/list-sync-alerts.ts';
import { listVendorAlerts } from './list-vendor-alerts.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import { ALERT_LEVELS } from '#shared/vocabulary.ts';
import { listNetworkAlerts } from './list-network-alerts.ts';

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
