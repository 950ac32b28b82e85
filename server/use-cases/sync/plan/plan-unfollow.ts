import type { Deps } from '#server/deps.ts';
import { findReplica } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { insertOperations } from '#server/repos/sync/sync-operations.ts';
import { insertSyncPlan } from '#server/repos/sync/sync-plans.ts';
import { markUnfollowsStale } from '#server/repos/sync/unfollow-plans.ts';
import type { SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { RemoteFinding } from '#shared/domain/sync/reconcile.ts';
import { sameOrder } from '#shared/domain/sync/planning/sync-plan.ts';
import { replicaId, spotifyPlaylistId, syncPlanId } from '#shared/ids.ts';
import { fingerprintOf, hashPlan } from './plan-hash.ts';
import { openAccountPlaylists } from './account-playlists.ts';

interface SurplusPlaylist {
  readonly account: SyncTarget['account'];
  readonly sight: RemoteFinding;
  readonly signal: AbortSignal;
}

/**
 * Plans to unfollow a playlist when nothing would be lost: a move left it behind, it is empty, or it equals the one it duplicates. Any other is left
 * to a person. The plan waits for approval; the same finding keeps its existing plan.
 */
export async function planUnfollow(deps: Deps, { account, sight, signal }: SurplusPlaylist): Promise<void> {
  const remote = openAccountPlaylists(deps, account, signal);
  const id = spotifyPlaylistId.parse(sight.spotifyPlaylistId);
  const replica = sight.replicaId === null ? undefined : await findReplica(deps.db, replicaId.parse(sight.replicaId));
  const seen = await remote.read(id);
  if (!replica || !seen || seen.ownerId !== account.spotifyUserId) return;
  const ours = sight.kind === 'duplicate' && replica.spotifyPlaylistId !== null ? await remote.read(replica.spotifyPlaylistId) : undefined;
  const isSame =
    ours !== undefined &&
    sameOrder(
      ours.uris,
      seen.uris.flatMap((uri) => uri ?? []),
    );
  if (sight.kind === 'duplicate' && seen.uris.length > 0 && !isSame) return;
  const fingerprint = fingerprintOf(seen.uris);
  const body: SyncPlanBody = {
    version: 1,
    replicaId: replica.id,
    batchTag: dayOf(deps.now()),
    seenFingerprint: fingerprint,
    seenFace: seen.details,
    wantedFingerprint: fingerprint,
    wantedFace: seen.details,
    wantedUris: [],
    steps: [{ kind: 'unfollow', spotifyPlaylistId: id, name: seen.details.name }],
    diff: [],
    handEdited: false,
    unfollow: sight.detail,
    cost: { reads: 2, writes: 1 },
  };
  await store(deps, body, id);
}

async function store(deps: Pick<Deps, 'db' | 'now' | 'newId'>, body: SyncPlanBody, target: string): Promise<void> {
  const id = syncPlanId.parse(deps.newId());
  await deps.db.transaction(async (tx) => {
    const isKept = await markUnfollowsStale(tx, target, body.seenFingerprint);
    if (isKept) return;
    await insertSyncPlan(tx, {
      id,
      replicaId: replicaId.parse(body.replicaId),
      batchTag: body.batchTag,
      hash: hashPlan(body),
      status: 'waiting',
      body,
      requestCost: body.cost.reads + body.cost.writes,
      plannedBy: 'system',
      plannedAt: deps.now(),
    });
    await insertOperations(tx, [{ id: deps.newId(), planId: id, sequence: 1, kind: 'unfollow', effectKey: `unfollow:${target}` }]);
  });
}
