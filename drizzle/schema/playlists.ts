import type { PlaylistId } from '#shared/ids.ts';
import { instant } from './columns.ts';
import { playlists, snapshots } from './curation.ts';
import { date, foreignKey, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/** A day that shows an earlier day's list again: what was rolled back, by whom, and why. */
export const listOverrides = pgTable(
  'list_overrides',
  {
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .notNull()
      .references(() => playlists.id),
    batchTag: date('batch_tag', { mode: 'string' }).notNull(),
    showsBatchTag: date('shows_batch_tag', { mode: 'string' }).notNull(),
    reason: text('reason'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.playlistId, t.batchTag] }),
    foreignKey({
      columns: [t.playlistId, t.showsBatchTag],
      foreignColumns: [snapshots.playlistId, snapshots.batchTag],
      name: 'list_overrides_snapshot',
    }),
  ],
);
