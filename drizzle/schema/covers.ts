import type { AssetId, CoverId, PlaylistId, RenderId, UserId } from '#shared/ids.ts';
import type { Json } from '#shared/json.ts';
import { users } from './auth.ts';
import { instant } from './columns.ts';
import { playlists } from './curation.ts';
import { assets } from './studio.ts';
import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** The steps of a cover, each on its own: `open` → `running` → `ready` or `failed`; a step whose source changed is `stale` and keeps its result. */
type CoverSteps = Partial<
  Record<'analysis' | 'words' | 'picture' | 'type' | 'upload', { state: 'open' | 'running' | 'ready' | 'failed' | 'stale'; error?: string }>
>;

type StepResult = { readonly [field: string]: Json };

/** A person's work on one cover. Every step keeps its own result, so that going back loses nothing. */
export const covers = pgTable(
  'covers',
  {
    id: uuid('id').$type<CoverId>().primaryKey(),
    /** Null: the operator with the admin key, or the network. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The link as the person gave it; null for one of our own playlists. */
    sourceUrl: text('source_url'),
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .references(() => playlists.id),
    analysis: jsonb('analysis').$type<StepResult>(),
    words: jsonb('words').$type<StepResult>(),
    /** The renders requested for it; the picture below is one of their results, or an upload. */
    renderIds: uuid('render_ids').$type<RenderId>().array().notNull(),
    pictureAssetId: uuid('picture_asset_id')
      .$type<AssetId>()
      .references(() => assets.id, { onDelete: 'set null' }),
    type: jsonb('type').$type<StepResult>(),
    /** The finished JPEG. */
    resultAssetId: uuid('result_asset_id')
      .$type<AssetId>()
      .references(() => assets.id, { onDelete: 'set null' }),
    receipt: jsonb('receipt').$type<StepResult>(),
    steps: jsonb('steps').$type<CoverSteps>().notNull(),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('covers_user').on(t.userId, t.changedAt.desc(), t.id.desc()),
    check('covers_one_source', sql`(${t.sourceUrl} is null) <> (${t.playlistId} is null)`),
    check('covers_steps_object', sql`jsonb_typeof(${t.steps}) = 'object'`),
    check(
      'covers_results_objects',
      sql`coalesce(jsonb_typeof(${t.analysis}), 'object') = 'object' and coalesce(jsonb_typeof(${t.words}), 'object') = 'object'
        and coalesce(jsonb_typeof(${t.type}), 'object') = 'object' and coalesce(jsonb_typeof(${t.receipt}), 'object') = 'object'`,
    ),
  ],
);
