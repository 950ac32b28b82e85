import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { SimulateInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { SimulationView } from '#shared/contracts/policies/policy-views.ts';
import type { PlaylistId, PolicyId, RecordingId, SpotifyTrackId } from '#shared/ids.ts';
import { recordings } from './catalog.ts';
import { daterange, instant, markSource, playlistMarkKind, playlistStatus, simulationStatus, snapshotStatus } from './columns.ts';
import { curationPolicies } from './policies.ts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

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
  /** What happens to edits made on Spotify: three-way merge, or overwritten by the next list. */
  handEdits: text('hand_edits').$type<'merge' | 'overwrite'>().notNull().default('merge'),
  retiredAt: instant('retired_at'),
});

/** A pin or ban of one recording in one playlist, from an operator or from an edit on Spotify. In effect from `since_day` to before `until_day`, if set. */
export const playlistMarks = pgTable(
  'playlist_marks',
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
    kind: playlistMarkKind('kind').notNull(),
    /** Position of a pin in the list, from 1; null lets sequencing decide. */
    position: integer('position'),
    source: markSource('source').notNull(),
    sinceDay: date('since_day', { mode: 'string' }).notNull(),
    /** First day on which it is no longer in effect. */
    untilDay: date('until_day', { mode: 'string' }),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('playlist_marks_open')
      .on(t.playlistId, t.recordingId)
      .where(sql`${t.untilDay} is null`),
    check('playlist_marks_position', sql`${t.position} is null or (${t.position} >= 1 and ${t.kind} = 'pin')`),
    check('playlist_marks_days', sql`${t.untilDay} is null or ${t.untilDay} >= ${t.sinceDay}`),
  ],
);

/** One playlist on one day: published whole, or stored as unfilled with the reasons. */
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
    /** Title and description of that day; null for lists older than these columns. */
    name: text('name'),
    description: text('description'),
  },
  (t) => [
    primaryKey({ columns: [t.playlistId, t.batchTag] }),
    index('snapshots_day').on(t.batchTag),
    check('snapshots_unfilled_places_nothing', sql`${t.status} = 'published' or ${t.size} = 0`),
    check('snapshots_report_object', sql`jsonb_typeof(${t.report}) = 'object'`),
  ],
);

/**
 * One placement of a recording in one list. `rest` (the repeat window) is computed by the database: [first day, last day + rest days). Two windows of
 * a recording in one repeat scope may not overlap (exclusion constraint, migration 0002). A placement without a last day is a pin.
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

/**
 * A placement in an exclusivity group: no two lists of a group show one recording on one day (exclusion constraint, migration 0004).
 * A list that yields to other groups also has its placements in those groups.
 */
export const exclusiveStays = pgTable(
  'exclusive_stays',
  {
    placementId: bigint('placement_id', { mode: 'number' })
      .notNull()
      .references(() => placements.id),
    groupName: text('group_name').notNull(),
    recordingId: integer('recording_id').$type<RecordingId>().notNull(),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    lastDay: date('last_day', { mode: 'string' }),
    stay: daterange('stay')
      .notNull()
      .generatedAlwaysAs(sql`daterange(first_day, last_day, '[]')`),
  },
  (t) => [primaryKey({ columns: [t.placementId, t.groupName] })],
);

/** A simulation of future days: input, progress and results. */
export const simulations = pgTable(
  'simulations',
  {
    id: uuid('id').primaryKey(),
    title: text('title').notNull(),
    status: simulationStatus('status').notNull().default('queued'),
    input: jsonb('input').$type<SimulateInput>().notNull(),
    done: integer('done').notNull().default(0),
    total: integer('total').notNull(),
    results: jsonb('results').$type<SimulationView['results']>(),
    problem: text('problem'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('simulations_created').on(t.createdAt.desc()),
    check('simulations_input_object', sql`jsonb_typeof(${t.input}) = 'object'`),
    check('simulations_results_array', sql`${t.results} is null or jsonb_typeof(${t.results}) = 'array'`),
  ],
);

/** The ledger: every entry ever placed, with its reasons. Never pruned within the longest repeat window. */
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

/** Last use per recording and repeat scope. `restsUntil` is the first day it can play again; null while pinned. */
export const recentUsage = pgView('recent_usage', {
  recordingId: integer('recording_id').$type<RecordingId>().notNull(),
  restScope: text('rest_scope').notNull(),
  lastUsedOn: date('last_used_on', { mode: 'string' }),
  restsUntil: date('rests_until', { mode: 'string' }),
  uses: integer('uses').notNull(),
}).existing();
