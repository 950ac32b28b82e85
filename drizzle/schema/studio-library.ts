import type { AssetId, CollectionId, PlaylistId, UserId } from '#shared/ids.ts';
import type { MaskOperation } from '#shared/domain/studio/masks/mask-operation.ts';
import type { Sharing } from '#shared/vocabulary.ts';
import { users } from './auth.ts';
import { instant } from './columns.ts';
import { playlists } from './curation.ts';
import { assets } from './studio.ts';
import { sql } from 'drizzle-orm';
import { bigint, check, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

/** A collection of a person's assets. */
export const collections = pgTable(
  'collections',
  {
    id: uuid('id').$type<CollectionId>().primaryKey(),
    /** Null: the operator with the admin key. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    sharing: text('sharing').$type<Sharing>().notNull().default('private'),
    /** Part of its shared address; null while it is private. */
    shareToken: text('share_token'),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('collections_user').on(t.userId, t.changedAt.desc(), t.id.desc()),
    uniqueIndex('collections_share_token').on(t.shareToken),
    check('collections_sharing', sql`${t.sharing} in ('private', 'link', 'public') and (${t.sharing} = 'private') = (${t.shareToken} is null)`),
  ],
);

/** An asset in a collection. A deleted asset keeps its entries, so that restoring it restores them. */
export const collectionEntries = pgTable(
  'collection_entries',
  {
    collectionId: uuid('collection_id')
      .$type<CollectionId>()
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    assetId: uuid('asset_id')
      .$type<AssetId>()
      .notNull()
      .references(() => assets.id, { onDelete: 'cascade' }),
    addedAt: instant('added_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.assetId] }), index('collection_entries_asset').on(t.assetId)],
);

/** What an asset was made from. The source may be gone; its id stays. */
export const assetSources = pgTable(
  'asset_sources',
  {
    assetId: uuid('asset_id')
      .$type<AssetId>()
      .notNull()
      .references(() => assets.id, { onDelete: 'cascade' }),
    sourceId: uuid('source_id').$type<AssetId>().notNull(),
    /** Its place among the pictures of the request, from 0. */
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.assetId, t.sourceId] }), index('asset_sources_source').on(t.sourceId)],
);

/**
 * A short address of something of this server. States: active → expired (at `expires_at`) or revoked. It names a row, never an address, so it cannot
 * lead elsewhere.
 */
export const shortUrls = pgTable(
  'short_urls',
  {
    code: text('code').primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** No reference: a link to an asset that was swept must still say so. */
    assetId: uuid('asset_id').$type<AssetId>(),
    collectionId: uuid('collection_id').$type<CollectionId>(),
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .references(() => playlists.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    /** Null: it does not expire. */
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    /** A number only; nothing is kept about who followed it. */
    clicks: bigint('clicks', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    index('short_urls_user').on(t.userId, t.createdAt.desc(), t.code),
    index('short_urls_asset')
      .on(t.assetId)
      .where(sql`${t.assetId} is not null`),
    index('short_urls_collection')
      .on(t.collectionId)
      .where(sql`${t.collectionId} is not null`),
    check('short_urls_one_target', sql`num_nonnulls(${t.assetId}, ${t.collectionId}, ${t.playlistId}) = 1`),
    check('short_urls_code', sql`${t.code} ~ '^[0-9A-Za-z_-]{8,32}$'`),
    check('short_urls_clicks', sql`${t.clicks} >= 0`),
  ],
);

/** What a mask was drawn for, and its steps, from which it can be drawn and changed again. */
export const assetMasks = pgTable(
  'asset_masks',
  {
    assetId: uuid('asset_id')
      .$type<AssetId>()
      .primaryKey()
      .references(() => assets.id, { onDelete: 'cascade' }),
    /** The picture; its row may be swept before. */
    pictureId: uuid('picture_id').$type<AssetId>().notNull(),
    operations: jsonb('operations').$type<readonly MaskOperation[]>().notNull(),
    /** How much of the picture is repainted, from 0 to 1. */
    share: doublePrecision('share').notNull(),
  },
  (t) => [
    index('asset_masks_picture').on(t.pictureId),
    check('asset_masks_operations', sql`jsonb_typeof(${t.operations}) = 'array'`),
    check('asset_masks_share', sql`${t.share} > 0 and ${t.share} < 1`),
  ],
);

/** What a person wrote about renders that were requested together, such as a grid. */
export const batchNotes = pgTable(
  'batch_notes',
  {
    groupId: uuid('group_id').primaryKey(),
    /** Null: the operator with the admin key. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    note: text('note').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [check('batch_notes_note', sql`char_length(${t.note}) between 1 and 1000`)],
);
