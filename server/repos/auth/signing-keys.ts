import { signingKeys } from '#drizzle/schema/index.ts';
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type SigningKeyRow = typeof signingKeys.$inferSelect;

/** The signing key in use; undefined before the first. */
export async function findSigningKeyInUse(db: Db): Promise<SigningKeyRow | undefined> {
  const [row] = await db.select().from(signingKeys).where(isNull(signingKeys.validTo));
  return row;
}

/** The same, locked until the transaction ends. */
export async function lockSigningKeyInUse(db: Db): Promise<SigningKeyRow | undefined> {
  const [row] = await db.select().from(signingKeys).where(isNull(signingKeys.validTo)).for('update');
  return row;
}

/** All signing keys that have been used or are in use, newest first. */
export async function listSigningKeyRows(db: Db): Promise<SigningKeyRow[]> {
  return db.select().from(signingKeys).orderBy(desc(signingKeys.validFrom), signingKeys.fingerprint);
}

/** Inserts a key as the one in use. Does nothing when there is one, or when this key was used before. */
export async function insertSigningKey(db: Db, key: Pick<SigningKeyRow, 'fingerprint' | 'publicKey' | 'sealedSeed' | 'validFrom'>): Promise<void> {
  await db.insert(signingKeys).values(key).onConflictDoNothing();
}

/** Deletes a key that has signed nothing. False when it has, or is not stored. */
export async function deleteUnusedSigningKey(db: Db, fingerprint: string): Promise<boolean> {
  const isUnused = and(eq(signingKeys.fingerprint, fingerprint), isNull(signingKeys.firstSignedAt), isNull(signingKeys.validTo));
  const deleted = await db.delete(signingKeys).where(isUnused).returning({ fingerprint: signingKeys.fingerprint });
  return deleted.length > 0;
}

/** Records the first use of a key. False when it is no longer in use. */
export async function markSigningKeyUsed(db: Db, fingerprint: string, at: Date): Promise<boolean> {
  const marked = await db
    .update(signingKeys)
    .set({ firstSignedAt: sql`coalesce(${signingKeys.firstSignedAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(signingKeys.fingerprint, fingerprint), isNull(signingKeys.validTo)))
    .returning({ fingerprint: signingKeys.fingerprint });
  return marked.length > 0;
}

/** Ends the use of a key and forgets its private half. */
export async function markSigningKeyReplaced(db: Db, fingerprint: string, at: Date): Promise<void> {
  await db.update(signingKeys).set({ validTo: at, sealedSeed: null }).where(eq(signingKeys.fingerprint, fingerprint));
}

/** Locks the encrypted seed of the key in use, if a token key other than `keyId` encrypts it. */
export async function lockSeedWithOldKey(db: Db, keyId: string): Promise<{ fingerprint: string; sealedSeed: string } | undefined> {
  const isOther = and(isNotNull(signingKeys.sealedSeed), sql`split_part(${signingKeys.sealedSeed}, '.', 2) <> ${keyId}`);
  const { fingerprint, sealedSeed } = signingKeys;
  const [row] = await db.select({ fingerprint, sealedSeed }).from(signingKeys).where(isOther).for('update');
  return row && row.sealedSeed !== null ? { fingerprint: row.fingerprint, sealedSeed: row.sealedSeed } : undefined;
}

/** Stores the same seed encrypted with another token key. */
export async function markSeedResealed(db: Db, fingerprint: string, sealedSeed: string): Promise<void> {
  await db.update(signingKeys).set({ sealedSeed }).where(eq(signingKeys.fingerprint, fingerprint));
}
