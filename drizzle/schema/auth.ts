import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { AccountId, UserId } from '#shared/ids.ts';
import { accounts } from './accounts.ts';
import { instant, role } from './columns.ts';

/** A user who has signed in. */
export const users = pgTable('users', {
  id: uuid('id').$type<UserId>().primaryKey(),
  displayName: text('display_name').notNull(),
  avatarUrl: text('avatar_url'),
  role: role('role').notNull().default('listener'),
  createdAt: instant('created_at').notNull(),
  lastSignedInAt: instant('last_signed_in_at').notNull(),
});

/** A user's identity at a vendor: Spotify's `account_id` if available, else its user id; never an email address. */
export const userIdentities = pgTable(
  'user_identities',
  {
    provider: text('provider').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    linkedAt: instant('linked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index('user_identities_user').on(t.userId)],
);

/** A signed-in browser. Only the SHA-256 of its secret is stored; an admin-key session has no user. */
export const sessions = pgTable(
  'sessions',
  {
    idHash: text('id_hash').primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: role('role').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('sessions_expiry').on(t.expiresAt)],
);

/** One OAuth attempt in progress: bound to the browser that started it, usable once, expires after ten minutes. */
export const oauthAttempts = pgTable('oauth_attempts', {
  stateHash: text('state_hash').primaryKey(),
  browserHash: text('browser_hash').notNull(),
  purpose: text('purpose').$type<'sign_in' | 'connect_account' | 'reconnect_account'>().notNull(),
  sealedVerifier: text('sealed_verifier').notNull(),
  returnTo: text('return_to').notNull(),
  expiresAt: instant('expires_at').notNull(),
  /** The account being reconnected, if any: the attempt must return the same one. */
  accountId: uuid('account_id')
    .$type<AccountId>()
    .references(() => accounts.id, { onDelete: 'cascade' }),
});

/** Who changed what; the product never deletes entries. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    detail: text('detail'),
  },
  (t) => [index('audit_log_at').on(t.at)],
);
