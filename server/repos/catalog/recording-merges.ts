import type { MergeView } from '#shared/contracts/catalog/merges.ts';
import type { RecordingMerge } from '#shared/domain/catalog/recording-identity.ts';
import type { RecordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/**
 * The recordings that were merged into another one, as rows `(id, merged_into)`: a small set, read through its own index. The ledger keeps the ids as
 * they were placed, so what reads it for new lists joins this.
 */
export const MERGED_RECORDINGS: SQL = sql`(select id, merged_into from recordings where merged_into is not null)`;

/** Every recording `member` with the ids `id` that count as one with it, itself included, and the one they were merged into, `root`. Read by `member`. */
export const RECORDING_FAMILY: SQL = sql`(
  select s.id as member, coalesce(s.merged_into, s.id) as root, k.id from recordings s
  cross join lateral (select coalesce(s.merged_into, s.id) as id union all select y.id from recordings y where y.merged_into = coalesce(s.merged_into, s.id)) k)`;

/**
 * Merges recordings in the caller's transaction: tracks move, features and tags are copied where the older recording has none, and the younger row points
 * to the older. Placements and history are not touched. From then on a placement of either blocks the other (trigger `placements_respect_merges`).
 * Pairs that a person separated, and recordings merged already, are left out. Returns how many were merged. Only one caller at a time.
 */
export async function mergeRecordings(db: Db, merges: readonly RecordingMerge[], at: Date): Promise<number> {
  if (merges.length === 0) return 0;
  for (const statement of mergeStatements(merges, at)) await db.execute(statement);
  const found = await db.execute<{ count: number }>(sql`select count(*)::int as count from merging`);
  await db.execute(sql`drop table merging`);
  return found.rows[0]?.count ?? 0;
}

function mergeStatements(merges: readonly RecordingMerge[], at: Date): SQL[] {
  return [
    // Nobody may place a recording while it is merged: the trigger would not see the merge yet.
    sql`lock table placements in share row exclusive mode`,
    sql`create temp table merging on commit drop as
      select distinct on (g."from") g."from" as from_id, g."into" as into_id, g.basis::identity_basis as basis, g.confidence
      from jsonb_to_recordset(${JSON.stringify(merges)}::jsonb) as g("from" int, "into" int, basis text, confidence real)
      join recordings y on y.id = g."from" and y.merged_into is null join recordings o on o.id = g."into" and o.merged_into is null
      where g."from" <> g."into" and not exists (select 1 from recording_merges u where u.undone_at is not null
        and (u.from_recording, u.into_recording) in ((g."from", g."into"), (g."into", g."from")))
      order by g."from", g."into"`,
    // A recording is not merged into one that is merged itself in the same step.
    sql`delete from merging m using merging n where m.into_id = n.from_id`,
    sql`analyze merging`,
    moveContents(at),
    ...updateRecordings(),
  ];
}

/** Moves and copies, and notes per merge what was moved. */
function moveContents(at: Date): SQL {
  return sql`
    with tracks_moved as (
      update tracks t set recording_id = m.into_id from merging m where t.recording_id = m.from_id returning t.id, m.from_id
    ), features_chosen as (
      select distinct on (m.into_id) m.into_id, m.from_id from merging m join track_features f on f.recording_id = m.from_id
      where not exists (select 1 from track_features o where o.recording_id = m.into_id) order by m.into_id, m.from_id
    ), features_copied as (
      insert into track_features select c.into_id, f.danceability, f.energy, f.key, f.loudness, f.mode, f.speechiness, f.acousticness, f.instrumentalness, f.liveness,
        f.valence, f.tempo, f.time_signature, f.source, f.fetched_at from features_chosen c join track_features f on f.recording_id = c.from_id on conflict do nothing
    ), tags_chosen as (
      select distinct on (m.into_id, g.kind, g.tag, g.source) m.into_id, m.from_id, g.kind, g.tag, g.source, g.fetched_at from merging m
      join track_tags g on g.recording_id = m.from_id
      where not exists (select 1 from track_tags o where (o.recording_id, o.kind, o.tag, o.source) = (m.into_id, g.kind, g.tag, g.source))
      order by m.into_id, g.kind, g.tag, g.source, m.from_id
    ), tags_copied as (
      insert into track_tags (recording_id, kind, tag, source, fetched_at) select into_id, kind, tag, source, fetched_at from tags_chosen on conflict do nothing
    )
    insert into recording_merges (from_recording, into_recording, reason, confidence, shared_windows, moved, merged_at)
    select m.from_id, m.into_id, m.basis, m.confidence,
      (select count(*)::int from placements p join placements q on q.recording_id = m.into_id and q.rest_scope = p.rest_scope and q.rest && p.rest where p.recording_id = m.from_id),
      jsonb_build_object('tracks', coalesce(t.ids, '[]'), 'features', c.from_id is not null, 'tags', coalesce(g.tags, '[]')), ${at.toISOString()}::timestamptz
    from merging m
    left join (select from_id, jsonb_agg(id order by id) as ids from tracks_moved group by from_id) t on t.from_id = m.from_id
    left join features_chosen c on c.from_id = m.from_id
    left join (select from_id, jsonb_agg(concat(kind, ':', source, ':', tag)) as tags from tags_chosen group by from_id) g on g.from_id = m.from_id`;
}

function updateRecordings(): SQL[] {
  return [
    sql`update recordings o set first_released_on = least(o.first_released_on, y.first_released_on)
      from (select m.into_id, min(r.first_released_on) as first_released_on from merging m join recordings r on r.id = m.from_id group by 1) y
      where o.id = y.into_id and y.first_released_on < coalesce(o.first_released_on, 'infinity'::date)`,
    sql`update recordings set merged_into = m.into_id from merging m where id = m.from_id`,
    sql`update recordings r set merged_into = m.into_id from merging m where r.merged_into = m.from_id`,
    setTwins(sql`(select distinct into_id as id from merging)`),
  ];
}

/** Sets, for the recordings of a set `(id)`, the track whose `explicit` is the opposite of the recording's own. */
export function setTwins(set: SQL): SQL {
  return sql`update recordings r set twin_track_id = n.twin from (
      select x.id, (select t.id from tracks t where t.recording_id = x.id and t.explicit is not null and t.explicit <> o.explicit
        order by t.popularity desc nulls last, t.id limit 1) as twin
      from ${set} x join recordings o on o.id = x.id) n
    where r.id = n.id and r.twin_track_id is distinct from n.twin`;
}

/** A merge in force, or an undone one. */
export interface StoredMerge extends Record<string, unknown> {
  readonly from: RecordingId;
  readonly into: RecordingId;
  readonly isInForce: boolean;
}

/** The newest merge of a recording into another one; undefined when it never was merged. */
export async function findMergeOf(db: Db, from: RecordingId): Promise<StoredMerge | undefined> {
  const found = await db.execute<StoredMerge>(sql`
    select from_recording as "from", into_recording as "into", undone_at is null as "isInForce" from recording_merges
    where from_recording = ${from} order by undone_at desc nulls first, id desc limit 1`);
  return found.rows[0];
}

/**
 * Takes a merge back in the caller's transaction: the recording gets its tracks again, the copies of its features and tags leave the other one, and what
 * had been merged into it belongs to it again. Placements made since the merge stay with the other recording. The pair is never merged again.
 */
export async function unmergeRecording(db: Db, { from, into }: StoredMerge, undone: { at: Date; by: string }): Promise<void> {
  await db.execute(sql`lock table placements in share row exclusive mode`);
  const merge = sql`(select * from recording_merges where from_recording = ${from} and undone_at is null)`;
  // What was merged into it earlier went along; merges in force lead back to it.
  const own = sql`(with recursive tree as (select ${from}::int as id union
    select m.from_recording from recording_merges m join tree on m.into_recording = tree.id and m.undone_at is null) select id from tree)`;
  const root = await db.execute<{ id: RecordingId }>(sql`select merged_into as id from recordings where id = ${from}`);
  const holder = root.rows[0]?.id ?? into;
  await db.execute(sql`update tracks set recording_id = ${from} where recording_id = ${holder}
    and id in (select jsonb_array_elements_text(m.moved->'tracks') from ${merge} m)`);
  await db.execute(sql`delete from track_features f using ${merge} m, track_features y where (m.moved->>'features')::boolean
    and f.recording_id = ${holder} and y.recording_id = ${from} and (f.source, f.fetched_at) = (y.source, y.fetched_at)`);
  await db.execute(
    sql`delete from track_tags g using ${merge} m where g.recording_id = ${holder} and jsonb_exists(m.moved->'tags', concat(g.kind, ':', g.source, ':', g.tag))`,
  );
  await db.execute(sql`update recordings set merged_into = case when id = ${from} then null else ${from}::int end where id in ${own}`);
  await db.execute(sql`update recordings r set first_released_on = coalesce((select min(a.released_on) from tracks t join album_track_map m on m.track_id = t.id
    join albums a on a.id = m.album_id where t.recording_id = r.id), r.first_released_on) where r.id in (${from}, ${holder})`);
  await db.execute(setTwins(sql`(select unnest(array[${from}, ${holder}]::int[]) as id)`));
  await db.execute(sql`update recording_merges set undone_at = ${undone.at.toISOString()}::timestamptz, undone_by = ${undone.by}
    where from_recording = ${from} and undone_at is null`);
}

/** Merges, least confident first among the newest; at most `limit`. */
export async function listMerges(db: Db, { below, limit }: { below: number; limit: number }): Promise<MergeView[]> {
  const found = await db.execute<MergeView & Record<string, unknown>>(sql`
    select m.from_recording as "from", m.into_recording as "into", y.title, o.title as "intoTitle", m.reason, m.confidence, m.shared_windows as "sharedWindows", m.merged_at as "mergedAt",
      m.undone_at as "undoneAt", m.undone_by as "undoneBy",
      array(select a.name from track_artists ta join artists a on a.id = ta.artist_id where ta.track_id = o.track_id order by ta.position) as artists
    from recording_merges m join recordings y on y.id = m.from_recording join recordings o on o.id = m.into_recording
    where m.confidence <= ${below} order by m.confidence, m.id desc limit ${limit}`);
  return found.rows;
}
