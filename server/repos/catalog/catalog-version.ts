import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/**
 * A text that differs once the catalogue was written to: the highest recording, seen at once, and how many rows Postgres counts as written to the
 * catalogue's tables, which it tells a second after a commit, ten when the connection then idles. Reads counters, never rows. A rollback changes it too; a change never goes unseen.
 */
export async function readCatalogueVersion(db: Db): Promise<string> {
  const found = await db.execute<{ version: string }>(sql`
    select concat_ws(':', (select coalesce(max(id), 0) from recordings), sum(n_tup_ins + n_tup_upd + n_tup_del)) as version from pg_stat_user_tables
    where schemaname = current_schema() and relname in ('recordings', 'tracks', 'track_artists', 'artists', 'albums', 'album_track_map', 'track_features', 'track_tags')`);
  return found.rows[0]?.version ?? '';
}

/** The same of what lists are made beside the catalogue: the ledger, the playlists with the versions they follow, and the marks that hands left. */
export async function readLedgerVersion(db: Db): Promise<string> {
  const found = await db.execute<{ version: string }>(sql`
    select concat_ws(':', (select coalesce(max(id), 0) from placements), (select md5(coalesce(string_agg(concat(id, policy_id, status), ',' order by id), '')) from playlists),
      sum(n_tup_ins + n_tup_upd + n_tup_del)) as version from pg_stat_user_tables
    where schemaname = current_schema() and relname in ('placements', 'playlist_entries_history', 'snapshots', 'playlist_marks', 'playlists')`);
  return found.rows[0]?.version ?? '';
}
