import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/**
 * A text that changes whenever the catalog is written: the highest recording id (visible at once) and Postgres's counters of rows written to the
 * catalog's tables (visible 1 s after commit, 10 s if the connection then idles). Reads counters, never rows. A rollback changes it too; no change
 * goes unnoticed.
 */
export async function readCatalogVersion(db: Db): Promise<string> {
  const found = await db.execute<{ version: string }>(sql`
    select concat_ws(':', (select coalesce(max(id), 0) from recordings), sum(n_tup_ins + n_tup_upd + n_tup_del)) as version from pg_stat_user_tables
    where schemaname = current_schema() and relname in ('recordings', 'tracks', 'track_artists', 'artists', 'albums', 'album_track_map', 'track_features', 'track_tags')`);
  return found.rows[0]?.version ?? '';
}

/** The same for the other inputs of a list: the ledger, the playlists with their policy versions, and manual pins and bans. */
export async function readLedgerVersion(db: Db): Promise<string> {
  const found = await db.execute<{ version: string }>(sql`
    select concat_ws(':', (select coalesce(max(id), 0) from placements), (select md5(coalesce(string_agg(concat(id, policy_id, status), ',' order by id), '')) from playlists),
      sum(n_tup_ins + n_tup_upd + n_tup_del)) as version from pg_stat_user_tables
    where schemaname = current_schema() and relname in ('placements', 'playlist_entries_history', 'snapshots', 'playlist_marks', 'playlists')`);
  return found.rows[0]?.version ?? '';
}
