import { actorName } from '#server/actor.ts';
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { markUpload } from '#server/repos/covers/cover-uploads.ts';
import type { CoverUpload } from '#server/repos/covers/cover-uploads.ts';
import { lockOwnCover, updateCover } from '#server/repos/covers/covers.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { markCoverSent } from '#server/repos/sync/playlist-covers.ts';
import type { UploadReceipt } from '#shared/contracts/covers/uploads.ts';
import { stepDone } from '#shared/domain/covers/projects/cover-steps.ts';
import type { AccountId } from '#shared/ids.ts';
import { setPlaylistCover } from '../network/set-playlist-cover.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { readShownImage } from './shown-picture.ts';

/** Spotify shows a new picture seconds to minutes later. A longer delay is left to a job. */
const READ_BACK_TRIES = 3;
const READ_BACK_PAUSE_MS = 500;
const FIRST_CHECK_MS = 60_000;

/** Reads back and stores the receipt of an upload that Spotify took, and asks for a check when it is not shown yet. */
export async function recordSent(
  deps: Deps,
  actor: Actor,
  { upload, accountId, signal }: { readonly upload: CoverUpload; readonly accountId: AccountId; readonly signal: AbortSignal },
): Promise<CoverUpload> {
  const sentAt = deps.now();
  const key = await readBack(deps, { upload, accountId, signal });
  const receipt: UploadReceipt = {
    sentAt: sentAt.toISOString(),
    shownAt: key === null ? null : deps.now().toISOString(),
    checkedAt: deps.now().toISOString(),
    key,
    says: key === null ? 'Spotify has taken the cover and does not show it yet. Segue checks again automatically.' : 'Spotify shows the cover.',
  };
  const state = key === null ? 'sent' : 'shown';
  const { playlistId, spotifyPlaylistId, coverId, userId, plan } = upload;
  const jpeg = playlistId === null ? undefined : await deps.assets.read(plan.after.sha256);
  await deps.db.transaction(async (tx) => {
    await markUpload(tx, { id: upload.id, from: ['sending'], state, receipt, sentAt, changedAt: deps.now() });
    const cover = coverId === null ? undefined : await lockOwnCover(tx, { id: coverId, userId });
    if (cover) await updateCover(tx, cover.id, { steps: stepDone(cover.steps, 'upload'), at: deps.now() });
    if (key === null) {
      const runAt = new Date(deps.now().getTime() + FIRST_CHECK_MS);
      await enqueueJob(tx, 'check-cover-uploads', { payload: { uploadId: upload.id, checks: 1 }, key: `check-cover:${upload.id}`, runAt });
    }
    await markCoverSent(tx, { spotifyPlaylistId, sha256: plan.after.sha256, key, at: sentAt });
  });
  if (playlistId !== null && jpeg) await setPlaylistCover(deps, { playlistId, jpeg, source: 'manual', facts: null, by: actorName(actor) });
  return { ...upload, state, receipt, sentAt };
}

/** Spotify's name for the new picture; null while it shows the old one, or cannot be asked. */
async function readBack(
  deps: Deps,
  { upload, accountId, signal }: { upload: CoverUpload; accountId: AccountId; signal: AbortSignal },
): Promise<string | null> {
  for (let tries = 1; tries <= READ_BACK_TRIES; tries += 1) {
    const image = await readShownImage(deps, { accountId, id: upload.spotifyPlaylistId, signal }).catch(() => undefined);
    if (image && image.origin === 'uploaded' && image.key !== upload.plan.before.key) return image.key;
    if (tries < READ_BACK_TRIES) await pause(READ_BACK_PAUSE_MS, undefined, { signal }).catch(() => {});
  }
  return null;
}
