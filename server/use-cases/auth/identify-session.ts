import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findLiveSession, markSessionSeen } from '#server/repos/auth/sessions.ts';
import type { LiveSession } from '#server/repos/auth/sessions.ts';
import { adminKeyTag, digest } from './secrets.ts';
import { isSeenAtDue, sessionLimits } from './session-limits.ts';

/** The actor of a session secret; anonymous when it is unknown, idle too long, expired, or its admin key is no longer configured. */
export async function identifySession(deps: Pick<Deps, 'db' | 'now' | 'settings'>, secret: string): Promise<Actor> {
  const now = deps.now();
  const session = await findLiveSession(deps.db, digest(secret), sessionLimits(now));
  if (!session || isKeyRemoved(deps, session)) return { kind: 'anonymous' };
  if (isSeenAtDue(now, session.lastSeenAt)) await markSessionSeen(deps.db, session.idHash, now);
  return actorOf(session);
}

/** True for an admin-key session whose key is not one of the settings any more. */
function isKeyRemoved({ settings }: Pick<Deps, 'settings'>, { userId, idHash, adminKeyTag: tag }: LiveSession): boolean {
  return userId === null && !settings.adminKeyDigests.some((keyDigest) => adminKeyTag(keyDigest, idHash) === tag);
}

function actorOf(session: LiveSession): Actor {
  if (session.userId === null) return { kind: 'admin_key' };
  return { kind: 'user', userId: session.userId, isAdmin: session.role === 'admin' };
}
