import type { SavedCriteria, SavedState, VersionKind } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedExportFacts } from '#shared/contracts/discovery/saved-exports.ts';
import type { SavedSummary, SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import type { OwnPlaylistId, SavedPlaylistId, SyncPlanId, UserId } from '#shared/ids.ts';
import { users } from './auth.ts';
import { instant } from './columns.ts';
import { ownPlaylists, syncPlans } from './sync.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/**
 * A listener's playlist. States: draft → saved; removed (restorable for 30 days) → deleted by the hourly tidying. Each change raises `revision`, so that
 * a change made from an older one is refused.
 */
export const savedPlaylists = pgTable(
  'saved_playlists',
  {
    id: uuid('id').$type<SavedPlaylistId>().primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    state: text('state').$type<SavedState>().notNull(),
    revision: integer('revision').notNull().default(1),
    /** The version that it shows. */
    version: integer('version').notNull().default(1),
    repeatDays: integer('repeat_days').notNull(),
    summary: jsonb('summary').$type<SavedSummary>().notNull(),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    removedAt: instant('removed_at'),
    /** Its playlist on Spotify; null before the first export is planned. */
    ownPlaylistId: uuid('own_playlist_id')
      .$type<OwnPlaylistId>()
      .references(() => ownPlaylists.id, { onDelete: 'set null' }),
    /** The version that Spotify was last seen to show, and when. */
    exportedVersion: integer('exported_version'),
    exportedAt: instant('exported_at'),
  },
  (t) => [
    index('saved_playlists_user').on(t.userId, t.changedAt.desc()),
    index('saved_playlists_removed')
      .on(t.removedAt)
      .where(sql`${t.removedAt} is not null`),
    check('saved_playlists_state', sql`${t.state} in ('draft', 'saved')`),
    check('saved_playlists_numbers', sql`${t.revision} >= 1 and ${t.version} >= 1 and ${t.repeatDays} between 0 and 365`),
    check('saved_playlists_summary_object', sql`jsonb_typeof(${t.summary}) = 'object'`),
  ],
);

/** The lists of a saved playlist, each with what it was made from and why each track is in it. A draft has one, which is replaced. */
export const savedPlaylistVersions = pgTable(
  'saved_playlist_versions',
  {
    savedId: uuid('saved_id')
      .$type<SavedPlaylistId>()
      .notNull()
      .references(() => savedPlaylists.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    how: text('how').$type<VersionKind>().notNull(),
    says: text('says').notNull(),
    criteria: jsonb('criteria').$type<SavedCriteria>().notNull(),
    seed: text('seed').notNull(),
    notes: jsonb('notes').$type<readonly string[]>().notNull(),
    tracks: jsonb('tracks').$type<readonly SavedTrack[]>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.savedId, t.version] }),
    check('saved_playlist_versions_how', sql`${t.how} in ('saved', 'edited', 'regenerated', 'restored', 'duplicated')`),
    check(
      'saved_playlist_versions_json',
      sql`jsonb_typeof(${t.criteria}) = 'object' and jsonb_typeof(${t.notes}) = 'array' and jsonb_typeof(${t.tracks}) = 'array'`,
    ),
  ],
);

/** A plan that writes a version of a saved playlist to Spotify, with what had to be left out. The plan itself, its writes and receipts are those of sync. */
export const savedExports = pgTable(
  'saved_exports',
  {
    planId: uuid('plan_id')
      .$type<SyncPlanId>()
      .primaryKey()
      .references(() => syncPlans.id, { onDelete: 'cascade' }),
    savedId: uuid('saved_id')
      .$type<SavedPlaylistId>()
      .notNull()
      .references(() => savedPlaylists.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    facts: jsonb('facts').$type<SavedExportFacts>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('saved_exports_saved').on(t.savedId, t.createdAt.desc()), check('saved_exports_object', sql`jsonb_typeof(${t.facts}) = 'object'`)],
);
