import type { RecordingId, SpotifyArtistId, UserId } from '#shared/ids.ts';
import { users } from './auth.ts';
import { recordings } from './catalog.ts';
import { instant } from './columns.ts';
import type { SearchKind } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';
import { bigint, check, customType, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

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

/**
 * What the search finds: recordings, artists and albums, derived from their tables by the job `index-search`. Words are made by
 * shared/domain/discovery/search/words.ts, so no second implementation in SQL has to agree with it.
 */
export const searchEntries = pgTable(
  'search_entries',
  {
    kind: text('kind').$type<SearchKind>().notNull(),
    /** Id of the recording, artist or album. */
    ref: text('ref').notNull(),
    /** The words of the title or name, cut: what is looked up when somebody types a whole title. */
    titleKey: text('title_key').notNull(),
    /** The words of the title or name, then of each artist, one line each. */
    text: text('text').notNull(),
    popularity: smallint('popularity'),
    words: tsvector('words').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.ref] }),
    index('search_entries_recording_words')
      .using('gin', t.words)
      .where(sql`${t.kind} = 'recording'`),
    index('search_entries_artist_words')
      .using('gin', t.words)
      .where(sql`${t.kind} = 'artist'`),
    index('search_entries_album_words')
      .using('gin', t.words)
      .where(sql`${t.kind} = 'album'`),
    index('search_entries_title').on(t.kind, t.titleKey, t.popularity.desc().nullsLast(), t.ref),
    index('search_entries_best_known')
      .on(t.popularity.desc().nullsLast(), t.ref)
      .where(sql`${t.kind} = 'recording'`),
    check('search_entries_kind', sql`${t.kind} in ('recording', 'artist', 'album')`),
  ],
);

/** The words of all search entries: how many have each, and hashes of the word and of it without one letter, by which misspelled words are found. */
export const catalogWords = pgTable(
  'search_words',
  { word: text('word').primaryKey(), uses: integer('uses').notNull(), forms: integer('forms').array().notNull() },
  (t) => [index('search_words_beginnings').on(t.word.op('text_pattern_ops')), index('search_words_forms').using('gin', t.forms)],
);

/** Recordings, artists and albums whose search entry is out of date, written by triggers. New ones are found by their missing entry. */
export const searchChanges = pgTable('search_changes', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text('kind').$type<SearchKind>().notNull(),
  ref: text('ref').notNull(),
});
