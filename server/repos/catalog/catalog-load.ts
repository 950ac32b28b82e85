import type { Provenance } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** A staged track with the recording it belongs to, and that recording's row when it is new. */
export interface StagedTrack {
  readonly id: string;
  readonly name: string;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly popularity: number | null;
  readonly isrc: string | null;
  readonly discNumber: number;
  readonly trackNumber: number;
  readonly artistIds: readonly string[];
  readonly recordingId: number;
  readonly newRecording: {
    readonly matchKey: string;
    readonly searchText: string;
    readonly basis: string;
    readonly confidence: number;
  } | null;
}

/** A staged album. */
export interface StagedAlbumBody {
  readonly id: string;
  readonly name: string;
  readonly albumType: string | null;
  readonly artistNames: readonly string[];
  readonly totalTracks: number;
  readonly releaseDate: string | null;
  readonly releasedOn: string | null;
  readonly imageUrl: string | null;
  readonly upc: string | null;
  readonly artists: readonly { readonly id: string; readonly name: string }[];
  readonly tracks: readonly StagedTrack[];
}

/** Loads that were staged but not applied (a crash came between), oldest first. */
export async function listStagedLoads(db: Db): Promise<string[]> {
  const found = await db.execute<{ load_id: string }>(sql`select load_id from ingest_staging group by load_id order by min(loaded_at)`);
  return found.rows.map((row) => row.load_id);
}

interface LoadContext {
  readonly loadId: string;
  readonly at: Date;
  readonly source: Provenance;
}

/**
 * Applies one staged load to the catalog in the caller's transaction, and marks its import lines as ingested. Idempotent; unchanged rows are not
 * written again.
 */
export async function applyLoad(db: Db, load: LoadContext): Promise<void> {
  for (const statement of loadStatements(load)) await db.execute(statement);
}

/** The staged JSON is unpacked once into temporary tables; all other statements read those. */
function loadStatements({ loadId, at, source }: LoadContext): SQL[] {
  const now = sql`${at.toISOString()}::timestamptz`;
  const provenance = sql`${source}::provenance`;
  return [
    ...unpackStatements(loadId),
    ...catalogStatements(loadId, now, provenance),
    ...trackStatements(now, provenance),
    ...finishStatements(loadId, now),
  ];
}

function unpackStatements(loadId: string): SQL[] {
  return [
    sql`create temp table load_albums on commit drop as
      select s.source_id, a.* from ingest_staging s cross join lateral jsonb_to_record(s.album) as a(id text, name text, "albumType" text, "artistNames" text[],
        "totalTracks" int, "releaseDate" text, "releasedOn" date, "imageUrl" text, upc text) where s.load_id = ${loadId}::uuid`,
    sql`create temp table load_tracks on commit drop as
      select a.id as album_id, a."releasedOn" as released, t.* from ingest_staging s cross join lateral jsonb_to_record(s.album) as a(id text, "releasedOn" date, tracks jsonb)
      cross join lateral jsonb_to_recordset(a.tracks) as t(id text, name text, "durationMs" int, explicit boolean, popularity smallint, isrc text,
        "discNumber" smallint, "trackNumber" smallint, "artistIds" text[], "recordingId" int, "newRecording" jsonb) where s.load_id = ${loadId}::uuid`,
  ];
}

