import type { Db } from '#server/repos/database.ts';
import { extendPlacementsShownAgain } from '#server/repos/curation/list-overrides.ts';
import { insertManualMark, markKeptDetails } from '#server/repos/sync/manual-edits.ts';
import { markReplicaSynced } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { ManualEdits } from '#shared/contracts/sync/sync.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { recordingId } from '#shared/ids.ts';
import type { SyncedPlan } from './playlist-session.ts';

/** Records what a replica shows after a plan, and the edits on Spotify that the plan merged. */
export async function recordReplicaSynced(tx: Db, { replica, playlist }: SyncTarget, synced: SyncedPlan): Promise<void> {
  const { day, seen, fingerprint, at, manualEdits, shows } = synced;
  if (manualEdits) await storeManualEdits(tx, { replica, playlist }, { ...manualEdits, day, at });
  if (shows) await extendPlacementsShownAgain(tx, playlist.id, { shows, day });
  await markReplicaSynced(tx, replica.id, { fingerprint, remoteSnapshotId: seen.snapshotId, syncedDay: day, syncedAt: at });
}

/** Manual edits take effect from the next day's list; the list of the plan's day already exists. */
async function storeManualEdits(
  tx: Db,
  { playlist, replica }: Pick<SyncTarget, 'playlist' | 'replica'>,
  { at, day, ...edits }: ManualEdits & { day: string; at: Date },
): Promise<void> {
  const sinceDay = dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS));
  for (const line of edits.lines) {
    if (line.kind !== 'added' && line.kind !== 'removed') continue;
    if (line.recordingId === null || (line.fate !== 'pinned' && line.fate !== 'banned')) continue;
    const kind = line.fate === 'pinned' ? 'pin' : 'ban';
    const position = line.kind === 'added' ? line.position : null;
    await insertManualMark(tx, { playlistId: playlist.id, recordingId: recordingId.parse(line.recordingId), kind, position, sinceDay, at });
  }
  await markKeptDetails(tx, replica.id, edits.keptFace);
}
