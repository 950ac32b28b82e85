import type { Actor } from '#server/actor.ts';
import { actorName } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import {
  countOwnSubmissions,
  findKnownAlbum,
  findOpenSubmission,
  findOwnSubmission,
  insertSubmission,
  lockSubmissions,
} from '#server/repos/catalog/album-submissions.ts';
import type { SubmissionRow } from '#server/repos/catalog/album-submissions.ts';
import type { Db } from '#server/repos/database.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { SubmissionView, SubmitAlbumInput } from '#shared/contracts/catalog/submissions.ts';
import type { SubmissionSettings } from '#shared/contracts/settings.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { describeSourceFailure } from '#shared/domain/catalog/import-failures.ts';
import { parseAlbumLine } from '#shared/domain/catalog/spotify-link.ts';
import { AppError } from '#shared/errors.ts';
import { submissionId } from '#shared/ids.ts';
import type { SpotifyAlbumId, SubmissionId, UserId } from '#shared/ids.ts';
import { listenerOf } from './listener-of.ts';
import { queueAlbum } from './queue-album.ts';
import { startOfDay } from './start-of-day.ts';
import { toSubmissionView } from './submission-view.ts';

/**
 * Submits one album of a listener: it waits for the operator, or is queued at once where no approval is needed. An album that is known already is told as
 * a duplicate and does not count. Throws `forbidden` while submissions are closed, `invalid_input` for a bad link, `quota_exceeded` at the day's limit.
 */
export async function submitAlbum(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, { link }: SubmitAlbumInput): Promise<SubmissionView> {
  const userId = listenerOf(actor);
  const settings = (await readNetworkSettings(deps.db)).submissions;
  if (!settings.isOpen)
    throw new AppError('forbidden', { message: 'Albums cannot be submitted here.', remedy: 'Ask the operator to import the album.' });
  const albumId = albumOf(link);
  const id = submissionId.parse(deps.newId());
  return deps.db.transaction(async (tx) => {
    await lockSubmissions(tx);
    const own = await findOpenSubmission(tx, userId, albumId);
    if (own && own.sourceStatus !== 'failed') return toSubmissionView({ ...own, isDuplicate: true });
    if (own) {
      // What could not be read is worth another attempt.
      await queueAlbum(tx, { link, albumId, by: actorName(actor), intakeId: deps.newId(), at: deps.now() });
      return toSubmissionView(await requireOwn(tx, { id: submissionId.parse(own.id), userId }));
    }
    const { source, isWaiting } = await findKnownAlbum(tx, albumId);
    const isKnown = source !== null && source !== 'failed';
    const isDuplicate = isKnown || isWaiting;
    const at = deps.now();
    if (!isDuplicate) await requireQuota(tx, { userId, settings, at });
    const decision = isKnown || !settings.needsApproval ? 'accepted' : 'waiting';
    await insertSubmission(tx, { id, userId, link, albumId, decision, isDuplicate, submittedAt: at, changedAt: at });
    if (decision === 'accepted' && !isKnown) await queueAlbum(tx, { link, albumId, by: actorName(actor), intakeId: deps.newId(), at });
    return toSubmissionView(await requireOwn(tx, { id, userId }));
  });
}

async function requireOwn(db: Db, which: { readonly id: SubmissionId; readonly userId: UserId }): Promise<SubmissionRow> {
  const stored = await findOwnSubmission(db, which);
  if (!stored) throw new Error('The submission is gone.');
  return stored;
}

function albumOf(link: string): SpotifyAlbumId {
  const parsed = parseAlbumLine(link);
  if (parsed.kind === 'album') return parsed.id;
  const { problem, remedy } = describeSourceFailure(parsed.failure);
  throw new AppError('invalid_input', { message: problem, remedy, field: 'link' });
}

async function requireQuota(
  db: Db,
  { userId, settings, at }: { readonly userId: UserId; readonly settings: SubmissionSettings; readonly at: Date },
): Promise<void> {
  const since = startOfDay(at);
  if ((await countOwnSubmissions(db, { userId, since })) < settings.perDayMax) return;
  throw new AppError('quota_exceeded', {
    message: `You submitted ${settings.perDayMax} ${settings.perDayMax === 1 ? 'album' : 'albums'} today, the most for one day.`,
    remedy: 'Submit more after midnight UTC.',
    retryAfterMs: since.getTime() + DAY_MS - at.getTime(),
  });
}
