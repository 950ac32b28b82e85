import type { Deps } from '#server/deps.ts';
import { countDislikes, insertDislike } from '#server/repos/discovery/dislikes.ts';
import type { DislikeInput } from '#shared/contracts/discovery/dislikes.ts';
import { AppError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';

/** All of them are read for each search of candidates. */
const DISLIKES_MAX = 5_000;

/**
 * Remembers that a listener does not want a recording or an artist. Repeating it changes nothing. Throws `not_found` for what is not in the catalog and
 * `conflict` above 5,000 dislikes.
 */
export async function addDislike(deps: Pick<Deps, 'db' | 'now'>, { userId }: { readonly userId: UserId }, subject: DislikeInput): Promise<void> {
  if ((await countDislikes(deps.db, userId)) >= DISLIKES_MAX) {
    throw new AppError('conflict', {
      message: 'You have 5,000 dislikes, the maximum.',
      remedy: 'Remove dislikes that you no longer need, then try again.',
    });
  }
  if (await insertDislike(deps.db, userId, { subject, at: deps.now() })) return;
  throw new AppError('not_found', {
    message: subject.kind === 'recording' ? 'This recording is not in the catalog.' : 'This artist is not in the catalog.',
    remedy: 'Search again; it may have been imported under another id.',
    field: subject.kind === 'recording' ? 'recordingId' : 'artistId',
  });
}
