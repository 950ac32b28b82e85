import type { RemotePlaylistSummary } from '#server/providers/ports.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { listKnownSpotifyIds } from '#server/repos/sync/replicas.ts';
import { abandonOperation, findLatestCreate, listUnresolvedCreates } from '#server/repos/sync/sync-operations.ts';
import type { SyncOperationRow } from '#server/repos/sync/sync-operations.ts';
import { findSyncPlan } from '#server/repos/sync/sync-plans.ts';
import { findMarker } from '#shared/domain/sync/replica-marker.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import type { PlaylistSession } from './playlist-session.ts';
import { CreateUnresolved } from './sync-errors.ts';

/** The playlist found to be this one, and a note for the operator about how it was found. */
export interface Adoption {
  readonly id: SpotifyPlaylistId;
  readonly note: string | null;
}

/**
 * Resolves a create whose answer never came: waits until the playlist has had time to appear, then searches the
 * account's playlists. Returns undefined when the create certainly did not happen, or when none was open. Throws `CreateUnresolved` while it is too
 * early to tell.
 *
 * States of a create: intended (sent, no answer) → adopted (found by marker, or by name as a new playlist) | abandoned (not found after the settling
 * time).
 */
export async function resolveCreate(writer: PlaylistSession): Promise<Adoption | undefined> {
  if (writer.spotifyPlaylistId !== null) return undefined;
  const open = await listUnresolvedCreates(writer.db, writer.owner);
  const latest = open[0];
  if (!latest) return undefined;
  requireSettled(writer, latest);
  const own = await writer.remote.list();
  writer.deps.faultPoint('sync.before_adopt');
  const adopted = await adoptMarked(writer, own, await listNewUnmarked(writer, latest, own));
  if (!adopted) for (const operation of open) await abandonOperation(writer.db, operation.id, writer.deps.now());
  writer.deps.faultPoint('sync.after_adopt');
  return adopted;
}

/** Adopts the playlist with our marker, else a new unmarked one; undefined when the account has neither. */
export async function adoptMarked(
  writer: PlaylistSession,
  own: readonly RemotePlaylistSummary[],
  unmarked: readonly RemotePlaylistSummary[] = [],
): Promise<Adoption | undefined> {
  const marked = own.filter((playlist) => findMarker(playlist.description) === writer.marker);
  const [first, ...rest] = marked.length > 0 ? marked : unmarked;
  if (!first) return undefined;
  await writer.markLive(first.id);
  return { id: first.id, note: rest.length > 0 ? await reportDuplicates(writer, first, rest) : null };
}

/** Throws `CreateUnresolved` when a create was sent so recently that Spotify may not show its playlist yet. */
export async function requireCreateSettled(writer: PlaylistSession): Promise<void> {
  const latest = await findLatestCreate(writer.db, writer.owner);
  if (latest) requireSettled(writer, latest);
}

function requireSettled(writer: PlaylistSession, create: SyncOperationRow): void {
  const age = writer.deps.now().getTime() - (create.intendedAt?.getTime() ?? 0);
  const remainingMs = writer.deps.settings.settleMs - age;
  if (remainingMs > 0) throw new CreateUnresolved(writer.label, remainingMs);
}

/** For lists without descriptions: playlists with exactly the planned name that did not exist before and belong to no other playlist of Segue. */
async function listNewUnmarked(
  writer: PlaylistSession,
  create: SyncOperationRow,
  own: readonly RemotePlaylistSummary[],
): Promise<RemotePlaylistSummary[]> {
  const plan = await findSyncPlan(writer.db, create.planId);
  const taken = await listKnownSpotifyIds(writer.db, writer.account.id);
  const before = new Set(create.knownIdsBefore ?? []);
  return own.filter(
    (playlist) =>
      playlist.name === plan?.body.wantedFace.name &&
      !before.has(playlist.id) &&
      !taken.has(playlist.id) &&
      findMarker(playlist.description) === null,
  );
}

async function reportDuplicates(writer: PlaylistSession, kept: RemotePlaylistSummary, rest: readonly RemotePlaylistSummary[]): Promise<string> {
  const note = `Kept ${kept.id}; the account has ${rest.length} more copies of the same playlist. Remove them on Spotify: ${rest.map((one) => one.id).join(', ')}.`;
  writer.deps.log.warn('sync found duplicates of a playlist', { ...writer.owner, kept: kept.id, duplicates: rest.map((one) => one.id) });
  await insertAuditEntry(writer.db, {
    id: writer.deps.newId(),
    at: writer.deps.now(),
    actor: 'system',
    action: 'sync.doubles_found',
    subject: 'replicaId' in writer.owner ? `replica:${writer.owner.replicaId}` : `own_playlist:${writer.owner.ownPlaylistId}`,
    detail: note,
  });
  return note;
}
