import { assets, assetSources, collectionEntries, collections } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { isOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { assetId, coverId } from '#shared/ids.ts';
import type { AssetId, CollectionId, CoverId, UserId } from '#shared/ids.ts';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';

/** As many as a panel or a dialog names. */
const NAMED_MAX = 50;

/** What an asset was made from, in the order of the request; the row is null when the source was swept or is another person's. */
export async function listAssetSources(
  db: Db,
  id: AssetId,
  userId: UserId | null,
): Promise<{ readonly id: AssetId; readonly asset: AssetRow | null }[]> {
  return db
    .select({ id: assetSources.sourceId, asset: assets })
    .from(assetSources)
    .leftJoin(assets, and(eq(assets.id, assetSources.sourceId), isOwnAsset(userId)))
    .where(eq(assetSources.assetId, id))
    .orderBy(asc(assetSources.position));
}

/** A person's assets that were made from one of these, newest first, without deleted ones and without these themselves. */
export async function listDerived(db: Db, ids: readonly AssetId[], userId: UserId | null): Promise<AssetRow[]> {
  const made = db
    .select({ id: assetSources.assetId })
    .from(assetSources)
    .where(inArray(assetSources.sourceId, [...ids]));
  return db
    .select()
    .from(assets)
    .where(and(inArray(assets.id, made), isOwnAsset(userId), isNull(assets.deletedAt), sql`${assets.id} <> all(${sql.param(ids)}::uuid[])`))
    .orderBy(desc(assets.createdAt), desc(assets.id))
    .limit(NAMED_MAX);
}

/** The covers that show one of these as their picture or their result. */
export async function listCoversOf(db: Db, ids: readonly AssetId[]): Promise<{ readonly id: CoverId; readonly title: string | null }[]> {
  const found = await db.execute<{ id: string; title: string | null }>(sql`
    select c.id, c.words->>'title' as title from covers c
    where c.picture_asset_id = any(${sql.param(ids)}::uuid[]) or c.result_asset_id = any(${sql.param(ids)}::uuid[])
    order by c.changed_at desc limit ${NAMED_MAX}`);
  return found.rows.map(({ id, title }) => ({ id: coverId.parse(id), title }));
}

/** The collections that hold one of these. */
export async function listCollectionsOf(db: Db, ids: readonly AssetId[]): Promise<{ readonly id: CollectionId; readonly name: string }[]> {
  return db
    .selectDistinct({ id: collections.id, name: collections.name })
    .from(collectionEntries)
    .innerJoin(collections, eq(collections.id, collectionEntries.collectionId))
    .where(inArray(collectionEntries.assetId, [...ids]))
    .orderBy(asc(collections.name), asc(collections.id))
    .limit(NAMED_MAX);
}

/** What else reads these: short links that work, renders in progress that start from them, and the assets that are shared. */
export async function listReaders(
  db: Db,
  ids: readonly AssetId[],
  now: Date,
): Promise<readonly { readonly kind: 'short_link' | 'render' | 'shared'; readonly id: string }[]> {
  const found = await db.execute<{ kind: 'short_link' | 'render' | 'shared'; id: string }>(sql`
    (select 'short_link' as kind, code as id from short_urls
      where asset_id = any(${sql.param(ids)}::uuid[]) and revoked_at is null and coalesce(expires_at > ${now.toISOString()}::timestamptz, true) limit ${NAMED_MAX})
    union all (select 'render', id::text from renders
      where state in ('queued', 'sending', 'waiting', 'storing') and input_files ?| ${sql.param(ids)}::text[] limit ${NAMED_MAX})
    union all (select 'shared', id::text from assets where id = any(${sql.param(ids)}::uuid[]) and sharing <> 'private' limit ${NAMED_MAX})`);
  return found.rows;
}

/** How many files a render made, and still has. */
export async function countOutputs(db: Db, renderId: NonNullable<AssetRow['renderId']>): Promise<number> {
  const [found] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(assets)
    .where(eq(assets.renderId, renderId));
  return found?.count ?? 0;
}

/** Those of the ids that are a person's own and not deleted. */
export async function listPresentIds(db: Db, ids: readonly AssetId[], userId: UserId | null): Promise<AssetId[]> {
  const found = await db
    .select({ id: assets.id })
    .from(assets)
    .where(and(inArray(assets.id, [...ids]), isOwnAsset(userId), isNull(assets.deletedAt)));
  return found.map(({ id }) => assetId.parse(id));
}
