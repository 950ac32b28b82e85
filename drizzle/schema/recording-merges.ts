import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, real, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { RecordingId } from '#shared/ids.ts';
import { recordings } from './catalog.ts';
import { identityBasis, instant } from './columns.ts';

/** What a merge took from a recording, so that it can be given back. */
export interface MovedByMerge {
  /** Ids of its tracks. */
  readonly tracks: readonly string[];
  /** True when its audio features were copied. */
  readonly features: boolean;
  /** Its tags that were copied, as `kind:source:tag`. */
  readonly tags: readonly string[];
}

/**
 * A recording that turned out to be another one. In force until `undone_at`; a pair with an undone merge is never merged again. `shared_windows` counts the
 * placements of both within one repeat window before the merge: the ledger keeps them as they were placed.
 */
export const recordingMerges = pgTable(
  'recording_merges',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    fromRecording: integer('from_recording')
      .$type<RecordingId>()
      .notNull()
      .references(() => recordings.id),
    intoRecording: integer('into_recording')
      .$type<RecordingId>()
      .notNull()
      .references(() => recordings.id),
    reason: identityBasis('reason').notNull(),
    confidence: real('confidence').notNull(),
    sharedWindows: integer('shared_windows').notNull(),
    moved: jsonb('moved').$type<MovedByMerge>().notNull(),
    mergedAt: instant('merged_at').notNull(),
    undoneAt: instant('undone_at'),
    undoneBy: text('undone_by'),
  },
  (t) => [
    uniqueIndex('recording_merges_in_force')
      .on(t.fromRecording)
      .where(sql`${t.undoneAt} is null`),
    index('recording_merges_into').on(t.intoRecording),
    check('recording_merges_moved_object', sql`jsonb_typeof(${t.moved}) = 'object'`),
    check('recording_merges_undone_by', sql`(${t.undoneAt} is null) = (${t.undoneBy} is null)`),
  ],
);
