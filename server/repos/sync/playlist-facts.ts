import type { SnapshotStatus } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface PlaylistFacts {
  readonly index: number;
  readonly themeTag: string;
  readonly status: string;
  readonly policyName: string;
  readonly policyVersion: number;
  readonly today: SnapshotStatus | null;
  readonly shortfall: string[] | null;
  readonly lastSyncedDay: string | null;
  readonly account: string | null;
  readonly spotifyPlaylistId: string | null;
  readonly handEdits: 'merge' | 'overwrite';
}

/** One row per playlist; of several replicas the most recently synced one is used. */
export async function listPlaylistFacts(db: Db, day: string): Promise<PlaylistFacts[]> {
  const found = await db.execute<PlaylistFacts & Record<string, unknown>>(sql`
    select p.global_index as "index", p.theme_tag as "themeTag", p.status, c.name as "policyName", c.version as "policyVersion", s.status as today,
      array(select jsonb_array_elements_text(s.report->'shortfall')) as shortfall,
      m.synced_day::text as "lastSyncedDay", a.display_name as account, m.spotify_playlist_id as "spotifyPlaylistId",
      p.hand_edits as "handEdits"
    from playlists p join curation_policies c on c.id = p.policy_id
    left join snapshots s on s.playlist_id = p.id and s.batch_tag = ${day}::date
    left join lateral (select * from playlist_account_map m where m.playlist_id = p.id order by m.synced_day desc nulls last limit 1) m on true
    left join accounts a on a.id = m.account_id
    where p.status <> 'retired' order by p.global_index`);
  return found.rows;
}
