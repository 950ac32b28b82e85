import type { RemotePlaylist } from '#server/providers/ports.ts';
import { findLastReceipt, findReceiptUris, findUnfinishedWrites, listRecordingsOf } from '#server/repos/sync/manual-edits.ts';
import type { LastReceipt } from '#server/repos/sync/manual-edits.ts';
import { findPublishedList } from '#server/repos/curation/snapshots-read.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import { mergeManualEdits, sameDetails } from '#shared/domain/sync/planning/sync-plan.ts';
import type { ManualEditMerge, ThreeWayLists } from '#shared/domain/sync/planning/sync-plan.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import type { ReplicaSession } from '../apply/with-replica-lock.ts';
import { fingerprintOf } from '../plan/plan-hash.ts';

interface Wanted {
  readonly face: PlaylistDetails;
  readonly uris: readonly string[];
}

const TRACK_URI = 'spotify:track:';

/**
 * Merges edits made on Spotify since the last receipt into the day's list (base: the receipt, theirs: what Spotify shows, ours: the wanted list).
 * Without a receipt edits cannot be detected, and the wanted list is returned unchanged.
 */
export async function mergeEditsOnSpotify(
  writer: ReplicaSession,
  seen: RemotePlaylist,
  { day, ...wanted }: Wanted & { day: string },
): Promise<{ wanted: Wanted; merge: ManualEditMerge | undefined }> {
  const { db, replica, playlist } = writer;
  const isUnedited = fingerprintOf(seen.uris) === replica.fingerprint;
  const last = await findLastReceipt(db, replica.id);
  if (!last || (isUnedited && !last.manualEdits && sameDetails(seen.details, last.details))) return { wanted, merge: undefined };
  const unfinished = await findUnfinishedWrites(db, replica.id, last.plannedAt);
  const base = isUnedited ? seen.uris.flatMap((uri) => uri ?? []) : await readBaseList(writer, last);
  const recordings = await listRecordingsOf(db, changedTracks(base, seen.uris));
  const merge = mergeManualEdits({
    lists: { base, theirs: seen.uris, ours: wanted.uris, unfinishedUris: unfinished?.uris, ...carriedEdits(last, day) },
    details: { base: last.details, theirs: seen.details, earlier: [wanted.face, ...last.earlier, ...(unfinished?.faces ?? [])] },
    mode: playlist.handEdits,
    keptDetails: replica.keptFace,
    recordingOf: (uri) => trackIdsIn(uri).map((id) => recordings.get(id) ?? null)[0] ?? null,
  });
  return { wanted: { uris: merge.uris, face: { ...wanted.face, ...merge.manualEdits?.keptFace } }, merge };
}

/**
 * Manual edits apply for the receipt's day. After that pins and bans decide, and a track that is not in the catalog stays until it is removed on
 * Spotify.
 */
function carriedEdits({ manualEdits, day: receiptDay }: LastReceipt, day: string): Pick<ThreeWayLists, 'keptAdditions' | 'keptRemovals'> {
  if (!manualEdits) return {};
  if (receiptDay === day) return { keptAdditions: manualEdits.outside, keptRemovals: manualEdits.away };
  const pinned = new Set(manualEdits.lines.flatMap((line) => (line.kind === 'added' && line.fate === 'pinned' ? [line.uri] : [])));
  return { keptAdditions: manualEdits.outside.filter((uri) => !pinned.has(uri)) };
}

/** The list of the last receipt; if a later day was found unchanged without a write, that day's list. */
async function readBaseList({ db, replica, playlist }: ReplicaSession, last: LastReceipt): Promise<readonly string[]> {
  const day = replica.syncedDay;
  if (day === null || day === last.day) return findReceiptUris(db, replica.id);
  const list = await findPublishedList(db, playlist.id, day);
  return list ? list.trackIds.map((id) => `${TRACK_URI}${id}`) : findReceiptUris(db, replica.id);
}

function changedTracks(base: readonly string[], theirs: readonly (string | null)[]) {
  const before = new Set<string | null>(base);
  const now = new Set(theirs);
  const changed = [...theirs.filter((uri) => !before.has(uri)), ...base.filter((uri) => !now.has(uri))];
  return changed.flatMap((uri) => (uri === null ? [] : trackIdsIn(uri)));
}

function trackIdsIn(uri: string) {
  const parsed = spotifyTrackId.safeParse(uri.startsWith(TRACK_URI) ? uri.slice(TRACK_URI.length) : '');
  return parsed.success ? [parsed.data] : [];
}
