import { assets, covers } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AssetId, CoverId, RenderId, UserId } from '#shared/ids.ts';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';

export type CoverRow = typeof covers.$inferSelect;
type NewCover = typeof covers.$inferInsert;
/** What a step changes; the revision and the time are set with it. */
export type CoverChange = Partial<Omit<NewCover, 'id' | 'userId' | 'revision' | 'createdAt' | 'changedAt'>>;

interface Owned {
  readonly id: CoverId;
  /** Null: the operator with the admin key. */
  readonly userId: UserId | null;
}

const isOwn = ({ id, userId }: Owned) => and(eq(covers.id, id), userId === null ? isNull(covers.userId) : eq(covers.userId, userId));

export async function insertCover(db: Db, cover: NewCover): Promise<void> {
  await db.insert(covers).values(cover);
}

/** A cover of a person. Undefined when it is somebody else's. */
export async function findOwnCover(db: Db, owned: Owned): Promise<CoverRow | undefined> {
  return (await db.select().from(covers).where(isOwn(owned)))[0];
}

/** The same, locked until the transaction ends. */
export async function lockOwnCover(tx: Db, owned: Owned): Promise<CoverRow | undefined> {
  return (await tx.select().from(covers).where(isOwn(owned)).for('update'))[0];
}

/** Changes a cover that the transaction has locked, and counts the change. */
export async function updateCover(tx: Db, id: CoverId, { at, ...change }: CoverChange & { readonly at: Date }): Promise<void> {
  await tx
    .update(covers)
    .set({ ...change, revision: sql`${covers.revision} + 1`, changedAt: at })
    .where(eq(covers.id, id));
}

/** Deletes a cover of a person; false when there is none. Its pictures and uploads stay. */
export async function deleteOwnCover(db: Db, owned: Owned): Promise<boolean> {
  return (await db.delete(covers).where(isOwn(owned)).returning({ id: covers.id })).length > 0;
}

/** A person's covers, last changed first, after a place in that order. */
export async function listOwnCovers(
  db: Db,
  { userId, after, limit }: { userId: UserId | null; after: { readonly at: Date; readonly id: CoverId } | undefined; limit: number },
): Promise<CoverRow[]> {
  const own = userId === null ? isNull(covers.userId) : eq(covers.userId, userId);
  const later = after && sql`(${covers.changedAt}, ${covers.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return db.select().from(covers).where(and(own, later)).orderBy(desc(covers.changedAt), desc(covers.id)).limit(limit);
}

/** A stored picture of a person, as far as choosing it needs. */
export interface PictureAsset {
  readonly id: AssetId;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly renderId: RenderId | null;
}

/** The person's own among these assets. */
export async function listOwnPictures(db: Db, { ids, userId }: { ids: readonly AssetId[]; userId: UserId | null }): Promise<PictureAsset[]> {
  if (ids.length === 0) return [];
  const own = userId === null ? isNull(assets.userId) : eq(assets.userId, userId);
  return db
    .select({ id: assets.id, sha256: assets.sha256, mediaType: assets.mediaType, bytes: assets.bytes, renderId: assets.renderId })
    .from(assets)
    .where(and(inArray(assets.id, [...ids]), own));
}
