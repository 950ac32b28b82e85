import type { Deps } from '#server/deps.ts';
import { findUpload, markUpload } from '#server/repos/covers/cover-uploads.ts';
import type { CoverUpload } from '#server/repos/covers/cover-uploads.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { markCoverSent } from '#server/repos/sync/playlist-covers.ts';
import { isSamePicture } from '#server/use-cases/sync/covers/same-picture.ts';
import type { UploadReceipt } from '#shared/contracts/covers/uploads.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/domain/calendar.ts';
import type { CoverUploadId } from '#shared/ids.ts';
import { readShownImage } from './shown-picture.ts';

/** Spotify has been seen to take hours. */
const DEADLINE_MS = DAY_MS;

/**
 * Looks whether Spotify shows an uploaded cover, and completes its receipt. While it does not, asks for another check: after a minute, then two, four and
 * so on up to an hour, for a day. An upload that a crash interrupted is recognized by its picture. Changes nothing when it is settled.
 */
export async function checkUpload(
  deps: Deps,
  { uploadId, checks, signal }: { uploadId: CoverUploadId; checks: number; signal: AbortSignal },
): Promise<void> {
  const upload = await findUpload(deps.db, uploadId);
  if (!upload || (upload.state !== 'sent' && upload.state !== 'sending') || upload.accountId === null) return;
  const image = await readShownImage(deps, { accountId: upload.accountId, id: upload.spotifyPlaylistId, signal });
  const isNew = image !== undefined && image.origin === 'uploaded' && image.key !== upload.plan.before.key;
  const isOurs = isNew && (await isSamePicture(deps, await deps.playlistHost.downloadImage(image, signal), upload.plan.after.sha256));
  const at = deps.now();
  if (isOurs) return settle(deps, upload, { state: 'shown', key: image.key, at, says: 'Spotify shows the cover.' });
  if (isNew)
    return settle(deps, upload, { state: 'outdated', key: null, at, says: 'Spotify shows another picture: the cover was changed after the upload.' });
  const begun = upload.sentAt ?? upload.intendedAt ?? upload.plannedAt;
  if (at.getTime() - begun.getTime() >= DEADLINE_MS) {
    return settle(deps, upload, { state: 'failed', key: null, at, says: 'Spotify took the cover but has not shown it for a day. Upload it again.' });
  }
  const waitMs = Math.min(HOUR_MS, 2 ** Math.min(checks, 10) * MINUTE_MS);
  await deps.db.transaction(async (tx) => {
    if (upload.receipt)
      await markUpload(tx, { id: upload.id, from: ['sent'], receipt: { ...upload.receipt, checkedAt: at.toISOString() }, changedAt: at });
    const job = { payload: { uploadId, checks: checks + 1 }, key: `check-cover:${uploadId}`, runAt: new Date(at.getTime() + waitMs) };
    await enqueueJob(tx, 'check-cover-uploads', job);
  });
}

async function settle(
  deps: Pick<Deps, 'db'>,
  upload: CoverUpload,
  { state, key, at, says }: { state: 'shown' | 'outdated' | 'failed'; key: string | null; at: Date; says: string },
): Promise<void> {
  const sentAt = upload.sentAt ?? at;
  const receipt: UploadReceipt = {
    sentAt: sentAt.toISOString(),
    shownAt: key === null ? null : at.toISOString(),
    checkedAt: at.toISOString(),
    key,
    says,
  };
  await deps.db.transaction(async (tx) => {
    await markUpload(tx, { id: upload.id, from: ['sent', 'sending'], state, receipt, sentAt, changedAt: at });
    if (key !== null) await markCoverSent(tx, { spotifyPlaylistId: upload.spotifyPlaylistId, sha256: upload.plan.after.sha256, key, at: sentAt });
  });
}
