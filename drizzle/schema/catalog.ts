import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { RecordingId, SpotifyAlbumId, SpotifyArtistId, SpotifyTrackId } from '#shared/ids.ts';
import { identityBasis, instant, provenance, sourceFailure, sourceStatus, tagKind } from './columns.ts';

/** One import line, as entered. It becomes an album, points to the line it duplicates, or stores why it failed. */
export const albumSources = pgTable(
  'album_sources',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    intakeId: uuid('intake_id').notNull(),
    lineNumber: integer('line_number').notNull(),
    given: text('given').notNull(),
    albumId: text('album_id').$type<SpotifyAlbumId>(),
    status: sourceStatus('status').notNull(),
    failure: sourceFailure('failure'),
    duplicateOf: bigint('duplicate_of', { mode: 'number' }),
    submittedBy: text('submitted_by').notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    claimedAt: instant('claimed_at'),
  },
  (t) => [
    index('album_sources_status').on(t.status, t.id),
    index('album_sources_intake').on(t.intakeId, t.lineNumber),
    uniqueIndex('album_sources_one_per_album')
      .on(t.albumId)
      .where(sql`${t.status} <> 'duplicate'`),
    check('album_sources_failed_says_why', sql`(${t.status} = 'failed') = (${t.failure} is not null)`),
    check('album_sources_duplicate_points', sql`(${t.status} = 'duplicate') = (${t.duplicateOf} is not null)`),
  ],
);

export const artists = pgTable('artists', {
  id: text('id').$type<SpotifyArtistId>().primaryKey(),
  name: text('name').notNull(),
  source: provenance('source').notNull(),
  fetchedAt: instant('fetched_at').notNull(),
});

