import type { SpotifyAlbumId, SubmissionId, UserId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { users } from './auth.ts';
import { instant, submissionDecision } from './columns.ts';

/** An album that a listener submitted. Once it is accepted, its state is that of the album's import line. */
export const albumSubmissions = pgTable(
  'album_submissions',
  {
    id: uuid('id').$type<SubmissionId>().primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    link: text('link').notNull(),
    albumId: text('album_id').$type<SpotifyAlbumId>().notNull(),
    decision: submissionDecision('decision').notNull(),
    /** Why the operator refused it. */
    reason: text('reason'),
    /** Whether the album was in the catalog or submitted already; then it does not count toward the person's day. */
    isDuplicate: boolean('is_duplicate').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    decidedBy: text('decided_by'),
  },
  (t) => [
    index('album_submissions_person').on(t.userId, t.submittedAt.desc()),
    index('album_submissions_decision').on(t.decision, t.submittedAt),
    index('album_submissions_album').on(t.albumId),
    uniqueIndex('album_submissions_once')
      .on(t.userId, t.albumId)
      .where(sql`${t.decision} in ('waiting', 'accepted')`),
    check('album_submissions_refused_says_why', sql`(${t.decision} = 'refused') = (${t.reason} is not null)`),
  ],
);
