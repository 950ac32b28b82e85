import type { AnalyzedMusic } from '#shared/contracts/covers/analysis.ts';
import type { CoverStep, CoverStepState, CoverTypeWish, CoverWords } from '#shared/contracts/covers/projects.ts';
import type { DrawnPicture } from '#shared/contracts/covers/local-art.ts';
import type { UploadPlan, UploadReceipt, UploadState } from '#shared/contracts/covers/uploads.ts';
import type { ProposedWords } from '#shared/contracts/covers/words.ts';
import type { TypePlan, TypeReport } from '#shared/domain/covers/type/type-plan.ts';
import type { AccountId, AssetId, CoverId, CoverUploadId, PlaylistId, RenderId, SpotifyPlaylistId, UserId } from '#shared/ids.ts';
import { accounts } from './accounts.ts';
import { users } from './auth.ts';
import { instant } from './columns.ts';
import { playlists } from './curation.ts';
import { assets } from './studio.ts';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** The steps that are not open: `ready`, `failed`, or `stale` when an earlier step changed. Each keeps its last result. */
export type CoverSteps = Readonly<Partial<Record<CoverStep, CoverStepState>>>;

/** A picture of a cover, as it is stored with it. */
export interface StoredPicture {
  readonly assetId: AssetId;
  readonly origin: 'local-art' | 'render' | 'upload';
  readonly drawn: DrawnPicture | null;
}

/** The result of the step `type`. Plan and report are null when the picture spells the title. */
export interface StoredType {
  readonly wish: CoverTypeWish;
  readonly plan: TypePlan | null;
  readonly report: TypeReport | null;
}

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
    /** A pasted list of tracks. */
    sourceList: text('source_list'),
    /** Counts every change, so that a slow step notices that something before it changed in the meantime. */
    revision: integer('revision').notNull().default(1),
    analysis: jsonb('analysis').$type<AnalyzedMusic>(),
    /** Proposed words, newest first. */
    proposals: jsonb('proposals').$type<readonly ProposedWords[]>().notNull().default([]),
    words: jsonb('words').$type<CoverWords>(),
    /** The renders requested for it; the picture below is one of their results, or an upload. */
    renderIds: uuid('render_ids').$type<RenderId>().array().notNull(),
    pictureAssetId: uuid('picture_asset_id')
      .$type<AssetId>()
      .references(() => assets.id, { onDelete: 'set null' }),
    /** All pictures that were chosen once, newest first. */
    pictures: jsonb('pictures').$type<readonly StoredPicture[]>().notNull().default([]),
    type: jsonb('type').$type<StoredType>(),
    /** The finished JPEG. */
    resultAssetId: uuid('result_asset_id')
      .$type<AssetId>()
      .references(() => assets.id, { onDelete: 'set null' }),
    steps: jsonb('steps').$type<CoverSteps>().notNull(),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('covers_user').on(t.userId, t.changedAt.desc(), t.id.desc()),
    check('covers_one_source', sql`num_nonnulls(${t.sourceUrl}, ${t.playlistId}, ${t.sourceList}) = 1`),
    check('covers_steps_object', sql`jsonb_typeof(${t.steps}) = 'object'`),
    check(
      'covers_results_objects',
      sql`coalesce(jsonb_typeof(${t.analysis}), 'object') = 'object' and coalesce(jsonb_typeof(${t.words}), 'object') = 'object'
        and coalesce(jsonb_typeof(${t.type}), 'object') = 'object'`,
    ),
    check('covers_results_lists', sql`jsonb_typeof(${t.proposals}) = 'array' and jsonb_typeof(${t.pictures}) = 'array'`),
  ],
);

/**
 * One upload of a picture to one playlist: plan, intent and receipt. States: planned → sending (intent committed) → sent → shown; failed; outdated when
 * another picture came first. A picture that Spotify has taken stays `sent` until it is read back.
 */
export const coverUploads = pgTable(
  'cover_uploads',
  {
    id: uuid('id').$type<CoverUploadId>().primaryKey(),
    coverId: uuid('cover_id')
      .$type<CoverId>()
      .references(() => covers.id, { onDelete: 'set null' }),
    /** Null: the operator with the admin key. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .$type<AccountId>()
      .references(() => accounts.id),
    spotifyPlaylistId: text('spotify_playlist_id').$type<SpotifyPlaylistId>().notNull(),
    /** Set when it is a playlist of the network. */
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .references(() => playlists.id),
    plan: jsonb('plan').$type<UploadPlan>().notNull(),
    hash: text('hash').notNull(),
    state: text('state').$type<UploadState>().notNull(),
    receipt: jsonb('receipt').$type<UploadReceipt>(),
    plannedAt: instant('planned_at').notNull(),
    intendedAt: instant('intended_at'),
    /** When Spotify took the picture. */
    sentAt: instant('sent_at'),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('cover_uploads_cover').on(t.coverId, t.plannedAt.desc()),
    index('cover_uploads_playlist').on(t.spotifyPlaylistId, t.sentAt.desc()),
    index('cover_uploads_open')
      .on(t.changedAt)
      .where(sql`${t.state} in ('sending', 'sent')`),
    check('cover_uploads_state', sql`${t.state} in ('planned', 'sending', 'sent', 'shown', 'failed', 'outdated')`),
    check('cover_uploads_objects', sql`jsonb_typeof(${t.plan}) = 'object' and coalesce(jsonb_typeof(${t.receipt}), 'object') = 'object'`),
    check('cover_uploads_intent', sql`${t.intendedAt} is not null or ${t.state} in ('planned', 'failed', 'outdated')`),
    check(
      'cover_uploads_sent',
      sql`(${t.sentAt} is not null) = (${t.receipt} is not null) and (${t.sentAt} is not null or ${t.state} not in ('sent', 'shown'))`,
    ),
  ],
);
