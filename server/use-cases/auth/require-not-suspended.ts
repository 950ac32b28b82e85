import type { Db } from '#server/repos/database.ts';
import { findUser } from '#server/repos/auth/users.ts';
import { AppError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';

/** Throws `forbidden` for a person who was suspended while their request was on its way. */
export async function requireNotSuspended(db: Db, userId: UserId): Promise<void> {
  const user = await findUser(db, userId);
  if (user && user.suspendedAt !== null)
    throw new AppError('forbidden', { message: 'Your account is suspended.', remedy: 'Ask the operator to reinstate it.' });
}
