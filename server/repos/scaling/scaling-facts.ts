import type { PlaylistId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Themes of all playlists, including retired ones. */
export async function listThemes(db: Db): Promise<string[]> {
  const found = await db.execute<{ theme: string }>(sql`select distinct theme_tag as theme from playlists`);
  return found.rows.map((row) => row.theme);
}

interface ActivePlaylist extends Record<string, unknown> {
  readonly id: PlaylistId;
  readonly index: number;
  readonly themeTag: string;
  readonly unfilledDays: number;
}

/** Active playlists by number, with how many of the last seven days up to `day` could not be filled. */
export async function listActivePlaylists(db: Db, day: string): Promise<ActivePlaylist[]> {
  const found = await db.execute<ActivePlaylist>(sql`
    select p.id, p.global_index as "index", p.theme_tag as "themeTag",
      (select count(*)::int from snapshots s where s.playlist_id = p.id and s.status = 'unfilled' and s.batch_tag > ${day}::date - 7 and s.batch_tag <= ${day}::date) as "unfilledDays"
    from playlists p where p.status = 'active' order by p.global_index`);
  return found.rows;
}
