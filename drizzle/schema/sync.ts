import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { DryRunBody } from '#shared/contracts/sync/dry-run.ts';
import type { PlaylistDetails, SyncPlanBody, SyncReceipt } from '#shared/contracts/sync/sync.ts';
import type { Json } from '#shared/json.ts';
import type { AccountId, OwnPlaylistId, PlaylistId, RenderId, ReplicaId, SpotifyPlaylistId, SyncPlanId, UserId } from '#shared/ids.ts';
import { accounts } from './accounts.ts';
import { users } from './auth.ts';
import { dryRunStatus, instant, remoteFindingKind, replicaStatus, syncOperationKind, syncOperationState, syncPlanStatus } from './columns.ts';
import { playlists } from './curation.ts';

/** A replica: one playlist on one account. Its marker identifies it on Spotify after a crash. */
export const playlistAccountMap = pgTable(
  'playlist_account_map',
  {
    id: uuid('id').$type<ReplicaId>().primaryKey(),
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .notNull()
      .references(() => playlists.id),
    accountId: uuid('account_id')
      .$type<AccountId>()
      .notNull()
      .references(() => accounts.id),
    status: replicaStatus('status').notNull().default('pending'),
    spotifyPlaylistId: text('spotify_playlist_id').$type<SpotifyPlaylistId>().unique(),
    marker: text('marker').notNull().unique(),
    /** From the last read-back: a fingerprint of the ordered URIs, and Spotify's snapshot id as a hint only. */
    fingerprint: text('fingerprint'),
    remoteSnapshotId: text('remote_snapshot_id'),
    syncedDay: date('synced_day', { mode: 'string' }),
    syncedAt: instant('synced_at'),
    /** Title or description that was edited on Spotify and is kept. */
    keptFace: jsonb('kept_face').$type<Partial<PlaylistDetails>>(),
    /** Since when Spotify no longer shows it. */
    missingSince: instant('missing_since'),
    /** Since when a scaling plan has a successor for it; it keeps syncing until the successor is on Spotify. */
    leavingSince: instant('leaving_since'),
    retiredAt: instant('retired_at'),
    /** The cover that Segue uploaded last, by the SHA-256 of its bytes, and when. */
    coverSha256: text('cover_sha256'),
    coverSentAt: instant('cover_sent_at'),
    /** Spotify's name for that picture, once it was seen there; null until then. */
    coverKey: text('cover_key'),
    /** Spotify's name for a picture that Segue did not upload, which is therefore kept. */
    coverKeptKey: text('cover_kept_key'),
  },
  (t) => [
    check('replica_cover', sql`coalesce(${t.coverSha256} ~ '^[0-9a-f]{64}$', true) and (${t.coverSha256} is null) = (${t.coverSentAt} is null)`),
    check('replica_kept_face_object', sql`${t.keptFace} is null or jsonb_typeof(${t.keptFace}) = 'object'`),
    unique('replica_once').on(t.playlistId, t.accountId),
    index('replica_account').on(t.accountId),
  ],
);

/** A person's own playlist on Spotify that Segue writes when they ask for it. It is no part of the network. Its marker identifies it after a crash. */
export const ownPlaylists = pgTable(
  'own_playlists',
  {
    id: uuid('id').$type<OwnPlaylistId>().primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .$type<AccountId>()
      .notNull()
      .references(() => accounts.id),
    spotifyPlaylistId: text('spotify_playlist_id').$type<SpotifyPlaylistId>().unique(),
    marker: text('marker').notNull().unique(),
    /** From the last read-back: a fingerprint of the ordered URIs, and Spotify's snapshot id as a hint only. */
    fingerprint: text('fingerprint'),
    remoteSnapshotId: text('remote_snapshot_id'),
    syncedAt: instant('synced_at'),
  },
  (t) => [index('own_playlists_account').on(t.accountId), index('own_playlists_user').on(t.userId)],
);

/**
 * The edits that turn what Spotify shows into the wanted list, with their cost in requests. Applied only by its hash. It edits a replica, or a person's own
 * playlist; then `batchTag` is the day on which it was planned.
 */
export const syncPlans = pgTable(
  'sync_plans',
  {
    id: uuid('id').$type<SyncPlanId>().primaryKey(),
    replicaId: uuid('replica_id')
      .$type<ReplicaId>()
      .references(() => playlistAccountMap.id),
    ownPlaylistId: uuid('own_playlist_id')
      .$type<OwnPlaylistId>()
      .references(() => ownPlaylists.id, { onDelete: 'cascade' }),
    batchTag: date('batch_tag', { mode: 'string' }).notNull(),
    hash: text('hash').notNull(),
    status: syncPlanStatus('status').notNull().default('planned'),
    statusReason: text('status_reason'),
    body: jsonb('body').$type<SyncPlanBody>().notNull(),
    requestCost: integer('request_cost').notNull(),
    plannedBy: text('planned_by').notNull(),
    plannedAt: instant('planned_at').notNull(),
    appliedAt: instant('applied_at'),
    approvedBy: text('approved_by'),
    approvedAt: instant('approved_at'),
  },
  (t) => [
    index('sync_plans_replica').on(t.replicaId, t.plannedAt.desc()),
    index('sync_plans_own')
      .on(t.ownPlaylistId, t.plannedAt.desc())
      .where(sql`${t.ownPlaylistId} is not null`),
    index('sync_plans_status').on(t.status),
    /** The rollbacks that reached Spotify: few among many plans, and asked for by every reader of the wall. */
    index('sync_plans_shown_again')
      .on(t.batchTag)
      .where(sql`${t.status} = 'applied' and jsonb_exists(${t.body}, 'shows')`),
    check('sync_plans_one_owner', sql`(${t.replicaId} is null) <> (${t.ownPlaylistId} is null)`),
    check('sync_plans_body_object', sql`jsonb_typeof(${t.body}) = 'object'`),
  ],
);

