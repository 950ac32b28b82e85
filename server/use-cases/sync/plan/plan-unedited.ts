import type { Deps } from '#server/deps.ts';
import { withFreeLocks } from '#server/repos/free-locks.ts';
import { listDayLists, listReceiptDetails, listReplicas, listUnsettledReplicas } from '#server/repos/sync/unedited-replicas.ts';
import type { DayList } from '#server/repos/sync/unedited-replicas.ts';
import type { Database } from '#server/repos/database.ts';
import { listPolicyBodies } from '#server/repos/policies/policy-bodies.ts';
import type { Replica, SyncTarget } from '#server/repos/sync/replicas.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { computeSyncPlan, sameDetails } from '#shared/domain/sync/planning/sync-plan.ts';
import type { PlaylistId, PolicyId, ReplicaId } from '#shared/ids.ts';
import { replicaLock } from '../apply/with-replica-lock.ts';
import { fingerprintOf, sha256 } from './plan-hash.ts';
import type { SyncDayRequest } from './day-request.ts';
import { openAccountPlaylists } from './account-playlists.ts';
import { storePlans } from './store-plans.ts';
import type { PlanningOutcome, UneditedPlan } from './store-plans.ts';
import { wantedList } from './wanted-list.ts';

/** What the database knows of the replicas before Spotify is asked, read in as few queries as possible. */
interface Facts {
  readonly replicas: ReadonlyMap<ReplicaId, Replica>;
  readonly lists: ReadonlyMap<PlaylistId, DayList>;
  readonly policies: ReadonlyMap<PolicyId, PolicyV1>;
  readonly receipts: ReadonlyMap<ReplicaId, { readonly face: PlaylistDetails; readonly wasEdited: boolean }>;
  readonly unsettled: ReadonlySet<ReplicaId>;
}

/**
 * Plans the unedited replicas of one account: Spotify shows exactly what the last receipt left, or nothing was ever sent. One Spotify request each;
 * locks, facts and plans share database statements. Any other replica is missing from the result.
 */
export async function planUnedited(
  deps: Deps,
  targets: readonly SyncTarget[],
  request: SyncDayRequest,
): Promise<ReadonlyMap<SyncTarget, PlanningOutcome>> {
  const names = targets.map(({ replica }) => replicaLock(replica.id));
  return withFreeLocks(deps.pool, names, async (db, acquired) => {
    const locked = targets.filter(({ replica }) => acquired.has(replicaLock(replica.id)));
    const facts = await gatherFacts(db, locked, request.day);
    const plans: UneditedPlan[] = [];
    for (const target of locked) {
      request.signal.throwIfAborted();
      const plan = await planOne(deps, target, { facts, request });
      if (plan) plans.push(plan);
    }
    return storePlans(deps, db, { plans, day: request.day, plannedBy: request.plannedBy });
  });
}

async function gatherFacts(db: Database, targets: readonly SyncTarget[], day: string): Promise<Facts> {
  const ids = targets.map(({ replica }) => replica.id);
  const playlistIds = targets.map(({ playlist }) => playlist.id);
  const replicas = await listReplicas(db, ids);
  const lists = await listDayLists(db, playlistIds, day);
  const policies = await listPolicyBodies(db, [...new Set(lists.map(({ policyId }) => policyId))]);
  const receipts = await listReceiptDetails(db, ids);
  const unsettled = await listUnsettledReplicas(db, ids);
  return {
    replicas: new Map(replicas.map((replica) => [replica.id, replica])),
    lists: new Map(lists.map((list) => [list.playlistId, list])),
    policies,
    receipts,
    unsettled,
  };
}

async function planOne(
  deps: Deps,
  target: SyncTarget,
  { facts, request }: { facts: Facts; request: SyncDayRequest },
): Promise<UneditedPlan | undefined> {
  const { playlist, account } = target;
  const replica = facts.replicas.get(target.replica.id);
  const list = facts.lists.get(playlist.id);
  const policy = list && facts.policies.get(list.policyId);
  if (!replica || !policy || facts.unsettled.has(replica.id)) return undefined;
  const shows = list.shows ?? undefined;
  const wanted = wantedList({ deps, playlist, replica }, { trackIds: list.trackIds, policy, ...(shows ? { shows } : {}) }, request.day);
  const planInput = { wanted, shows, lastFingerprint: null, digest: sha256, replicaId: replica.id, batchTag: request.day } as const;
  if (replica.status === 'pending' && replica.spotifyPlaylistId === null)
    return { target, body: computeSyncPlan({ ...planInput, seen: undefined }), snapshotId: null };
  const receipt = facts.receipts.get(replica.id);
  if (replica.status !== 'live' || replica.spotifyPlaylistId === null || !receipt || receipt.wasEdited) return undefined;
  const seen = await openAccountPlaylists(deps, account, request.signal).read(replica.spotifyPlaylistId);
  const isUnedited =
    seen?.ownerId === account.spotifyUserId && fingerprintOf(seen.uris) === replica.fingerprint && sameDetails(seen.details, receipt.face);
  if (!isUnedited) return undefined;
  const body = computeSyncPlan({ ...planInput, seen });
  // A rollback that Spotify already shows is recorded by the plan of its own.
  return shows !== undefined && body.steps.length === 0 ? undefined : { target, body, snapshotId: seen.snapshotId };
}
