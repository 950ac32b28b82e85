import { publicLedgerSecret } from '#drizzle/schema/index.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface StayRow extends Record<string, unknown> {
  readonly id: string;
  readonly recordingId: number;
  readonly restScope: string;
  readonly firstDay: string;
  readonly lastDay: string | null;
  readonly restDays: number;
}

/** The secret from which the salts of the public ledger are derived. */
export async function readPublicLedgerSecret(db: Db): Promise<string> {
  const [row] = await db.select({ secret: publicLedgerSecret.secret }).from(publicLedgerSecret);
  if (!row) throw new Error('The table public_ledger_secret is empty. Restore its row from a backup.');
  return row.secret;
}

/** The first day in the ledger, and the first and last day with a list in a range; all null while there are none. */
export async function readLedgerSpan(
  db: Db,
  days: { readonly from: string; readonly to: string },
): Promise<{ since: string | null; firstList: string | null; lastList: string | null }> {
  const found = await db.execute<{ since: string | null; firstList: string | null; lastList: string | null }>(sql`
    select (select min(first_day)::text from placements) as since, min(batch_tag)::text as "firstList", max(batch_tag)::text as "lastList"
    from snapshots where status = 'published' and batch_tag between ${days.from}::date and ${days.to}::date`);
  return found.rows[0] ?? { since: null, firstList: null, lastList: null };
}

/** Up to `limit` placements whose days or repeat window overlap the days, by id after `after`. */
export async function listStaysPage(
  db: Db,
  { from, to, after, limit }: { readonly from: string; readonly to: string; readonly after: string; readonly limit: number },
): Promise<StayRow[]> {
  const found = await db.execute<StayRow>(sql`
    select id::text as id, recording_id as "recordingId", rest_scope as "restScope", first_day::text as "firstDay", last_day::text as "lastDay", rest_days as "restDays"
    from placements p where p.id > ${after}::bigint and first_day <= ${to}::date and (last_day is null or last_day + rest_days >= ${from}::date)
    order by p.id limit ${limit}`);
  return found.rows;
}

/** The digest of each published list of one day (`chainedListText`), as SHA-256 in hex. */
export async function listDigestsOfDay(db: Db, day: string): Promise<{ playlistId: string; list: string }[]> {
  const found = await db.execute<{ playlistId: string; list: string }>(sql`
    select h.playlist_id as "playlistId", encode(sha256(convert_to(string_agg(
      concat_ws(e'\\t', h.position, h.track_id, h.placement_id, to_char(p.first_day, 'YYYY-MM-DD')), e'\\n' order by h.position), 'UTF8')), 'hex') as list
    from snapshots s join playlist_entries_history h on h.playlist_id = s.playlist_id and h.batch_tag = s.batch_tag join placements p on p.id = h.placement_id
    where s.batch_tag = ${day}::date and s.status = 'published' group by h.playlist_id`);
  return found.rows;
}
