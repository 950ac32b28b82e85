import { shortUrls } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { AssetId, CollectionId, UserId } from '#shared/ids.ts';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

type ShortUrlRow = typeof shortUrls.$inferSelect;

/** A short link with what it needs to work. */
export interface ShortUrlFacts {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly assetId: AssetId | null;
  readonly collectionId: CollectionId | null;
  readonly collectionName: string | null;
  readonly playlistIndex: number | null;
  readonly target: 'shared' | 'private' | 'deleted';
}

/** A short link and the state of its target; undefined for a code that was never given out. */
export async function findShortUrl(db: Db, code: string): Promise<ShortUrlFacts | undefined> {
  const found = await db.execute<{
    expires_at: string | null;
    revoked_at: string | null;
    asset_id: AssetId | null;
    collection_id: CollectionId | null;
    name: string | null;
    global_index: number | null;
    target: ShortUrlFacts['target'];
  }>(sql`
    select s.expires_at, s.revoked_at, s.asset_id, s.collection_id, c.name, p.global_index,
      case
        when s.playlist_id is not null then 'shared'
        when s.asset_id is not null and (a.id is null or a.deleted_at is not null) then 'deleted'
        when s.collection_id is not null and c.id is null then 'deleted'
        when coalesce(c.sharing, a.sharing) <> 'private' then 'shared'
        when exists (select 1 from collection_entries e join collections o on o.id = e.collection_id where e.asset_id = a.id and o.sharing <> 'private') then 'shared'
        else 'private' end as target
    from short_urls s left join assets a on a.id = s.asset_id left join collections c on c.id = s.collection_id left join playlists p on p.id = s.playlist_id
    where s.code = ${code}`);
  const [row] = found.rows;
  if (!row) return undefined;
  return {
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
    assetId: row.asset_id,
    collectionId: row.collection_id,
    collectionName: row.name,
    playlistIndex: row.global_index,
    target: row.target,
  };
}

export async function insertShortUrl(db: Db, row: typeof shortUrls.$inferInsert): Promise<void> {
  await db.insert(shortUrls).values(row);
}

const isOwner = (userId: UserId | null): SQL => (userId === null ? isNull(shortUrls.userId) : eq(shortUrls.userId, userId));

/** A person's short links, newest first; with a target only those that lead to it. */
export async function listShortUrls(
  db: Db,
  userId: UserId | null,
  { target, limit }: { readonly target: Partial<Pick<ShortUrlRow, 'assetId' | 'collectionId' | 'playlistId'>> | undefined; readonly limit: number },
): Promise<(ShortUrlRow & { readonly playlistIndex: number | null })[]> {
  const { assetId, collectionId, playlistId } = target ?? {};
  const playlistIndex = sql<number | null>`(select p.global_index from playlists p where p.id = ${shortUrls.playlistId})`;
  const rows = await db
    .select({ row: shortUrls, playlistIndex })
    .from(shortUrls)
    .where(
      and(
        isOwner(userId),
        assetId ? eq(shortUrls.assetId, assetId) : undefined,
        collectionId ? eq(shortUrls.collectionId, collectionId) : undefined,
        playlistId ? eq(shortUrls.playlistId, playlistId) : undefined,
      ),
    )
    .orderBy(desc(shortUrls.createdAt), shortUrls.code)
    .limit(limit);
  return rows.map(({ row, playlistIndex: index }) => ({ ...row, playlistIndex: index }));
}

export async function countShortUrls(db: Db, userId: UserId | null): Promise<number> {
  const [found] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(shortUrls)
    .where(and(isOwner(userId), isNull(shortUrls.revokedAt)));
  return found?.count ?? 0;
}

/** Ends a person's own short link; the first time is kept. False when it is not theirs. */
export async function markShortUrlRevoked(
  db: Db,
  { code, userId }: { readonly code: string; readonly userId: UserId | null },
  at: Date,
): Promise<boolean> {
  const revokedAt = sql`coalesce(${shortUrls.revokedAt}, ${at.toISOString()}::timestamptz)`;
  const marked = await db
    .update(shortUrls)
    .set({ revokedAt })
    .where(and(eq(shortUrls.code, code), isOwner(userId)))
    .returning({ code: shortUrls.code });
  return marked.length > 0;
}

/** Adds clicks to the counts of short links. */
export async function addClicks(db: Db, clicks: ReadonlyMap<string, number>): Promise<void> {
  const [codes, counts] = [[...clicks.keys()], [...clicks.values()]];
  await db.execute(sql`
    update short_urls s set clicks = s.clicks + d.clicks
    from unnest(${sql.param(codes)}::text[], ${sql.param(counts)}::bigint[]) as d(code, clicks) where s.code = d.code`);
}
