import { assets, collectionEntries, collections, users } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { isOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import type { CollectionRow } from '#server/repos/studio/library/collections.ts';
import type { AssetId, CollectionId, UserId } from '#shared/ids.ts';
import type { Sharing } from '#shared/vocabulary.ts';
import { and, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';

/** Sets who may see a person's own assets. A new share gets a token of `newToken`; one that is shared already keeps its own. Returns those that are theirs and not deleted. */
export async function markAssetSharing(
  db: Db,
  { ids, userId }: { readonly ids: readonly AssetId[]; readonly userId: UserId | null },
  { sharing, newToken }: { readonly sharing: Sharing; readonly newToken: (id: AssetId) => string },
): Promise<{ readonly id: AssetId; readonly shareToken: string | null }[]> {
  const marked: { readonly id: AssetId; readonly shareToken: string | null }[] = [];
  for (const id of ids) {
    const shareToken = sharing === 'private' ? null : sql<string>`coalesce(${assets.shareToken}, ${newToken(id)})`;
    const [row] = await db
      .update(assets)
      .set({ sharing, shareToken })
      .where(and(eq(assets.id, id), isOwnAsset(userId), isNull(assets.deletedAt)))
      .returning({ id: assets.id, shareToken: assets.shareToken });
    if (row) marked.push(row);
  }
  return marked;
}

/** The asset that a token shares; undefined when it is deleted or not shared any more. */
export async function findAssetByToken(db: Db, token: string): Promise<AssetRow | undefined> {
  return (
    await db
      .select()
      .from(assets)
      .where(and(eq(assets.shareToken, token), isNull(assets.deletedAt)))
  )[0];
}

export async function findCollectionByToken(db: Db, token: string): Promise<CollectionRow | undefined> {
  return (await db.select().from(collections).where(eq(collections.shareToken, token)))[0];
}

/** An asset that is shared alone, or with a collection. */
export async function findSharedAsset(db: Db, id: AssetId): Promise<AssetRow | undefined> {
  const inShared = sql`exists (select 1 from ${collectionEntries} e join ${collections} c on c.id = e.collection_id where e.asset_id = ${assets.id} and c.sharing <> 'private')`;
  return (
    await db
      .select()
      .from(assets)
      .where(and(eq(assets.id, id), isNull(assets.deletedAt), sql`(${ne(assets.sharing, 'private')} or ${inShared})`))
  )[0];
}

/** What a shared collection shows, newest first. */
export async function listCollectionAssets(db: Db, id: CollectionId, limit: number): Promise<AssetRow[]> {
  const rows = await db
    .select({ asset: assets })
    .from(collectionEntries)
    .innerJoin(assets, and(eq(assets.id, collectionEntries.assetId), isNull(assets.deletedAt)))
    .where(eq(collectionEntries.collectionId, id))
    .orderBy(desc(collectionEntries.addedAt), desc(assets.id))
    .limit(limit);
  return rows.map(({ asset }) => asset);
}

/** A person's public assets, newest first. */
export async function listPublicAssets(db: Db, userId: UserId | null, limit: number): Promise<AssetRow[]> {
  return db
    .select()
    .from(assets)
    .where(and(isOwnAsset(userId), isNull(assets.deletedAt), eq(assets.sharing, 'public')))
    .orderBy(assets.userId, sql`${assets.createdAt} desc`, sql`${assets.id} desc`)
    .limit(limit);
}

/** A person's public collections that show something, last changed first. */
export async function listPublicCollections(
  db: Db,
  userId: UserId | null,
  limit: number,
): Promise<{ readonly id: CollectionId; readonly name: string; readonly shareToken: string; readonly count: number }[]> {
  const own = userId === null ? isNull(collections.userId) : eq(collections.userId, userId);
  const showsSomething = sql`exists (select 1 from collection_entries e join assets a on a.id = e.asset_id and a.deleted_at is null where e.collection_id = ${collections.id})`;
  const rows = await db
    .select({
      id: collections.id,
      name: collections.name,
      shareToken: collections.shareToken,
      count: sql<number>`(select count(*)::int from collection_entries e join assets a on a.id = e.asset_id and a.deleted_at is null where e.collection_id = collections.id)`,
    })
    .from(collections)
    .where(and(own, eq(collections.sharing, 'public'), isNotNull(collections.shareToken), showsSomething))
    .orderBy(desc(collections.changedAt))
    .limit(limit);
  return rows.flatMap(({ shareToken, ...row }) => (shareToken === null ? [] : [{ ...row, shareToken }]));
}

/** The name that a person is shown by; undefined for nobody. */
export async function findMakerName(db: Db, id: UserId): Promise<string | undefined> {
  return (
    await db
      .select({ name: users.displayName })
      .from(users)
      .where(inArray(users.id, [id]))
  )[0]?.name;
}
