import { extendPlacementsShownAgain } from '#server/repos/curation/list-overrides.ts';
import type { Db } from '#server/repos/database.ts';
import { insertSyncPlan, isShownAgainOnRecord } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { syncPlanId } from '#shared/ids.ts';
import type { ReplicaSession } from '../apply/with-replica-lock.ts';
import { hashPlan } from './plan-hash.ts';

/**
 * Records that a read found the list of a rollback on Spotify although no plan wrote it: the write's answer was lost, or it had never left. It counts as
 * shown again that day like any other rollback, with a receipt of its own and a new repeat window. Does nothing when that is on record.
 */
export async function recordShownAgain(
  tx: Db,
  writer: ReplicaSession,
  { body, plannedBy }: { body: SyncPlanBody; plannedBy: string },
): Promise<void> {
  const { shows, batchTag: day } = body;
  if (shows === undefined || (await isShownAgainOnRecord(tx, writer.replica.id, { day, shows }))) return;
  const at = writer.deps.now();
  await insertSyncPlan(tx, {
    id: syncPlanId.parse(writer.deps.newId()),
    replicaId: writer.replica.id,
    batchTag: day,
    hash: hashPlan(body),
    status: 'applied',
    statusReason: 'Spotify already showed this list.',
    body,
    requestCost: body.cost.reads,
    plannedBy,
    plannedAt: at,
    appliedAt: at,
  });
  await extendPlacementsShownAgain(tx, writer.playlist.id, { shows, day });
}
