import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import { findRivalUpload, findUpload, markUpload } from '#server/repos/covers/cover-uploads.ts';
import type { CoverUpload } from '#server/repos/covers/cover-uploads.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { Database, Db } from '#server/repos/database.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import type { ApplyUploadInput, UploadView } from '#shared/contracts/covers/uploads.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { requireOwnUpload } from './own-upload.ts';
import { recordSent } from './record-sent.ts';
import { readShownImage } from './shown-picture.ts';
import { uploadView } from './upload-view.ts';

const PATIENCE_MS = 60_000;
const AFTER_CRASH_MS = 2 * MINUTE_MS;
const PLAN_AGAIN = 'Plan the upload again to see what the playlist shows now.';

/**
 * Uploads exactly what was previewed: intent → upload → read back → receipt, one upload to a playlist at a time. Throws `conflict` when the plan is not
 * open, when its hash differs, and when the playlist got another picture since planning; `forbidden` when the account did not allow image uploads.
 */
export async function applyUpload(
  deps: Deps,
  actor: Actor,
  input: ApplyUploadInput & { readonly signal?: AbortSignal | undefined },
): Promise<UploadView> {
  const { spotifyPlaylistId } = await requireOwnUpload(deps, actor, input.uploadId);
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = input.signal ? AbortSignal.any([input.signal, limit]) : limit;
  const locked = await withAdvisoryLocks(deps.pool, [`segue.cover:${spotifyPlaylistId}`], async (db) => {
    const upload = requireOpen(await requireOwnUpload({ db }, actor, input.uploadId), input.hash);
    const accountId = await requireUnchanged(deps, db, { upload, signal });
    await send(deps, db, { upload, accountId, signal });
    return recordSent(deps, actor, { upload, accountId, signal });
  });
  if (locked.kind === 'busy') {
    throw new AppError('conflict', { message: 'Somebody is uploading a cover to this playlist right now.', remedy: `Wait a moment. ${PLAN_AGAIN}` });
  }
  return uploadView(deps, (await findUpload(deps.db, input.uploadId)) ?? locked.value);
}

const NOT_OPEN: Readonly<Record<Exclude<CoverUpload['state'], 'planned'>, string>> = {
  sending: 'This upload was begun, and its result is not known yet.',
  sent: 'This cover was already uploaded.',
  shown: 'This cover was already uploaded.',
  failed: 'This upload failed.',
  outdated: 'The playlist got another cover after this was planned.',
};

function requireOpen(upload: CoverUpload, hash: string): CoverUpload {
  if (upload.state !== 'planned') throw new AppError('conflict', { message: NOT_OPEN[upload.state], remedy: PLAN_AGAIN });
  if (upload.hash !== hash)
    throw new AppError('conflict', { message: 'This upload is not the one you were shown.', remedy: PLAN_AGAIN, field: 'hash' });
  const { problem } = upload.plan;
  if (problem) throw new AppError(problem.kind === 'authorize' ? 'forbidden' : 'conflict', { message: problem.message, remedy: problem.remedy });
  return upload;
}

async function requireUnchanged(deps: Deps, db: Db, { upload, signal }: { upload: CoverUpload; signal: AbortSignal }): Promise<AccountId> {
  const { id, spotifyPlaylistId, accountId, plannedAt, plan } = upload;
  if (accountId === null) throw new AppError('conflict', { message: 'The account is no longer connected.', remedy: PLAN_AGAIN });
  const rival = await findRivalUpload(db, { spotifyPlaylistId, id, since: plannedAt });
  const image = rival ? undefined : await readShownImage(deps, { accountId, id: spotifyPlaylistId, signal });
  if (!rival && (image?.key ?? null) === plan.before.key) return accountId;
  await markUpload(db, { id, from: ['planned'], state: 'outdated', changedAt: deps.now() });
  const when = rival?.intendedAt ? ` at ${rival.intendedAt.toISOString().slice(11, 16)} UTC` : '';
  const message = rival
    ? `Another cover was uploaded to ${plan.playlistName}${when}, after this was planned.`
    : `${plan.playlistName} shows another picture than when this was planned.`;
  throw new AppError('conflict', { message, remedy: PLAN_AGAIN });
}

async function send(
  deps: Deps,
  db: Database,
  { upload, accountId, signal }: { upload: CoverUpload; accountId: AccountId; signal: AbortSignal },
): Promise<void> {
  const { id, plan, spotifyPlaylistId } = upload;
  const jpeg = await deps.assets.read(plan.after.sha256);
  if (!jpeg) throw new AppError('unavailable', { message: 'The finished cover is missing on the server.', remedy: 'Set the type again.' });
  const at = deps.now();
  await db.transaction(async (tx) => {
    await markUpload(tx, { id, from: ['planned'], state: 'sending', intendedAt: at, changedAt: at });
    // Should this process die now, the job finds out what became of it.
    const runAt = new Date(at.getTime() + AFTER_CRASH_MS);
    await enqueueJob(tx, 'check-cover-uploads', { payload: { uploadId: id, checks: 1 }, key: `check-cover:${id}`, runAt });
  });
  deps.faultPoint('covers.after_intent');
  const budget = deps.accountBudget(accountId);
  try {
    await withAccessToken(deps, accountId, (token) => deps.playlistHost.uploadImage({ token, budget }, spotifyPlaylistId, jpeg, signal));
  } catch (error) {
    // Uploading is idempotent, and the same plan can be made again; only its result must not be guessed.
    const isKnown = error instanceof AppError && error.code !== 'provider_unavailable';
    if (isKnown) await markUpload(db, { id, from: ['sending'], state: 'failed', changedAt: deps.now() });
    if (error instanceof AppError && error.context?.['kind'] === 'InsufficientScope') {
      throw new AppError('forbidden', {
        message: `${plan.accountName} has not allowed Segue to upload pictures.`,
        remedy: 'Authorize the account again and allow image uploads; then preview the upload again.',
        cause: error,
      });
    }
    throw error;
  }
  deps.faultPoint('covers.after_upload');
}
