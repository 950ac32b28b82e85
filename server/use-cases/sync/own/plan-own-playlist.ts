import type { Deps } from '#server/deps.ts';
import type { RemotePlaylist } from '#server/providers/ports.ts';
import { findOwnTarget, markOwnPlaylist } from '#server/repos/sync/own-playlists.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { DESCRIPTION_CHARS_MAX } from '#shared/domain/curation/naming.ts';
import { dayOf } from '#shared/domain/days.ts';
import { computeSyncPlan } from '#shared/domain/sync/planning/sync-plan.ts';
import { cutText } from '#shared/domain/text.ts';
import type { OwnPlaylistId } from '#shared/ids.ts';
import { recoverInterruptedPlan } from '../apply/recover-interrupted-plan.ts';
import { resolveCreate } from '../apply/resolve-create.ts';
import { sha256 } from '../plan/plan-hash.ts';
import { storePlan } from '../plan/store-plan.ts';
import { isListedOnSpotify } from './is-listed.ts';
import { withOwnPlaylist } from './with-own-playlist.ts';
import type { OwnSession } from './with-own-playlist.ts';

interface WantedPlaylist {
  readonly ownPlaylistId: OwnPlaylistId;
  /** How messages name it, as the beginning of a sentence. */
  readonly label: string;
  readonly name: string;
  readonly description: string;
  readonly uris: readonly string[];
  readonly plannedBy: string;
  readonly signal: AbortSignal;
}

/**
 * Plans how a person's own playlist on Spotify becomes the wanted one, and stores the plan; also one without a change, which writes nothing. A playlist
 * that was deleted on Spotify is created again, and one whose creation was never confirmed is searched for first. A new one is private; the visibility of
 * an existing one stays. Writes nothing to Spotify.
 */
export function planOwnPlaylist(deps: Deps, wanted: WantedPlaylist): Promise<SyncPlanRow> {
  const { ownPlaylistId: id, label, signal } = wanted;
  return withOwnPlaylist(deps, { id, label, signal, purpose: 'look' }, async (writer) => {
    const adoption = await resolveCreate(writer);
    const seen = await readOwn(writer, wanted.ownPlaylistId);
    await recoverInterruptedPlan(writer, seen);
    const stored = await findOwnTarget(writer.db, id);
    const room = DESCRIPTION_CHARS_MAX - writer.marker.length - 1;
    const description = `${cutText(wanted.description, room).trimEnd()} ${writer.marker}`;
    const body = computeSyncPlan({
      seen,
      wanted: { uris: wanted.uris, face: { name: wanted.name, description, isPublic: seen ? null : false } },
      lastFingerprint: stored?.own.fingerprint ?? null,
      digest: sha256,
      replicaId: id,
      batchTag: dayOf(deps.now()),
    });
    return storePlan(writer, { body, plannedBy: wanted.plannedBy, note: adoption?.note ?? null });
  });
}

/** What Spotify shows now; undefined, and recorded as gone, when the person deleted it there. */
async function readOwn(writer: OwnSession, id: OwnPlaylistId): Promise<RemotePlaylist | undefined> {
  const spotifyId = await writer.findSpotifyId();
  if (spotifyId === null) return undefined;
  const seen = (await isListedOnSpotify(writer, spotifyId)) ? await writer.remote.read(spotifyId) : undefined;
  if (seen && seen.ownerId === writer.account.spotifyUserId) return seen;
  await markOwnPlaylist(writer.db, id, null);
  return undefined;
}
