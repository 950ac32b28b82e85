import { sql } from 'drizzle-orm';
import { bigint, check, date, foreignKey, index, integer, jsonb, pgTable, pgView, primaryKey, real, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { PolicyV1 } from '#shared/contracts/policy.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/snapshot.ts';
import type { PlaylistId, PolicyId, RecordingId, SpotifyTrackId } from '#shared/ids.ts';
import { recordings } from './catalogue.ts';
import { daterange, instant, playlistStatus, snapshotStatus } from './columns.ts';

/** One version of a policy. A new version is a new row of the same family; a row is never edited. */
export const curationPolicies = pgTable(
  'curation_policies',
  {
    id: uuid('id').$type<PolicyId>().primaryKey(),
    familyId: uuid('family_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    body: jsonb('body').$type<PolicyV1>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [unique('curation_policies_version').on(t.familyId, t.version), check('curation_policies_object', sql`jsonb_typeof(${t.body}) = 'object'`)],
);

export const playlists = pgTable('playlists', {
  id: uuid('id').$type<PlaylistId>().primaryKey(),
  /** The playlist's number in the whole network, from 1; part of its name. */
  globalIndex: integer('global_index').notNull().unique(),
  themeTag: text('theme_tag').notNull(),
  blurb: text('blurb'),
  policyId: uuid('policy_id')
    .$type<PolicyId>()
    .notNull()
    .references(() => curationPolicies.id),
  status: playlistStatus('status').notNull().default('active'),
  createdAt: instant('created_at').notNull(),
});

/** One playlist on one day: published whole, or kept unfilled with the reasons why. */
export const snapshots = pgTable(
  'snapshots',
  {
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .notNull()
      .references(() => playlists.id),
    batchTag: date('batch_tag', { mode: 'string' }).notNull(),
    policyId: uuid('policy_id')
      .$type<PolicyId>()
      .notNull()
      .references(() => curationPolicies.id),
    status: snapshotStatus('status').notNull(),
    size: integer('size').notNull(),
    report: jsonb('report').$type<SnapshotReport>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.playlistId, t.batchTag] }),
    index('snapshots_day').on(t.batchTag),
    check('snapshots_unfilled_places_nothing', sql`${t.status} = 'published' or ${t.size} = 0`),
    check('snapshots_report_object', sql`jsonb_typeof(${t.report}) = 'object'`),
  ],
);

/**
 * One stay of a recording in one list. `rest` is computed by the database: [first day, last day + rest days). Two rests of a recording
 * in one rest scope may not overlap (exclusion constraint, migration 0002). A stay without a last day is a pin.
 */
export const placements = pgTable(
  'placements',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .notNull()
      .references(() => playlists.id),
    recordingId: integer('recording_id')
      .$type<RecordingId>()
      .notNull()
      .references(() => recordings.id),
    restScope: text('rest_scope').notNull(),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    lastDay: date('last_day', { mode: 'string' }),
    restDays: integer('rest_days').notNull(),
    rest: daterange('rest')
      .notNull()
      .generatedAlwaysAs(sql`daterange(first_day, last_day + rest_days, '[)')`),
  },
  (t) => [
    index('placements_recording').on(t.recordingId),
    index('placements_playlist').on(t.playlistId, t.firstDay),
    check('placements_days_in_order', sql`${t.lastDay} is null or ${t.lastDay} >= ${t.firstDay}`),
    check('placements_rest_days', sql`${t.restDays} >= 0`),
  ],
);

/** The ledger: every entry ever placed, with the reason it was. Never pruned inside the longest window. */
export const playlistEntriesHistory = pgTable(
  'playlist_entries_history',
  {
    playlistId: uuid('playlist_id').$type<PlaylistId>().notNull(),
    batchTag: date('batch_tag', { mode: 'string' }).notNull(),
    position: integer('position').notNull(),
    recordingId: integer('recording_id')
      .$type<RecordingId>()
      .notNull()
      .references(() => recordings.id),
    trackId: text('track_id').$type<SpotifyTrackId>().notNull(),
    placementId: bigint('placement_id', { mode: 'number' })
      .notNull()
      .references(() => placements.id),
    score: real('score').notNull(),
    reasons: jsonb('reasons').$type<EntryReasons>().notNull(),
    addedAt: instant('added_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.playlistId, t.batchTag, t.position] }),
    unique('history_once_a_day').on(t.playlistId, t.batchTag, t.recordingId),
    foreignKey({ columns: [t.playlistId, t.batchTag], foreignColumns: [snapshots.playlistId, snapshots.batchTag], name: 'history_snapshot' }),
    index('history_playlist_added').on(t.playlistId, t.addedAt.desc()),
    index('history_recording').on(t.recordingId, t.batchTag),
    check('history_position_from_one', sql`${t.position} >= 1`),
    check('history_reasons_object', sql`jsonb_typeof(${t.reasons}) = 'object'`),
  ],
);

/** Last use per recording and rest scope. `restsUntil` is the first day it may return; null while pinned. */
export const recentUsage = pgView('recent_usage', {
  recordingId: integer('recording_id').$type<RecordingId>().notNull(),
  restScope: text('rest_scope').notNull(),
  lastUsedOn: date('last_used_on', { mode: 'string' }),
  restsUntil: date('rests_until', { mode: 'string' }),
  uses: integer('uses').notNull(),
}).existing();
