import type { TagKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** The most frequent tags of each kind with their number of recordings; at most `perKind` of a kind. */
export async function listKnownTags(db: Db, perKind: number): Promise<{ kind: TagKind; tag: string; recordings: number }[]> {
  const found = await db.execute<{ kind: TagKind; tag: string; recordings: number }>(sql`
    select kind, tag, n::int as recordings from (
      select kind, tag, count(distinct recording_id) as n, row_number() over (partition by kind order by count(distinct recording_id) desc, tag) as place from track_tags group by kind, tag
    ) ranked where place <= ${perKind} order by kind, n desc, tag`);
  return found.rows;
}
