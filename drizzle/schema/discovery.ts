import type { RecordingId, SpotifyArtistId, UserId } from '#shared/ids.ts';
import { users } from './auth.ts';
import { recordings } from './catalog.ts';
import { instant } from './columns.ts';
import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

/** What a listener does not want to be offered: one recording, or everything by one artist. */
export const dislikes = pgTable(
  'dislikes',
  {
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    recordingId: integer('recording_id')
      .$type<RecordingId>()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    artistId: text('artist_id').$type<SpotifyArtistId>(),
    dislikedAt: instant('disliked_at').notNull(),
  },
  (t) => [
    uniqueIndex('dislikes_recording')
      .on(t.userId, t.recordingId)
      .where(sql`${t.recordingId} is not null`),
    uniqueIndex('dislikes_artist')
      .on(t.userId, t.artistId)
      .where(sql`${t.artistId} is not null`),
    check('dislikes_one_subject', sql`(${t.recordingId} is null) <> (${t.artistId} is null)`),
  ],
);
