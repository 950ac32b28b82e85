import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Recordings that are read for one title or one condition. */
const PER_TITLE_MAX = 12;
const PER_CONDITION_MAX = 30;

/** The best known recordings with each of these title keys, in one statement. */
export async function listRecordingsTitled(db: Db, titleKeys: readonly string[]): Promise<{ key: string; id: number }[]> {
  if (titleKeys.length === 0) return [];
  const found = await db.execute<{ key: string; id: number }>(sql`
    select w.key, e.ref::int as id from jsonb_array_elements_text(${JSON.stringify(titleKeys)}::jsonb) as w(key)
    cross join lateral (select ref from search_entries where kind = 'recording' and title_key = w.key
      order by popularity desc nulls last, ref limit ${PER_TITLE_MAX}) e`);
  return found.rows;
}

/** Recordings whose words fulfill each of these conditions (the language of `tsquery`), by the place of the condition, in one statement. */
export async function listRecordingsWith(db: Db, conditions: readonly string[]): Promise<{ at: number; id: number }[]> {
  if (conditions.length === 0) return [];
  const found = await db.execute<{ at: number; id: number }>(sql`
    select w.at::int - 1 as at, e.ref::int as id from jsonb_array_elements_text(${JSON.stringify(conditions)}::jsonb) with ordinality as w(condition, at)
    cross join lateral (select ref from search_entries where kind = 'recording' and words @@ w.condition::tsquery limit ${PER_CONDITION_MAX}) e`);
  return found.rows;
}
