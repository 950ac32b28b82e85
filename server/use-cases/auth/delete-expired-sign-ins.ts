import type { Deps } from '#server/deps.ts';
import { deleteExpiredOauthAttempts } from '#server/repos/auth/oauth-attempts.ts';
import { deleteExpiredSessions } from '#server/repos/auth/sessions.ts';
import { sessionLimits } from './session-limits.ts';

/** Deletes expired sessions and abandoned authorizations, so that neither grows while nobody signs in. */
export async function deleteExpiredSignIns(deps: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const now = deps.now();
  await deleteExpiredSessions(deps.db, sessionLimits(now));
  await deleteExpiredOauthAttempts(deps.db, now);
}
