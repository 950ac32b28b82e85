import type { Deps } from '#server/deps.ts';
import { listAccountTroubles } from '#server/use-cases/accounts/list-account-troubles.ts';
import { listCurateTroubles } from '#server/use-cases/curation/list-curate-troubles.ts';
import { listJobTroubles } from './list-job-troubles.ts';
import { listScalingTroubles } from '#server/use-cases/scaling/list-scaling-troubles.ts';
import { listSyncTroubles } from '#server/use-cases/sync/view/list-sync-troubles.ts';
import { listVendorTroubles } from './list-vendor-troubles.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import { ALERT_LEVELS } from '#shared/vocabulary.ts';
import { listNetworkTroubles } from './list-network-troubles.ts';

export type WatchDeps = Pick<Deps, 'db' | 'now' | 'sealer' | 'vendors'>;

/** All current alerts of every area, worst first, each with its remedy. */
export async function gatherTroubles(deps: WatchDeps): Promise<Trouble[]> {
  const areas = await Promise.all([
    listNetworkTroubles(deps),
    listAccountTroubles(deps),
    listVendorTroubles(deps),
    listSyncTroubles(deps),
    listScalingTroubles(deps),
    listCurateTroubles(deps),
    listJobTroubles(deps),
  ]);
  const byKey = new Map(areas.flat().map((alert) => [alert.key, alert]));
  return [...byKey.values()].toSorted((a, b) => ALERT_LEVELS.indexOf(a.level) - ALERT_LEVELS.indexOf(b.level));
}
