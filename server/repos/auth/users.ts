import { userIdentities, users } from '#drizzle/schema/index.ts';
import type { UserId } from '#shared/ids.ts';
import type { Role } from '#shared/vocabulary.ts';
import { and, asc, count, eq, isNull } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

type User = typeof users.$inferSelect;
type Identity = typeof userIdentities.$inferSelect;

export async function findUser(db: Db, id: UserId): Promise<User | undefined> {
  const [user] = await db.select().from(users).where(eq(users.id, id));
  return user;
}

/** The user of a vendor's subject. */
export async function findUserIdByIdentity(db: Db, provider: string, subject: string): Promise<UserId | undefined> {
  const [identity] = await db
    .select({ userId: userIdentities.userId })
    .from(userIdentities)
    .where(and(eq(userIdentities.provider, provider), eq(userIdentities.subject, subject)));
  return identity?.userId;
}

export async function listIdentities(db: Db, id: UserId): Promise<readonly Identity[]> {
  return db.select().from(userIdentities).where(eq(userIdentities.userId, id)).orderBy(asc(userIdentities.linkedAt));
}

export async function insertUser(db: Db, user: typeof users.$inferInsert): Promise<void> {
  await db.insert(users).values(user);
}

export async function insertIdentity(db: Db, identity: Identity): Promise<void> {
  await db.insert(userIdentities).values(identity);
}

/** Records a sign-in and updates name and picture from the vendor. */
export async function markUserSignedIn(db: Db, id: UserId, seen: { displayName: string; avatarUrl: string | null; at: Date }): Promise<void> {
  await db.update(users).set({ displayName: seen.displayName, avatarUrl: seen.avatarUrl, lastSignedInAt: seen.at }).where(eq(users.id, id));
}

/** False when there is no such user. */
export async function markUserRole(db: Db, id: UserId, role: Role): Promise<boolean> {
  const changed = await db.update(users).set({ role }).where(eq(users.id, id)).returning({ id: users.id });
  return changed.length > 0;
}

/** Suspends a person, or with null ends it. False when there is no such user. */
export async function markUserSuspended(db: Db, id: UserId, suspended: { readonly at: Date; readonly by: string } | null): Promise<boolean> {
  const set = { suspendedAt: suspended?.at ?? null, suspendedBy: suspended?.by ?? null };
  return (await db.update(users).set(set).where(eq(users.id, id)).returning({ id: users.id })).length > 0;
}

/** Admins who can sign in. */
export async function countActiveAdmins(db: Db): Promise<number> {
  const [found] = await db
    .select({ admins: count() })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.suspendedAt)));
  return found?.admins ?? 0;
}
