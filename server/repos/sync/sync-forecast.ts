import type { ReplicaId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface ForecastFacts {
  /** Number of tracks in the day's list (`wanted`), in the list last read back (`before`), and in both (`common`). */
  readonly wanted: number;
  readonly before: number;
  readonly common: number;
}

/** For each replica, the overlap of the day's list with the one last read back from Spotify. */
export async function listForecastFacts(db: Db, day: string): Promise<Map<ReplicaId, ForecastFacts>> {
  const found = await db.execute<ForecastFacts & { replicaId: ReplicaId } & Record<string, unknown>>(sql`
    with shown as (
      select m.id, m.playlist_id, coalesce(o.shows_batch_tag, ${day}::date) as wants,
        case when m.spotify_playlist_id is not null then coalesce(b.shows_batch_tag, m.synced_day) end as had
      from playlist_account_map m
      left join list_overrides o on o.playlist_id = m.playlist_id and o.batch_tag = ${day}::date
      left join list_overrides b on b.playlist_id = m.playlist_id and b.batch_tag = m.synced_day
      where m.status <> 'retired')
    select s.id as "replicaId", count(w.track_id)::int as wanted, count(h.track_id)::int as common,
      (select count(*)::int from playlist_entries_history x where x.playlist_id = s.playlist_id and x.batch_tag = s.had) as before
    from shown s
    join playlist_entries_history w on w.playlist_id = s.playlist_id and w.batch_tag = s.wants
    left join playlist_entries_history h on h.playlist_id = s.playlist_id and h.batch_tag = s.had and h.track_id = w.track_id
    group by s.id, s.playlist_id, s.had`);
  return new Map(found.rows.map(({ replicaId, ...facts }) => [replicaId, facts]));
}