function catalogStatements(loadId: string, now: SQL, provenance: SQL): SQL[] {
  return [
    // Recordings of a renamed artist get their match key and search text again.
    sql`with named as (
        insert into artists (id, name, source, fetched_at)
        select distinct on (r.id) r.id, r.name, ${provenance}, ${now} from ingest_staging s
        cross join lateral jsonb_to_recordset(s.album->'artists') as r(id text, name text) where s.load_id = ${loadId}::uuid order by r.id
        on conflict (id) do update set name = excluded.name, fetched_at = excluded.fetched_at where artists.name is distinct from excluded.name
        returning id, xmax <> 0 as "isRenamed"
      )
      update recordings set search_text = null where id in (
        select t.recording_id from named n join track_artists ta on ta.artist_id = n.id join tracks t on t.id = ta.track_id where n."isRenamed")`,
    sql`insert into albums (id, name, album_type, artist_names, total_tracks, release_date, released_on, image_url, upc, source, fetched_at)
      select distinct on (a.id) a.id, a.name, a."albumType", a."artistNames", a."totalTracks", a."releaseDate", a."releasedOn", a."imageUrl", a.upc, ${provenance}, ${now}
      from load_albums a order by a.id
      on conflict (id) do update set name = excluded.name, album_type = excluded.album_type, artist_names = excluded.artist_names, total_tracks = excluded.total_tracks,
        release_date = excluded.release_date, released_on = excluded.released_on, image_url = excluded.image_url, upc = coalesce(excluded.upc, albums.upc), fetched_at = excluded.fetched_at`,
    sql`insert into recordings (id, isrc, isrc_source, match_key, search_text, title, duration_ms, explicit, popularity, popularity_source, first_released_on, track_id, album_id, basis, confidence, ingested_on)
      overriding system value
      select distinct on (t."recordingId") t."recordingId", t.isrc, case when t.isrc is not null then ${provenance} end, t."newRecording"->>'matchKey', t."newRecording"->>'searchText', t.name, t."durationMs", t.explicit, t.popularity,
        case when t.popularity is not null then ${provenance} end, t.released, t.id, t.album_id, (t."newRecording"->>'basis')::identity_basis,
        (t."newRecording"->>'confidence')::real, (${now})::date
      from load_tracks t where jsonb_typeof(t."newRecording") = 'object' order by t."recordingId", t.id
      on conflict do nothing`,
    sql`update recordings r set first_released_on = least(r.first_released_on, t.released) from (
        select "recordingId" as id, min(released) as released from load_tracks where jsonb_typeof("newRecording") is distinct from 'object' group by 1) t
      where r.id = t.id and t.released < coalesce(r.first_released_on, 'infinity'::date)`,
    sql`update recordings r set twin_track_id = t.id from (
        select distinct on (l."recordingId") l."recordingId", l.id from load_tracks l join recordings o on o.id = l."recordingId"
        where jsonb_typeof(l."newRecording") is distinct from 'object' and l.explicit <> o.explicit and o.twin_track_id is null order by l."recordingId", l.id) t
      where r.id = t."recordingId"`,
  ];
}

function trackStatements(now: SQL, provenance: SQL): SQL[] {
  return [
    sql`insert into tracks (id, name, duration_ms, explicit, popularity, isrc, recording_id, source, fetched_at)
      select distinct on (t.id) t.id, t.name, t."durationMs", t.explicit, t.popularity, t.isrc, t."recordingId", ${provenance}, ${now} from load_tracks t order by t.id
      on conflict (id) do update set name = excluded.name, duration_ms = excluded.duration_ms, explicit = excluded.explicit,
        popularity = coalesce(excluded.popularity, tracks.popularity), isrc = coalesce(excluded.isrc, tracks.isrc), fetched_at = excluded.fetched_at
      where (tracks.name, tracks.duration_ms, tracks.explicit) is distinct from (excluded.name, excluded.duration_ms, excluded.explicit)
        or tracks.popularity is distinct from coalesce(excluded.popularity, tracks.popularity) or tracks.isrc is distinct from coalesce(excluded.isrc, tracks.isrc)`,
    sql`insert into track_artists (track_id, position, artist_id)
      select t.id, c.position, c.artist from load_tracks t cross join lateral unnest(t."artistIds") with ordinality as c(artist, position) on conflict do nothing`,
    sql`insert into album_track_map (album_id, track_id, disc_number, track_number)
      select t.album_id, t.id, t."discNumber", t."trackNumber" from load_tracks t on conflict do nothing`,
  ];
}

function finishStatements(loadId: string, now: SQL): SQL[] {
  return [
    sql`update album_sources s set status = 'ingested', failure = null, changed_at = ${now} from load_albums a where a.source_id = s.id and s.status <> 'duplicate'`,
    sql`delete from ingest_staging where load_id = ${loadId}::uuid`,
    // Two loads may share a transaction; each unpacks its own.
    sql`drop table load_albums, load_tracks`,
  ];
}
