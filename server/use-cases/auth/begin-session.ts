import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { deleteExpiredOauthAttempts } from '#server/repos/auth/oauth-attempts.ts';
import { deleteExpiredSessions, deleteSession, insertSession } from '#server/repos/auth/sessions.ts';
import type { UserId } from '#shared/ids.ts';
import type { Role } from '#shared/vocabulary.ts';
import { adminKeyTag, digest } from './secrets.ts';
import { sessionEnd, sessionLimits } from './session-limits.ts';

/** What the request handler needs to set the cookie. The secret exists nowhere else outside a browser. */
export interface NewSession {
  readonly secret: string;
  readonly expiresAt: Date;
}

/** Starts a session with a new secret, tied to the admin key if it was opened with one, ends the browser's previous one, and deletes expired sessions and attempts. */
export async function beginSession(
  deps: Pick<Deps, 'now' | 'newSecret'>,
  tx: Db,
  request: { userId: UserId | null; role: Role; replaces: string | undefined; adminKey?: string },
): Promise<NewSession> {
  const now = deps.now();
  const secret = deps.newSecret();
  const expiresAt = sessionEnd(now, request.role === 'admin');
  if (request.replaces !== undefined) await deleteSession(tx, digest(request.replaces));
  await deleteExpiredSessions(tx, sessionLimits(now));
  await deleteExpiredOauthAttempts(tx, now);
  const idHash = digest(secret);
  const tag = request.adminKey === undefined ? null : adminKeyTag(digest(request.adminKey), idHash);
  await insertSession(tx, { idHash, adminKeyTag: tag, userId: request.userId, role: request.role, createdAt: now, lastSeenAt: now, expiresAt });
  return { secret, expiresAt };
}
