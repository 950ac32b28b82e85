import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
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
  /** Client id of the Spotify app that its owner agreed to: tokens are good with that one only. Unknown for what was before. */
  authorizedApp: text('authorized_app'),
  tokenVersion: integer('token_version').notNull().default(1),
  connectedAt: instant('connected_at').notNull(),
  /** Since when it has its status; unknown for what was before. */
  statusChangedAt: instant('status_changed_at'),
  /** Requests a minute for this account alone, within the app's; null has no budget of its own. */
  requestsPerMinute: integer('requests_per_minute'),
  /** Set when its owner or the operator took it out: tokens and personal data are gone, the ledger of what it carried stays. */
  disconnectedAt: instant('disconnected_at'),
});

/** A link that lets an account's owner say yes to Spotify again without signing in here. Only its SHA-256 is kept; it works once. */
export const reconnectLinks = pgTable(
  'reconnect_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    accountId: uuid('account_id')
      .$type<AccountId>()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('reconnect_links_account').on(t.accountId)],
);
