import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { AccountId, UserId } from '#shared/ids.ts';
import { users } from './auth.ts';
import { accountStatus, instant } from './columns.ts';

/** A Spotify account that hosts playlists of the network, or that a person authorized for their own playlists. Tokens are encrypted (AES-256-GCM, bound to this row) and never leave the server. */
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
  /** Refresh tokens expire six months after this time; refreshing does not extend it. */
  authorizedAt: instant('authorized_at').notNull(),
  /** Client id of the Spotify app that its owner authorized; tokens work with that app only. Null for accounts older than this column. */
  authorizedApp: text('authorized_app'),
  tokenVersion: integer('token_version').notNull().default(1),
  connectedAt: instant('connected_at').notNull(),
  /** Since when it has its status. Null for accounts older than this column. */
  statusChangedAt: instant('status_changed_at'),
  /** Requests per minute for this account, within the app's budget; null is no separate budget. */
  requestsPerMinute: integer('requests_per_minute'),
  /** Set when its owner or the operator disconnected it: tokens and personal data are deleted, its ledger entries stay. */
  disconnectedAt: instant('disconnected_at'),
  /** Whether it hosts playlists of the network. False for one that was authorized only for its owner's own playlists: the network never uses it. */
  isHost: boolean('is_host').notNull().default(true),
  /** Who authorized it for their own playlists; null when only the operator did. */
  ownerUserId: uuid('owner_user_id')
    .$type<UserId>()
    .references(() => users.id, { onDelete: 'set null' }),
});

/** A link with which an account's owner re-authorizes without signing in to Segue. Only its SHA-256 is stored; it works once. */
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

/** One OAuth attempt in progress: bound to the browser that started it, usable once, expires after ten minutes. */
export const oauthAttempts = pgTable('oauth_attempts', {
  stateHash: text('state_hash').primaryKey(),
  browserHash: text('browser_hash').notNull(),
  purpose: text('purpose').$type<'sign_in' | 'connect_account' | 'reconnect_account' | 'authorize_own'>().notNull(),
  sealedVerifier: text('sealed_verifier').notNull(),
  returnTo: text('return_to').notNull(),
  expiresAt: instant('expires_at').notNull(),
  /** The account being reconnected, if any: the attempt must return the same one. */
  accountId: uuid('account_id')
    .$type<AccountId>()
    .references(() => accounts.id, { onDelete: 'cascade' }),
});
