import { assets, collectionEntries, collections } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { isOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetId, CollectionId, UserId } from '#shared/ids.ts';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';

export type CollectionRow = typeof collections.$inferSelect;

interface OwnCollection {
  readonly id: CollectionId;
  /** Null: the operator with the admin key. */
  readonly userId: UserId | null;
}

const isOwner = (userId: UserId | null) => (userId === null ? isNull(collections.userId) : eq(collections.userId, userId));
const isOwn = ({ id, userId }: OwnCollection) => and(eq(collections.id, id), isOwner(userId));

/** A person's collections, last changed first, each with the number of its assets and the newest of them. Deleted assets do not count. */
export async function listCollectionRows(
  db: Db,
  userId: UserId | null,
): Promise<{ readonly collection: CollectionRow; readonly count: number; readonly newest: AssetId | null }[]> {
  const present = sql`from collection_entries e join assets a on a.id = e.asset_id and a.deleted_at is null where e.collection_id = ${collections.id}`;
  return db
    .select({
      collection: collections,
      count: sql<number>`(select count(*)::int ${present})`,
      newest: sql<AssetId | null>`(select a.id ${present} order by e.added_at desc, a.id desc limit 1)`,
    })
    .from(collections)
    .where(isOwner(userId))
    .orderBy(desc(collections.changedAt), desc(collections.id));
}

export async function countCollections(db: Db, userId: UserId | null): Promise<number> {
  const [found] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(collections)
    .where(isOwner(userId));
  return found?.count ?? 0;
}

/** A collection of a person. Undefined when it is somebody else's. */
export async function findOwnCollection(db: Db, own: OwnCollection): Promise<CollectionRow | undefined> {
  return (await db.select().from(collections).where(isOwn(own)))[0];
}

export async function insertCollection(db: Db, row: typeof collections.$inferInsert): Promise<void> {
  await db.insert(collections).values(row);
}

/** Changes a collection of a person; false when there is none. */
export async function markCollection(
  db: Db,
  own: OwnCollection,
  change: Partial<Pick<CollectionRow, 'name' | 'sharing' | 'shareToken'>> & { readonly changedAt: Date },
): Promise<boolean> {
  return (await db.update(collections).set(change).where(isOwn(own)).returning({ id: collections.id })).length > 0;
}

/** Deletes a collection of a person; its assets stay. False when there is none. */
export async function deleteCollection(db: Db, own: OwnCollection): Promise<boolean> {
  return (await db.delete(collections).where(isOwn(own)).returning({ id: collections.id })).length > 0;
}

/** Adds a person's own assets to a collection, without deleted ones and without those it has, and returns how many are new. */
export async function insertEntries(
  db: Db,
  { id, userId, ids, at }: OwnCollection & { readonly ids: readonly AssetId[]; readonly at: Date },
): Promise<number> {
  const own = db
    .select({
      collectionId: sql<CollectionId>`${id}::uuid`.as('collection_id'),
      assetId: assets.id,
      addedAt: sql<Date>`${at.toISOString()}::timestamptz`.as('added_at'),
    })
    .from(assets)
    .where(and(inArray(assets.id, [...ids]), isOwnAsset(userId), isNull(assets.deletedAt)));
  const added = await db.insert(collectionEntries).select(own).onConflictDoNothing().returning({ assetId: collectionEntries.assetId });
  return added.length;
}

/** Takes assets out of a collection and returns how many were in it. */
export async function deleteEntries(db: Db, id: CollectionId, ids: readonly AssetId[]): Promise<number> {
  const removed = await db
    .delete(collectionEntries)
    .where(and(eq(collectionEntries.collectionId, id), inArray(collectionEntries.assetId, [...ids])))
    .returning({ assetId: collectionEntries.assetId });
  return removed.length;
}
