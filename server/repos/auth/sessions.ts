import { sessions, users } from '#drizzle/schema/index.ts';
import type { UserId } from '#shared/ids.ts';
import type { Role } from '#shared/vocabulary.ts';
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { isBeyondClockSkew } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';

export interface LiveSession {
  readonly idHash: string;
  readonly userId: UserId | null;
  /** Which admin key opened it; null for a user's session. */
  readonly adminKeyTag: string | null;
  /** The person's current role, not the one at sign-in; `admin` for an admin-key session. */
  readonly role: Role;
  readonly displayName: string | null;
  readonly avatarUrl: string | null;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/**
 * A session that has neither reached its absolute end nor its idle limit, of a person who is not suspended. One created in the future does not count: the clock was set back since, and
 * it would live too long by the length of that jump.
 */
export async function findLiveSession(db: Db, idHash: string, limits: { now: Date; idleSince: Date }): Promise<LiveSession | undefined> {
  const rows = await db
    .select({ session: sessions, user: users })
    .from(sessions)
    .leftJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.idHash, idHash), gt(sessions.expiresAt, limits.now), gt(sessions.lastSeenAt, limits.idleSince)));
  const [row] = rows;
  if (!row || isBeyondClockSkew(row.session.createdAt, limits.now)) return undefined;
  if (row.user && row.user.suspendedAt !== null) return undefined;
  const { session, user } = row;
  return {
    idHash,
    userId: session.userId,
    adminKeyTag: session.adminKeyTag,
    role: user?.role ?? session.role,
    displayName: user?.displayName ?? null,
    avatarUrl: user?.avatarUrl ?? null,
    lastSeenAt: session.lastSeenAt,
    expiresAt: session.expiresAt,
  };
}

export async function insertSession(db: Db, session: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(session);
}

export async function markSessionSeen(db: Db, idHash: string, at: Date): Promise<void> {
  await db.update(sessions).set({ lastSeenAt: at }).where(eq(sessions.idHash, idHash));
}

export async function deleteSession(db: Db, idHash: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.idHash, idHash));
}

/** Deletes all sessions of a user, or for null all that were opened with an admin key. */
export async function deleteSessionsOf(db: Db, userId: UserId | null): Promise<void> {
  await db.delete(sessions).where(userId === null ? isNull(sessions.userId) : eq(sessions.userId, userId));
}

/** Deletes expired sessions; returns how many. */
export async function deleteExpiredSessions(db: Db, limits: { now: Date; idleSince: Date }): Promise<number> {
  const deleted = await db.delete(sessions).where(or(lt(sessions.expiresAt, limits.now), lt(sessions.lastSeenAt, limits.idleSince)));
  return deleted.rowCount ?? 0;
}