export const albums = pgTable(
  'albums',
  {
    id: text('id').$type<SpotifyAlbumId>().primaryKey(),
    name: text('name').notNull(),
    albumType: text('album_type'),
    artistNames: text('artist_names').array().notNull(),
    totalTracks: integer('total_tracks').notNull(),
    /** As Spotify reports it: a year, a month or a day. */
    releaseDate: text('release_date'),
    /** The earliest day that `releaseDate` can mean. */
    releasedOn: date('released_on', { mode: 'string' }),
    imageUrl: text('image_url'),
    upc: text('upc'),
    source: provenance('source').notNull(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (t) => [index('albums_name_trgm').using('gin', sql`${t.name} gin_trgm_ops`)],
);

/**
 * One performance, on whatever release. `matchKey` is the normalized title and artists (shared/domain/catalog/recording-identity.ts);
 * `confidence` (0–1) is that of the identity. A recording merged into another one keeps its row and points to it (`mergedInto`).
 */
export const recordings = pgTable(
  'recordings',
  {
    id: integer('id').$type<RecordingId>().primaryKey().generatedAlwaysAsIdentity(),
    isrc: text('isrc'),
    isrcSource: provenance('isrc_source'),
    matchKey: text('match_key').notNull(),
    /** Folded title and artists (shared/domain/catalog/search-text.ts); null while this and `matchKey` are to be computed again. */
    searchText: text('search_text'),
    title: text('title').notNull(),
    durationMs: integer('duration_ms').notNull(),
    explicit: boolean('explicit'),
    popularity: smallint('popularity'),
    popularitySource: provenance('popularity_source'),
    firstReleasedOn: date('first_released_on', { mode: 'string' }),
    /** The track used for the recording in playlists. */
    trackId: text('track_id').$type<SpotifyTrackId>().notNull(),
    /** A track of the same recording that is clean where `trackId` is explicit, or the other way around; null when there is none. */
    twinTrackId: text('twin_track_id').$type<SpotifyTrackId>(),
    albumId: text('album_id').$type<SpotifyAlbumId>().notNull(),
    basis: identityBasis('basis').notNull(),
    confidence: real('confidence').notNull(),
    mergedInto: integer('merged_into').$type<RecordingId>(),
    ingestedOn: date('ingested_on', { mode: 'string' }).notNull(),
    featuresAskedAt: instant('features_asked_at'),
    tagsAskedAt: instant('tags_asked_at'),
  },
  (t) => [
    index('recordings_match_key').on(t.matchKey, t.durationMs),
    uniqueIndex('recordings_isrc')
      .on(t.isrc)
      .where(sql`${t.isrc} is not null`),
    index('recordings_search_trgm').using('gin', sql`${t.searchText} gin_trgm_ops`),
    index('recordings_unread')
      .on(t.id)
      .where(sql`${t.searchText} is null`),
    index('recordings_merged_into')
      .on(t.mergedInto)
      .where(sql`${t.mergedInto} is not null`),
  ],
);

/** A recording on one release, under its playable Spotify id. */
export const tracks = pgTable(
  'tracks',
  {
    id: text('id').$type<SpotifyTrackId>().primaryKey(),
    name: text('name').notNull(),
    durationMs: integer('duration_ms').notNull(),
    explicit: boolean('explicit'),
    popularity: smallint('popularity'),
    isrc: text('isrc'),
    recordingId: integer('recording_id')
      .$type<RecordingId>()
      .notNull()
      .references(() => recordings.id),
    source: provenance('source').notNull(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (t) => [
    index('tracks_recording').on(t.recordingId),
    index('tracks_isrc')
      .on(t.isrc)
      .where(sql`${t.isrc} is not null`),
    index('tracks_popularity')
      .on(t.popularity)
      .where(sql`${t.popularity} is not null`),
  ],
);

/**
 * Credits in order. Join rows of the catalog have no foreign keys: one load writes them and both referenced rows in one transaction, nothing
 * deletes those rows, and half a million checks took a fifth of the time to import ten thousand albums.
 */
export const trackArtists = pgTable(
  'track_artists',
  {
    trackId: text('track_id').$type<SpotifyTrackId>().notNull(),
    position: smallint('position').notNull(),
    artistId: text('artist_id').$type<SpotifyArtistId>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.trackId, t.position] }), index('track_artists_artist').on(t.artistId)],
);

export const albumTrackMap = pgTable(
  'album_track_map',
  {
    albumId: text('album_id').$type<SpotifyAlbumId>().notNull(),
    trackId: text('track_id').$type<SpotifyTrackId>().notNull(),
    discNumber: smallint('disc_number').notNull(),
    trackNumber: smallint('track_number').notNull(),
  },
  (t) => [primaryKey({ columns: [t.albumId, t.trackId] })],
);

/** Audio features of a recording; null is unknown. Loudness is in dB, tempo in beats per minute, the others are 0–1 or Spotify's codes. */
export const trackFeatures = pgTable('track_features', {
  recordingId: integer('recording_id')
    .$type<RecordingId>()
    .primaryKey()
    .references(() => recordings.id, { onDelete: 'cascade' }),
  danceability: real('danceability'),
  energy: real('energy'),
  key: smallint('key'),
  loudness: real('loudness'),
  mode: smallint('mode'),
  speechiness: real('speechiness'),
  acousticness: real('acousticness'),
  instrumentalness: real('instrumentalness'),
  liveness: real('liveness'),
  valence: real('valence'),
  tempo: real('tempo'),
  timeSignature: smallint('time_signature'),
  source: provenance('source').notNull(),
  fetchedAt: instant('fetched_at').notNull(),
});

/** A genre or mood of a recording, from one source. Tags are lowercase. */
export const trackTags = pgTable(
  'track_tags',
  {
    recordingId: integer('recording_id')
      .$type<RecordingId>()
      .notNull()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    kind: tagKind('kind').notNull(),
    tag: text('tag').notNull(),
    source: provenance('source').notNull(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.recordingId, t.kind, t.tag, t.source] }), index('track_tags_tag').on(t.kind, t.tag)],
);

/** Target of COPY before one transaction moves the rows on. Rows belong to a load; the rows of a load that died are deleted by age. */
export const ingestStaging = pgTable(
  'ingest_staging',
  {
    loadId: uuid('load_id').notNull(),
    loadedAt: instant('loaded_at').notNull(),
    sourceId: bigint('source_id', { mode: 'number' }).notNull(),
    album: jsonb('album').notNull(),
  },
  (t) => [index('ingest_staging_load').on(t.loadId), check('ingest_staging_object', sql`jsonb_typeof(${t.album}) = 'object'`)],
);

/** One recording's features as a row to insert. */
export type FeatureColumns = Partial<Omit<typeof trackFeatures.$inferInsert, 'recordingId' | 'source' | 'fetchedAt'>> & {
  readonly recordingId: RecordingId;
};
