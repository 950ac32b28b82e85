import type { ExportedList, ExportedStay } from '#shared/contracts/curation/ledger-lines.ts';
import type { Sql } from 'postgres';

/** Rows fetched at a time: memory use does not grow with the ledger. */
const CHUNK = 2_000;

export interface ExportDays {
  readonly from: string;
  readonly to: string;
}

/** The first day in the ledger; null while it is empty. */
export async function readLedgerSince(stream: Sql): Promise<string | null> {
  const rows = await stream.unsafe<{ since: string | null }[]>('select min(first_day)::text as since from placements');
  return rows[0]?.since ?? null;
}

/** Every placement whose days or repeat window overlap the days, oldest first. */
export async function* streamPlacements(stream: Sql, { from, to }: ExportDays): AsyncGenerator<ExportedStay> {
  const query = stream.unsafe<Omit<ExportedStay, 'kind'>[]>(
    `select id::int, playlist_id as playlist, recording_id as recording, rest_scope as circle, first_day::text as "firstDay", last_day::text as "lastDay", rest_days as "restDays"
     from placements where first_day <= $2::date and (last_day is null or last_day + rest_days >= $1::date) order by first_day, id`,
    [from, to],
  );
  for await (const rows of query.cursor(CHUNK)) for (const row of rows) yield { kind: 'stay', ...row };
}

/** Every published list of the days, by day and playlist number. */
export async function* streamLists(stream: Sql, { from, to }: ExportDays): AsyncGenerator<ExportedList> {
  const query = stream.unsafe<Omit<ExportedList, 'kind'>[]>(
    `select s.playlist_id as playlist, l.global_index as "index", s.batch_tag::text as day, s.policy_id as policy,
       (select jsonb_agg(jsonb_build_array(p.recording_id, h.track_id, p.id) order by h.position) from playlist_entries_history h join placements p on p.id = h.placement_id
         where h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag) as entries
     from snapshots s join playlists l on l.id = s.playlist_id
     where s.status = 'published' and s.batch_tag between $1::date and $2::date order by s.batch_tag, l.global_index`,
    [from, to],
  );
  for await (const rows of query.cursor(CHUNK)) for (const row of rows) yield { kind: 'list', ...row };
}
