import { findAccount } from '#server/repos/accounts/accounts.ts';
import { findPlaylistCover, markCoverKept, markCoverSent } from '#server/repos/sync/playlist-covers.ts';
import type { Replica } from '#server/repos/sync/replicas.ts';
import { wasSentSince } from '#server/repos/sync/sync-operations.ts';
import type { SyncPlanBody, SyncStep } from '#shared/contracts/sync/sync.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';
import { PICTURE_SCOPE } from '#server/use-cases/accounts/account-scopes.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import type { ReplicaSession } from '../apply/with-replica-lock.ts';
import { isRateLimit } from '../apply/sync-errors.ts';
import { coverEffect } from './cover-effect.ts';
import { isSamePicture } from './same-picture.ts';

/**
 * The cover of one copy of a playlist. States: none → sent (Spotify took it; `coverSha256`) → shown (`coverKey`); or kept (`coverKeptKey`): Spotify shows a
 * picture that Segue did not upload, which stays until the operator releases it.
 */
type CoverStep = Extract<SyncStep, { kind: 'cover' }>;

/** An upload whose answer was lost is not repeated within this time: Spotify may show it late. */
const UNKNOWN_MS = HOUR_MS;

/** Whether a copy may need its cover uploaded; what Spotify shows decides. */
export function isCoverDue(replica: Pick<Replica, 'coverSha256' | 'coverKeptKey'>, wanted: string | null | undefined): wanted is string {
  return typeof wanted === 'string' && replica.coverSha256 !== wanted && replica.coverKeptKey === null;
}

/**
 * The step that uploads the playlist's cover; undefined when there is nothing to upload. A picture that Segue did not upload is kept and recorded. A problem
 * with the cover never stops the sync of the list, except a rate limit.
 */
export async function draftCover(writer: ReplicaSession, id: SpotifyPlaylistId | null): Promise<CoverStep | undefined> {
  const { db, deps, playlist, replica, account } = writer;
  const sha256 = (await findPlaylistCover(db, playlist.id))?.sha256;
  if (!isCoverDue(replica, sha256)) return undefined;
  if (!(await findAccount(db, account.id))?.scopes.includes(PICTURE_SCOPE)) return undefined;
  if (id === null) return { kind: 'cover', sha256, beforeKey: null };
  try {
    return await compareShown(writer, id, sha256);
  } catch (error) {
    if (isRateLimit(error) || !(error instanceof AppError)) throw error;
    deps.log.warn('a cover could not be compared; the next sync tries again', { playlistIndex: playlist.globalIndex, error: error.message });
    return undefined;
  }
}

async function compareShown(writer: ReplicaSession, id: SpotifyPlaylistId, sha256: string): Promise<CoverStep | undefined> {
  const { db, deps, replica, remote, signal } = writer;
  const at = deps.now();
  const shown = (await remote.images(id)).find(({ origin }) => origin === 'uploaded');
  if (shown && shown.key !== replica.coverKey) {
    const file = await deps.playlistHost.downloadImage(shown, signal);
    if (await isSamePicture(deps, file, sha256)) {
      await markCoverSent(db, { spotifyPlaylistId: id, sha256, key: shown.key, at });
      return undefined;
    }
    const isEarlier = replica.coverSha256 !== null && (await isSamePicture(deps, file, replica.coverSha256));
    if (!isEarlier) {
      await markCoverKept(db, replica.id, shown.key);
      return undefined;
    }
  }
  const since = new Date(at.getTime() - UNKNOWN_MS);
  if (await wasSentSince(db, coverEffect(replica.id, sha256), since)) return undefined;
  return { kind: 'cover', sha256, beforeKey: shown?.key ?? null };
}

/** A plan with the upload at its end, and its requests: one look before, the upload, and one look after it. */
export function withCover(step: CoverStep | undefined, body: SyncPlanBody): SyncPlanBody {
  if (!step) return body;
  return { ...body, steps: [...body.steps, step], cost: { reads: body.cost.reads + 2, writes: body.cost.writes + 1 } };
}
