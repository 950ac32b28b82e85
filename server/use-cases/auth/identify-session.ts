import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findLiveSession, markSessionSeen } from '#server/repos/auth/sessions.ts';
import type { LiveSession } from '#server/repos/auth/sessions.ts';
import { digest } from './secrets.ts';
import { isSeenAtDue, sessionLimits } from './session-limits.ts';

/** The actor of a session secret; anonymous when it is unknown, idle too long or expired. */
export async function identifySession(deps: Pick<Deps, 'db' | 'now'>, secret: string): Promise<Actor> {
  const now = deps.now();
  const session = await findLiveSession(deps.db, digest(secret), sessionLimits(now));
  if (!session) return { kind: 'anonymous' };
  if (isSeenAtDue(now, session.lastSeenAt)) await markSessionSeen(deps.db, session.idHash, now);
  return actorOf(session);
}

function actorOf(session: LiveSession): Actor {
  if (session.userId === null) return { kind: 'admin_key' };
  return { kind: 'user', userId: session.userId, isAdmin: session.role === 'admin' };
}
