import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** In how many of the network's lists each recording is; a stay of several days counts once. */
export async function countLists(db: Db, recordingIds: readonly number[]): Promise<Map<number, number>> {
  if (recordingIds.length === 0) return new Map();
  const found = await db.execute<{ id: number; count: number }>(sql`
    select p.recording_id as id, count(*)::int as count from placements p where p.recording_id = any(${sql.param([...recordingIds])}::int[]) group by 1`);
  return new Map(found.rows.map(({ id, count }) => [id, count]));
}
