import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { AccountId } from '#shared/ids.ts';
import { accountStatus, instant } from './columns.ts';

/** A Spotify account that carries playlists. Tokens are sealed (AES-256-GCM, bound to this row); they never leave the server. */
export const accounts = pgTable('accounts', {
  id: uuid('id').$type<AccountId>().primaryKey(),
  spotifyUserId: text('spotify_user_id').notNull().unique(),
  displayName: text('display_name').notNull(),
  status: accountStatus('status').notNull().default('active'),
  statusReason: text('status_reason'),
  maxPlaylists: integer('max_playlists').notNull().default(200),
  scopes: text('scopes').array().notNull(),
  sealedAccessToken: text('sealed_access_token'),
  sealedRefreshToken: text('sealed_refresh_token'),
  accessExpiresAt: instant('access_expires_at'),
  /** Refresh tokens die six months after this moment; refreshing does not move it. */
  authorizedAt: instant('authorized_at').notNull(),
  tokenVersion: integer('token_version').notNull().default(1),
  connectedAt: instant('connected_at').notNull(),
});
