import type { RemotePlaylist } from '#server/providers/ports.ts';
import { findReplica, markReplicaSynced } from '#server/repos/sync/replicas.ts';
import { findPublishedList } from '#server/repos/curation/snapshots-read.ts';
import { abandonOpenOperations } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { markOpenPlansStale } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { computeSyncPlan } from '#shared/domain/sync/planning/sync-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { ReplicaSession } from '../apply/with-replica-lock.ts';
import { readKnownPlaylist } from './read-known-playlist.ts';
import { draftCover, withCover } from '../covers/draft-cover.ts';
import { mergeEditsOnSpotify } from '../manual-edits/merge-manual-edits.ts';
import { fingerprintOf, sha256 } from './plan-hash.ts';
import { requireCurrent } from '../apply/require-current.ts';
import { resolveCreate } from '../apply/resolve-create.ts';
import { recoverInterruptedPlan } from '../apply/recover-interrupted-plan.ts';
import { recordShownAgain } from './record-shown-again.ts';
import { storePlan } from './store-plan.ts';
import { wantedList } from './wanted-list.ts';

/** `look` is what Spotify showed at planning time; undefined when the playlist does not exist yet. */
export type Draft =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'planned'; readonly plan: SyncPlanRow; readonly look: RemotePlaylist | undefined };

interface DraftRequest {
  readonly day: string;
  readonly plannedBy: string;
  /**
   * Whether a playlist missing from Spotify may be created again. True for a person; false for a scheduled run, because Spotify's answer may be
   * wrong.
   */
  readonly mayRecreate: boolean;
}

/**
 * Reads the playlist from Spotify once and stores a plan of the differences; stores nothing when there are none. First recovers what a crashed
 * process left open, so that a plan never starts from a guess. Writes nothing to Spotify.
 */
export async function draftPlan(writer: ReplicaSession, request: DraftRequest): Promise<Draft> {
  await requireCurrent(writer, request.day);
  const list = await findPublishedList(writer.db, writer.playlist.id, request.day);
  if (!list) throw nothingPublished(writer, request.day);
  const adoption = await resolveCreate(writer);
  const id = adoption?.id ?? writer.replica.spotifyPlaylistId;
  const seen = id === null ? undefined : await readKnownPlaylist(writer, id, request.mayRecreate);
  writer.deps.faultPoint('sync.after_look');
  const isRecovered = await recoverInterruptedPlan(writer, seen);
  const replica = (isRecovered && (await findReplica(writer.db, writer.replica.id))) || writer.replica;
  const dayList = wantedList(writer, list, request.day);
  const merged =
    seen && adoption === undefined ? await mergeEditsOnSpotify({ ...writer, replica }, seen, { ...dayList, day: request.day }) : undefined;
  const cover = await draftCover({ ...writer, replica }, seen?.id ?? null);
  const body = withCover(
    cover,
    computeSyncPlan({
      seen,
      wanted: merged?.wanted ?? dayList,
      manualEdits: merged?.merge?.manualEdits,
      shows: list.shows,
      lastFingerprint: merged?.merge ? null : replica.fingerprint,
      digest: sha256,
      replicaId: replica.id,
      batchTag: request.day,
    }),
  );
  const isNothing = body.steps.length === 0 && (body.hand?.lines ?? []).length === 0;
  if (seen && isNothing) return recordUnchanged(writer, seen, { body, plannedBy: request.plannedBy });
  const plan = await storePlan(writer, { body, plannedBy: request.plannedBy, note: adoption?.note ?? null });
  writer.deps.faultPoint('sync.after_plan_stored');
  return { kind: 'planned', plan, look: seen };
}

async function recordUnchanged(writer: ReplicaSession, seen: RemotePlaylist, made: { body: SyncPlanBody; plannedBy: string }): Promise<Draft> {
  const at = writer.deps.now();
  const shown = { fingerprint: fingerprintOf(seen.uris), remoteSnapshotId: seen.snapshotId, syncedDay: made.body.batchTag, syncedAt: at };
  await writer.db.transaction(async (tx) => {
    await markReplicaSynced(tx, writer.replica.id, shown);
    await markOpenPlansStale(tx, writer.owner, { reason: 'Spotify already matched the list.' });
    await abandonOpenOperations(tx, writer.owner, at);
    await recordShownAgain(tx, writer, made);
  });
  return { kind: 'unchanged' };
}

function nothingPublished(writer: ReplicaSession, day: string): AppError {
  return new AppError('not_found', {
    message: `Playlist #${writer.playlist.globalIndex} has no published list for ${day}; Spotify keeps the earlier one.`,
    remedy: 'Open the playlist to see why it could not be filled.',
  });
}
