import { assets } from '#drizzle/schema/index.ts';
import type { Database, Db } from '#server/repos/database.ts';
import { isOwnAsset } from '#server/repos/studio/assets.ts';
import type { AssetFilter } from '#shared/contracts/studio/library/assets.ts';
import type { AssetId, UserId } from '#shared/ids.ts';
import { and, arrayContains, arrayOverlaps, gt, inArray, isNotNull, isNull, lt, like, ne, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

/** Prompts are cut to what a tile and a screen reader need. */
const PROMPT_SHOWN_MAX = 300;
/** Words that differ by a letter or two still share this much of their trigrams. */
const SIMILARITY_MIN = 0.4;

const TILE = {
  id: assets.id,
  mediaType: assets.mediaType,
  width: assets.width,
  height: assets.height,
  seconds: assets.seconds,
  bytes: assets.bytes,
  thumbhash: assets.thumbhash,
  origin: assets.origin,
  prompt: sql<string | null>`left(${assets.prompt}, ${PROMPT_SHOWN_MAX})`,
  task: assets.task,
  model: assets.model,
  sharing: assets.sharing,
  starredAt: assets.starredAt,
  deletedAt: assets.deletedAt,
  createdAt: assets.createdAt,
};

/** An asset as a tile shows it. */
export type TileRow = Pick<typeof assets.$inferSelect, Exclude<keyof typeof TILE, 'prompt'>> & { readonly prompt: string | null };

/** What a person looks for among their own: prompts with all `words`, compared by their beginnings, and with words like all of the `similar` ones. */
export interface LibrarySearch extends Omit<AssetFilter, 'search'> {
  readonly userId: UserId | null;
  readonly words: readonly string[];
  readonly similar: readonly string[];
  /** Only what was deleted after this instant can be restored. */
  readonly deletedAfter: Date;
}

interface LibraryPlace {
  readonly createdAt: string;
  readonly id: AssetId;
}

/**
 * A page of a person's assets, newest first. With `areFew` all that match are read and sorted: the planner takes a rare word for a common one and would
 * go through the whole library in its order.
 */
export async function listLibrary(
  db: Database,
  search: LibrarySearch,
  page: { readonly after?: LibraryPlace | undefined; readonly limit: number; readonly areFew: boolean },
): Promise<TileRow[]> {
  const { after, limit, areFew } = page;
  // The owner comes first although all rows have the same, so that the index gives the order for the operator, too, whose owner is null.
  const order = areFew
    ? [sql`${assets.createdAt} + interval '0 seconds' desc`, sql`${assets.id} desc`]
    : [assets.userId, sql`${assets.createdAt} desc`, sql`${assets.id} desc`];
  const place = after && sql`(${assets.createdAt}, ${assets.id}) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`;
  return searching(db, search, (tx) =>
    tx
      .select(TILE)
      .from(assets)
      .where(and(...conditionsOf(search), place))
      .orderBy(...order)
      .limit(limit),
  );
}

/** How many of a person's assets match, counted up to `most`. */
export async function countLibrary(db: Database, search: LibrarySearch, most: number): Promise<number> {
  return searching(db, search, async (tx) => {
    const some = tx
      .select({ one: sql`1`.as('one') })
      .from(assets)
      .where(and(...conditionsOf(search)))
      .limit(most)
      .as('some');
    return (await tx.select({ count: sql<number>`count(*)::int` }).from(some))[0]?.count ?? 0;
  });
}

/** A search by likeness needs its own bound, which is a setting of the transaction. */
async function searching<T>(db: Database, { similar }: LibrarySearch, read: (tx: Db) => Promise<T>): Promise<T> {
  if (similar.length === 0) return read(db);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(SIMILARITY_MIN)}, true)`);
    return read(tx);
  });
}

function conditionsOf(search: LibrarySearch): (SQL | undefined)[] {
  const { userId, tasks, models, loras, colors, kind, origins, since, until, starred, collectionId, deleted, deletedAfter } = search;
  return [
    isOwnAsset(userId),
    deleted ? gt(assets.deletedAt, deletedAfter) : isNull(assets.deletedAt),
    tasks && inArray(assets.task, tasks),
    models && inArray(assets.model, models),
    loras && arrayOverlaps(assets.loras, loras),
    colors && arrayContains(assets.colors, colors),
    kind && like(assets.mediaType, `${kind}/%`),
    origins ? inArray(assets.origin, origins) : ne(assets.origin, 'mask'),
    since === undefined ? undefined : sql`${assets.createdAt} >= ${since}::timestamptz`,
    until === undefined ? undefined : lt(assets.createdAt, sql`${until}::timestamptz`),
    starred === undefined ? undefined : starred ? isNotNull(assets.starredAt) : isNull(assets.starredAt),
    collectionId && sql`exists (select 1 from collection_entries e where e.asset_id = ${assets.id} and e.collection_id = ${collectionId}::uuid)`,
    ...wordConditions(search),
  ];
}

function wordConditions({ words, similar }: LibrarySearch): SQL[] {
  const beginnings = words.length === 0 ? [] : [hasWords(words)];
  // Text without spaces between words is found by its part.
  return [...beginnings, ...similar.map((word) => sql`(${word} <% ${assets.prompt} or ${assets.prompt} ilike ${`%${word}%`})`)];
}

const hasWords = (words: readonly string[]) => sql`${assets.promptWords} @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`;

/** Those of the words that a prompt of the person has, each compared by its beginning. */
export async function listKnownWords(db: Db, userId: UserId | null, words: readonly string[]): Promise<string[]> {
  const known = await Promise.all(
    words.map(async (word) => {
      const found = await db
        .select({ one: sql`1` })
        .from(assets)
        .where(and(isOwnAsset(userId), hasWords([word])))
        .limit(1);
      return found.length > 0 ? [word] : [];
    }),
  );
  return known.flat();
}

/** The task, the models and the LoRAs of a person's assets with how many have each, the most used first. */
export async function listAssetFacets(
  db: Db,
  userId: UserId | null,
): Promise<readonly { readonly kind: 'model' | 'task' | 'lora'; readonly value: string; readonly count: number }[]> {
  const own = and(isOwnAsset(userId), isNull(assets.deletedAt));
  const facets = await db.execute<{ kind: 'model' | 'task' | 'lora'; value: string; count: number }>(sql`
    with own as materialized (select ${assets.model} as model, ${assets.task} as task, ${assets.loras} as loras from ${assets} where ${own})
    select 'model' as kind, model as value, count(*)::int as count from own where model is not null group by model
    union all select 'task', task::text, count(*)::int from own where task is not null group by task
    union all select 'lora', l, count(*)::int from own, unnest(loras) l group by l
    order by kind, count desc, value`);
  return facets.rows;
}

/** How much a person keeps, without what is deleted. */
export async function sumLibrary(
  db: Db,
  userId: UserId | null,
): Promise<{ readonly pictures: number; readonly videos: number; readonly bytes: number }> {
  const [sum] = await db
    .select({
      pictures: sql<number>`count(*) filter (where ${assets.mediaType} like 'image/%')::int`,
      videos: sql<number>`count(*) filter (where ${assets.mediaType} like 'video/%')::int`,
      bytes: sql<number>`coalesce(sum(${assets.bytes}), 0)::float8`,
    })
    .from(assets)
    .where(and(isOwnAsset(userId), isNull(assets.deletedAt), ne(assets.origin, 'mask')));
  return sum ?? { pictures: 0, videos: 0, bytes: 0 };
}
