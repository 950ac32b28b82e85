import type { Deps } from '#server/deps.ts';
import { withFreeLocks } from '#server/repos/free-locks.ts';
import { listDayLists, listReceiptDetails, listReplicas, listUnsettledReplicas } from '#server/repos/sync/unedited-replicas.ts';
import type { DayList } from '#server/repos/sync/unedited-replicas.ts';
import type { Database } from '#server/repos/database.ts';
import { listPlaylistCovers } from '#server/repos/sync/playlist-covers.ts';
import { isCoverDue } from '../covers/draft-cover.ts';
import { listPolicyBodies } from '#server/repos/policies/policy-bodies.ts';
import type { RemotePlaylist } from '#server/providers/ports.ts';
import type { Replica, SyncTarget } from '#server/repos/sync/replicas.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { computeSyncPlan, sameDetails } from '#shared/domain/sync/planning/sync-plan.ts';
import type { PlaylistId, PolicyId, ReplicaId, SpotifyPlaylistId } from '#shared/ids.ts';
import pLimit from 'p-limit';
import { replicaLock } from '../apply/with-replica-lock.ts';
import { fingerprintOf, sha256 } from './plan-hash.ts';
import type { SyncDayRequest } from './day-request.ts';
import { readWithOneToken } from './account-playlists.ts';
import type { ReadPlaylist } from './account-playlists.ts';
import { storePlans } from './store-plans.ts';
import type { PlanningOutcome, UneditedPlan } from './store-plans.ts';
import { wantedList } from './wanted-list.ts';

/** Reads of one account in progress: while one answer is parsed, the next is on its way. The request budget sets the pace. */
const READS_AT_ONCE = 2;

/** What the database knows of the replicas before Spotify is asked, read in as few queries as possible. */
interface Facts {
  readonly replicas: ReadonlyMap<ReplicaId, Replica>;
  readonly lists: ReadonlyMap<PlaylistId, DayList>;
  readonly policies: ReadonlyMap<PolicyId, Policy>;
  readonly receipts: ReadonlyMap<ReplicaId, { readonly face: PlaylistDetails; readonly wasEdited: boolean }>;
  readonly unsettled: ReadonlySet<ReplicaId>;
  /** The digest of the cover that each playlist shall show. */
  readonly covers: ReadonlyMap<PlaylistId, string | null>;
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
    const drafts = locked.flatMap((target) => draftOf(deps, target, { facts, request }) ?? []);
    const plans = await lookAtAll(deps, drafts, request.signal);
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
  const covers = await listPlaylistCovers(db, playlistIds);
  return {
    replicas: new Map(replicas.map((replica) => [replica.id, replica])),
    lists: new Map(lists.map((list) => [list.playlistId, list])),
    policies,
    receipts,
    unsettled,
    covers: new Map(covers.map(({ playlistId, sha256: digest }) => [playlistId, digest])),
  };
}

/** A plan that lacks only what Spotify shows. */
interface UneditedDraft {
  readonly target: SyncTarget;
  /** Undefined where the playlist does not exist yet, and there is nothing to look at. */
  readonly lookAt: SpotifyPlaylistId | undefined;
  /** Undefined for a replica that must be planned on its own, because Spotify shows anything else than the last receipt left. */
  readonly planFrom: (seen: RemotePlaylist | undefined) => UneditedPlan | undefined;
}

/** Undefined for a replica that must be planned on its own. */
function draftOf(deps: Deps, target: SyncTarget, { facts, request }: { facts: Facts; request: SyncDayRequest }): UneditedDraft | undefined {
  const { playlist, account } = target;
  const replica = facts.replicas.get(target.replica.id);
  const list = facts.lists.get(playlist.id);
  const policy = list && facts.policies.get(list.policyId);
  if (!replica || !policy || facts.unsettled.has(replica.id)) return undefined;
  // A cover is compared with what Spotify shows, which takes a look of its own.
  if (isCoverDue(replica, facts.covers.get(playlist.id))) return undefined;
  const shows = list.shows ?? undefined;
  const wanted = wantedList({ deps, playlist, replica }, { trackIds: list.trackIds, policy, ...(shows ? { shows } : {}) }, request.day);
  const planInput = { wanted, shows, lastFingerprint: null, digest: sha256, replicaId: replica.id, batchTag: request.day } as const;
  if (replica.status === 'pending' && replica.spotifyPlaylistId === null) {
    const planFrom = (): UneditedPlan => ({ target, body: computeSyncPlan({ ...planInput, seen: undefined }), snapshotId: null });
    return { target, lookAt: undefined, planFrom };
  }
  const receipt = facts.receipts.get(replica.id);
  if (replica.status !== 'live' || replica.spotifyPlaylistId === null || !receipt || receipt.wasEdited) return undefined;
  const planFrom = (seen: RemotePlaylist | undefined): UneditedPlan | undefined => {
    const isUnedited =
      seen?.ownerId === account.spotifyUserId && fingerprintOf(seen.uris) === replica.fingerprint && sameDetails(seen.details, receipt.face);
    if (!isUnedited) return undefined;
    const body = computeSyncPlan({ ...planInput, seen });
    // A rollback that Spotify already shows is recorded by the plan of its own.
    return shows !== undefined && body.steps.length === 0 ? undefined : { target, body, snapshotId: seen.snapshotId };
  };
  return { target, lookAt: replica.spotifyPlaylistId, planFrom };
}

/** Looks at the playlists that exist, with one token, and finishes the plans in the order given. */
async function lookAtAll(deps: Deps, drafts: readonly UneditedDraft[], signal: AbortSignal): Promise<UneditedPlan[]> {
  const account = drafts.find(({ lookAt }) => lookAt !== undefined)?.target.account;
  const finish = (read?: ReadPlaylist): Promise<(UneditedPlan | undefined)[]> =>
    pLimit(READS_AT_ONCE).map(drafts, async ({ lookAt, planFrom }) => {
      signal.throwIfAborted();
      return planFrom(lookAt === undefined ? undefined : await read?.(lookAt));
    });
  const plans = await (account ? readWithOneToken(deps, { account, signal }, finish) : finish());
  return plans.flatMap((plan) => plan ?? []);
}
