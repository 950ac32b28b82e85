import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import type { Provenance } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** A recording with the fields that curation uses. */
export interface CurationRow {
  readonly recordingId: number;
  readonly trackId: string;
  readonly title: string;
  readonly artistIds: string[];
  readonly artistNames: string[];
  readonly albumId: string;
  readonly albumName: string;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly hasTwin: boolean;
  readonly popularity: number | null;
  readonly releasedOn: string | null;
  readonly ingestedOn: string;
  readonly hasIsrc: boolean;
  readonly features: (number | null)[];
  readonly featuresSource: Provenance | null;
  readonly genres: string[];
  readonly moods: string[];
}

/** The query for curation rows; `condition` is trusted SQL about recording `r`. */
export function curationRowsSql(condition: string): string {
  const features = AUDIO_FEATURES.map((name) => `f.${name}`).join(', ');
  return `
    select r.id, r.track_id, r.title, r.album_id, coalesce(al.name, '') as album_name, r.duration_ms, r.explicit, r.twin_track_id is not null as has_twin, r.popularity,
      r.first_released_on::text as released_on, r.ingested_on::text as ingested_on, r.isrc is not null as has_isrc, f.source as features_source,
      array[${features}]::real[] as features,
      coalesce(a.ids, '{}') as artist_ids, coalesce(a.names, '{}') as artist_names, coalesce(g.genres, '{}') as genres, coalesce(g.moods, '{}') as moods
    from recordings r
    left join albums al on al.id = r.album_id
    left join track_features f on f.recording_id = r.id
    left join lateral (select array_agg(ta.artist_id order by ta.position) as ids, array_agg(ar.name order by ta.position) as names
      from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id) a on true
    left join lateral (select array_agg(distinct tag) filter (where kind = 'genre') as genres, array_agg(distinct tag) filter (where kind = 'mood') as moods
      from track_tags tt where tt.recording_id = r.id) g on true
    where r.merged_into is null and ${condition} order by r.id`;
}

/** A curation row as Postgres returns it. */
export interface RawCurationRow extends Record<string, unknown> {
  id: number;
  track_id: string;
  title: string;
  album_id: string;
  album_name: string;
  duration_ms: number;
  explicit: boolean | null;
  has_twin: boolean;
  popularity: number | null;
  released_on: string | null;
  ingested_on: string;
  has_isrc: boolean;
  features_source: Provenance | null;
  features: (number | null)[];
  artist_ids: string[];
  artist_names: string[];
  genres: string[] | null;
  moods: string[] | null;
}

/** Converts a row from column names to our names. */
export function toCurationRow(row: RawCurationRow): CurationRow {
  return {
    recordingId: row.id,
    trackId: row.track_id,
    title: row.title,
    artistIds: row.artist_ids,
    artistNames: row.artist_names,
    albumId: row.album_id,
    albumName: row.album_name,
    durationMs: row.duration_ms,
    explicit: row.explicit,
    hasTwin: row.has_twin,
    popularity: row.popularity,
    releasedOn: row.released_on,
    ingestedOn: row.ingested_on,
    hasIsrc: row.has_isrc,
    features: row.features,
    featuresSource: row.features_source,
    genres: row.genres ?? [],
    moods: row.moods ?? [],
  };
}

/** The curation row of one recording; undefined when it does not exist or was merged into another. */
export async function findCurationRow(db: Db, recordingId: number): Promise<CurationRow | undefined> {
  const found = await db.execute<RawCurationRow>(sql.raw(curationRowsSql(`r.id = ${Math.trunc(recordingId)}`)));
  return found.rows[0] ? toCurationRow(found.rows[0]) : undefined;
}
