import type { Db } from '#server/repos/database.ts';
import { isSharedWithRolledBack, lockShownDays } from '#server/repos/curation/group-claims.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Locks what playlists show on the day until the transaction ends. Throws `rate_limited`, so that the day is decided again, when a playlist that was
 * rolled back in the meantime shows a recording that another list of its group was given.
 */
export async function requireExclusivity(tx: Db, day: string): Promise<void> {
  await lockShownDays(tx);
  if (!(await isSharedWithRolledBack(tx, day))) return;
  throw new AppError('rate_limited', { message: 'A playlist was rolled back in the meantime. The lists are decided again.', retryAfterMs: 1_000 });
}
