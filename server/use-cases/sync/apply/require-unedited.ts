import type { RemotePlaylist } from '#server/providers/ports.ts';
import { listUnresolvedCreates } from '#server/repos/sync/sync-operations.ts';
import { markOpenPlansStale } from '#server/repos/sync/sync-plans.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import { sameDetails } from '#shared/domain/sync/planning/sync-plan.ts';
import { fingerprintOf } from '../plan/plan-hash.ts';
import type { PlaylistSession } from './playlist-session.ts';
import { PlanOutdated } from './sync-errors.ts';

/** What Spotify showed when the plan was made; nothing for a playlist that the plan creates. */
interface SeenAtPlanning {
  readonly creates: boolean;
  readonly seenFace: PlaylistDetails | null;
  readonly seenFingerprint: string | null;
}

/**
 * Reads what Spotify shows right before the writes; undefined for a playlist that the plan creates. If it was edited since planning, its open
 * plans become stale and `conflict` is thrown.
 */
export async function requireUnedited(writer: PlaylistSession, planned: SeenAtPlanning): Promise<RemotePlaylist | undefined> {
  const id = writer.spotifyPlaylistId;
  const seen = planned.creates || id === null ? undefined : await writer.remote.read(id);
  if (await isAsSeen(writer, planned, seen)) return seen;
  const reason = seen || planned.creates ? 'The playlist was edited on Spotify after the plan was made.' : 'The playlist is no longer on Spotify.';
  await markOpenPlansStale(writer.db, writer.owner, { reason });
  throw new PlanOutdated(reason);
}

async function isAsSeen(writer: PlaylistSession, planned: SeenAtPlanning, seen: RemotePlaylist | undefined): Promise<boolean> {
  const { creates, seenFace, seenFingerprint } = planned;
  if (creates) return writer.spotifyPlaylistId === null && (await listUnresolvedCreates(writer.db, writer.owner)).length === 0;
  if (!seen || seenFace === null || seen.ownerId !== writer.account.spotifyUserId) return false;
  return sameDetails(seen.details, seenFace) && fingerprintOf(seen.uris) === seenFingerprint;
}
