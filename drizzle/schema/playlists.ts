import type { PlaylistId } from '#shared/ids.ts';
import { instant } from './columns.ts';
import { playlists, snapshots } from './curation.ts';
import { sql } from 'drizzle-orm';
import { check, date, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

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

/**
 * The secret from which the salts of the public ledger are derived. One row, made by the migration. It is not encrypted: a person who reads this database
 * also reads what the salts hide from the public.
 */
export const publicLedgerSecret = pgTable(
  'public_ledger_secret',
  { id: integer('id').primaryKey().default(1), secret: text('secret').notNull() },
  (t) => [check('public_ledger_secret_one_row', sql`${t.id} = 1`)],
);