/** One write to Spotify: `planned` → `intended` (committed before the request) → `applied` (with the receipt that was read back) or `abandoned`. */
export const syncOperations = pgTable(
  'sync_operations',
  {
    id: uuid('id').primaryKey(),
    planId: uuid('plan_id')
      .$type<SyncPlanId>()
      .notNull()
      .references(() => syncPlans.id, { onDelete: 'cascade' }),
    sequence: integer('sequence').notNull(),
    kind: syncOperationKind('kind').notNull(),
    /** Identifies the effect across plans: `create:<replica>` is unique however often it is planned. */
    effectKey: text('effect_key').notNull(),
    state: syncOperationState('state').notNull().default('planned'),
    attempts: integer('attempts').notNull().default(0),
    intendedAt: instant('intended_at'),
    /** For a create: the ids of the account's playlists before it, so that a new playlist without a marker can be recognized. */
    knownIdsBefore: text('known_ids_before').array(),
    receipt: jsonb('receipt').$type<SyncReceipt>(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    unique('sync_operations_sequence').on(t.planId, t.sequence),
    index('sync_operations_effect').on(t.effectKey),
    check('sync_operations_applied_has_receipt', sql`(${t.state} = 'applied') = (${t.receipt} is not null)`),
    check('sync_operations_intent_has_time', sql`${t.state} <> 'intended' or ${t.intendedAt} is not null`),
    check('sync_operations_receipt_object', sql`${t.receipt} is null or jsonb_typeof(${t.receipt}) = 'object'`),
  ],
);

/** A whole day's sync as a plan: changes per playlist and account, cost, time and risk. Above the blast radius it waits for approval. */
export const dryRuns = pgTable(
  'dry_runs',
  {
    id: uuid('id').primaryKey(),
    day: date('day', { mode: 'string' }).notNull(),
    hash: text('hash').notNull(),
    status: dryRunStatus('status').notNull(),
    body: jsonb('body').$type<DryRunBody>().notNull(),
    plannedBy: text('planned_by').notNull(),
    plannedAt: instant('planned_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: instant('approved_at'),
  },
  (t) => [index('dry_runs_day').on(t.day, t.plannedAt.desc()), check('dry_runs_object', sql`jsonb_typeof(${t.body}) = 'object'`)],
);

/** A playlist that is on an account but not in the ledger, or the other way around; from the first check to the last. */
export const remoteFindings = pgTable(
  'remote_findings',
  {
    accountId: uuid('account_id')
      .$type<AccountId>()
      .notNull()
      .references(() => accounts.id),
    spotifyPlaylistId: text('spotify_playlist_id').$type<SpotifyPlaylistId>().notNull(),
    kind: remoteFindingKind('kind').notNull(),
    replicaId: uuid('replica_id').$type<ReplicaId>(),
    name: text('name').notNull(),
    detail: text('detail').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    settledAt: instant('settled_at'),
    settledHow: text('settled_how'),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.spotifyPlaylistId, t.kind] })],
);

/**
 * The cover that a playlist shall show on every account; null while none is made. Owned by sync, which uploads it. The picture is named by its bytes,
 * because assets belong to a later area.
 */
export const playlistCovers = pgTable(
  'playlist_covers',
  {
    playlistId: uuid('playlist_id')
      .$type<PlaylistId>()
      .primaryKey()
      .references(() => playlists.id),
    /** SHA-256 of the JPEG to upload, and of the one before it, kept for a rollback. */
    sha256: text('sha256'),
    previousSha256: text('previous_sha256'),
    /** SHA-256 of its smaller pictures by side, and its thumbhash in base64, for the pages. */
    previews: jsonb('previews').$type<{ readonly [side: string]: string }>(),
    thumbhash: text('thumbhash'),
    /** `manual`: chosen by a person; the network never replaces it. */
    source: text('source').$type<'network' | 'manual'>().notNull(),
    /** What the picture was drawn from; a drift beyond the set amount asks for a new one. */
    facts: jsonb('facts').$type<{ readonly [field: string]: Json }>(),
    renderId: uuid('render_id').$type<RenderId>(),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (t) => [
    check('playlist_covers_source', sql`${t.source} in ('network', 'manual')`),
    check('playlist_covers_digest', sql`${t.sha256} ~ '^[0-9a-f]{64}$' and ${t.previousSha256} ~ '^[0-9a-f]{64}$'`),
    check('playlist_covers_previews_object', sql`${t.previews} is null or jsonb_typeof(${t.previews}) = 'object'`),
    check('playlist_covers_facts_object', sql`${t.facts} is null or jsonb_typeof(${t.facts}) = 'object'`),
  ],
);
