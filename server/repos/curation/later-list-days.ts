import { snapshots } from '#drizzle/schema/index.ts';
import type { PlaylistId } from '#shared/ids.ts';
import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

interface Span {
  readonly playlistIds: readonly PlaylistId[];
  readonly after: string;
  /** Lists of future days do not count: a clock may have been ahead. */
  readonly upTo: string;
}

/** For each playlist, the newest day with a published list after one day and up to another; playlists without one are absent. */
export async function listLaterDays(db: Db, { playlistIds, after, upTo }: Span): Promise<Map<PlaylistId, string>> {
  if (playlistIds.length === 0 || after >= upTo) return new Map();
  const found = await db
    .select({ id: snapshots.playlistId, day: sql<string>`max(${snapshots.batchTag})::text` })
    .from(snapshots)
    .where(
      and(
        inArray(snapshots.playlistId, [...playlistIds]),
        eq(snapshots.status, 'published'),
        gt(snapshots.batchTag, after),
        lte(snapshots.batchTag, upTo),
      ),
    )
    .groupBy(snapshots.playlistId);
  return new Map(found.map(({ id, day }) => [id, day]));
}
