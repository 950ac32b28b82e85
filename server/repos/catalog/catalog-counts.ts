import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface CatalogCounts {
  readonly albums: number;
  readonly tracks: number;
  readonly recordings: number;
  readonly withFeatures: number;
  readonly withGenres: number;
  readonly withIsrc: number;
}

/** Sizes of the catalog and how much of its data is known; merged recordings are not counted twice. */
export async function countCatalog(db: Db): Promise<CatalogCounts> {
  const found = await db.execute<CatalogCounts & Record<string, unknown>>(sql`
    select (select count(*)::int from albums) as albums, (select count(*)::int from tracks) as tracks,
      count(*)::int as recordings, count(isrc)::int as "withIsrc",
      (select count(*)::int from track_features) as "withFeatures",
      (select count(distinct recording_id)::int from track_tags where kind = 'genre') as "withGenres"
    from recordings where merged_into is null`);
  return found.rows[0] ?? { albums: 0, tracks: 0, recordings: 0, withFeatures: 0, withGenres: 0, withIsrc: 0 };
}

/** The number of unmerged recordings, and the highest id among them. */
export async function countRecordings(db: Db): Promise<{ count: number; highestId: number }> {
  const found = await db.execute<{ count: number; highestId: number }>(sql`
    select count(*)::int as count, coalesce(max(id), 0)::int as "highestId" from recordings where merged_into is null`);
  return found.rows[0] ?? { count: 0, highestId: 0 };
}
