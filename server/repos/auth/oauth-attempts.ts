import { oauthAttempts } from '#drizzle/schema/index.ts';
import { eq, lt } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type OauthAttempt = typeof oauthAttempts.$inferSelect;

export async function insertOauthAttempt(db: Db, attempt: OauthAttempt): Promise<void> {
  await db.insert(oauthAttempts).values(attempt);
}

export async function findOauthAttempt(db: Db, stateHash: string): Promise<OauthAttempt | undefined> {
  const [attempt] = await db.select().from(oauthAttempts).where(eq(oauthAttempts.stateHash, stateHash));
  return attempt;
}

/** Deletes an attempt. True for exactly one caller, however many present the same state at once. */
export async function deleteOauthAttempt(db: Db, stateHash: string): Promise<boolean> {
  const deleted = await db.delete(oauthAttempts).where(eq(oauthAttempts.stateHash, stateHash));
  return deleted.rowCount === 1;
}

export async function deleteExpiredOauthAttempts(db: Db, now: Date): Promise<void> {
  await db.delete(oauthAttempts).where(lt(oauthAttempts.expiresAt, now));
}
