import type { UserId } from '#shared/ids.ts';
import { instant, role } from './columns.ts';
import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

/** A user who has signed in. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').$type<UserId>().primaryKey(),
    displayName: text('display_name').notNull(),
    avatarUrl: text('avatar_url'),
    role: role('role').notNull().default('listener'),
    createdAt: instant('created_at').notNull(),
    lastSignedInAt: instant('last_signed_in_at').notNull(),
    /** A suspended person has no session and cannot sign in; null for everybody else. */
    suspendedAt: instant('suspended_at'),
    /** Who suspended them, as the audit log names people. */
    suspendedBy: text('suspended_by'),
  },
  (t) => [check('users_suspended_by_somebody', sql`(${t.suspendedAt} is null) = (${t.suspendedBy} is null)`)],
);

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
    /** Set for an admin-key session: ends it when that key is no longer configured. */
    adminKeyTag: text('admin_key_tag'),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('sessions_expiry').on(t.expiresAt)],
);

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

/**
 * A key that signs certificates and ledger exports (Ed25519). `fingerprint` is the SHA-256 of the 32 bytes of the public key; both are in hex.
 * At most one key is in use, the one without `validTo`. The encrypted seed is null for a key of SEGUE_SIGNING_KEY and for a key that was replaced.
 */
export const signingKeys = pgTable(
  'signing_keys',
  {
    fingerprint: text('fingerprint').primaryKey(),
    publicKey: text('public_key').notNull(),
    sealedSeed: text('sealed_seed'),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
    /** When it was first used; a key that has signed nothing may be discarded. */
    firstSignedAt: instant('first_signed_at'),
  },
  (t) => [
    uniqueIndex('signing_keys_one_in_use')
      .on(sql`(${t.validTo} is null)`)
      .where(sql`${t.validTo} is null`),
    check('signing_keys_hex', sql`${t.fingerprint} ~ '^[0-9a-f]{64}$' and ${t.publicKey} ~ '^[0-9a-f]{64}$'`),
    check('signing_keys_replaced_without_seed', sql`${t.validTo} is null or ${t.sealedSeed} is null`),
  ],
);
