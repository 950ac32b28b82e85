import type { Json } from '#shared/json.ts';
import type { AssetId, LoraId, RenderId, UserId } from '#shared/ids.ts';
import { costState, instant, renderRefusal, renderState, studioTask, studioVendor } from './columns.ts';
import { users } from './auth.ts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({ dataType: () => 'bytea' });

type JsonObject = { readonly [field: string]: Json };

/** Micro-dollars: 1,000,000 is one US dollar. */
const usdMicros = (name: string) => bigint(name, { mode: 'number' });

/**
 * One run of one model, with everything that repeats it. The states and their order are in RENDER_STATES. The intent is committed before the request,
 * the vendor's ticket before the first poll; a request without an answer is `unknown` and is never sent again.
 */
export const renders = pgTable(
  'renders',
  {
    id: uuid('id').$type<RenderId>().primaryKey(),
    /** Null: the operator with the admin key, or the network. */
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Renders that were requested together. */
    groupId: uuid('group_id').notNull(),
    /** The render that this one repeats. */
    retryOf: uuid('retry_of').$type<RenderId>(),
    vendor: studioVendor('vendor').notNull(),
    model: text('model').notNull(),
    task: studioTask('task').notNull(),
    /** The inputs by the registry's words; files are named by their SHA-256. */
    values: jsonb('values').$type<JsonObject>().notNull(),
    state: renderState('state').notNull().default('queued'),
    /** The vendor's request id and URLs. */
    ticket: jsonb('ticket').$type<{ requestId: string; statusUrl: string; responseUrl: string; cancelUrl: string }>(),
    /** How many times the job worked on it; the request itself is sent at most once. */
    attempts: integer('attempts').notNull().default(0),
    refusal: renderRefusal('refusal'),
    /** Why it is not done, safe to show. */
    error: text('error'),
    estimateUsdMicros: usdMicros('estimate_usd_micros').notNull(),
    /** Null until the cost is known. */
    chargeUsdMicros: usdMicros('charge_usd_micros'),
    createdAt: instant('created_at').notNull(),
    intendedAt: instant('intended_at'),
    sentAt: instant('sent_at'),
    cancelRequestedAt: instant('cancel_requested_at'),
    changedAt: instant('changed_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('renders_user').on(t.userId, t.createdAt.desc(), t.id.desc()),
    index('renders_group').on(t.groupId),
    /** The fair queue and the vendors' limits read only what is not finished. */
    index('renders_open')
      .on(t.vendor, t.createdAt)
      .where(sql`${t.state} in ('queued', 'sending', 'waiting', 'storing')`),
    check('renders_values_object', sql`jsonb_typeof(${t.values}) = 'object'`),
    check('renders_ticket_object', sql`${t.ticket} is null or jsonb_typeof(${t.ticket}) = 'object'`),
    check('renders_sent_after_intent', sql`${t.intendedAt} is not null or ${t.state} in ('queued', 'failed', 'canceled')`),
    check('renders_waiting_has_ticket', sql`${t.state} <> 'waiting' or ${t.ticket} is not null`),
    check('renders_refusal_has_reason', sql`(${t.state} = 'refused') = (${t.refusal} is not null)`),
    check('renders_finished_has_time', sql`(${t.state} in ('done', 'refused', 'failed', 'canceled', 'unknown')) = (${t.finishedAt} is not null)`),
    check('renders_money', sql`${t.estimateUsdMicros} >= 0 and coalesce(${t.chargeUsdMicros}, 0) >= 0`),
  ],
);

/** A stored file as one person sees it. Many rows can name the same bytes. */
export const assets = pgTable(
  'assets',
  {
    id: uuid('id').$type<AssetId>().primaryKey(),
    sha256: text('sha256').notNull(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The render that made it; null for an upload. */
    renderId: uuid('render_id')
      .$type<RenderId>()
      .references(() => renders.id),
    /** Its place among the files of the render, from 0. */
    position: integer('position').notNull().default(0),
    /** As our probe read it from the bytes, never as the vendor declared it. */
    mediaType: text('media_type').notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width'),
    height: integer('height'),
    seconds: doublePrecision('seconds'),
    thumbhash: bytea('thumbhash'),
    /** The seed that repeats the picture, in decimal; null when the vendor has none. */
    seed: text('seed'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('assets_user').on(t.userId, t.createdAt.desc(), t.id.desc()),
    index('assets_sha256').on(t.sha256),
    uniqueIndex('assets_of_render').on(t.renderId, t.position),
    check('assets_digest', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check('assets_sizes', sql`${t.bytes} > 0 and ${t.position} >= 0`),
  ],
);

/** A smaller picture of a stored file. It can always be made again from the file. */
export const assetPreviews = pgTable(
  'asset_previews',
  {
    sha256: text('sha256').notNull(),
    width: integer('width').notNull(),
    previewSha256: text('preview_sha256').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sha256, t.width] }),
    index('asset_previews_preview').on(t.previewSha256),
    check('asset_previews_digests', sql`${t.sha256} ~ '^[0-9a-f]{64}$' and ${t.previewSha256} ~ '^[0-9a-f]{64}$'`),
  ],
);

/** A LoRA that renders may use: a link that the vendor downloads, or a file that we store. Segue never fetches the link. */
export const loraModels = pgTable(
  'lora_models',
  {
    id: uuid('id').$type<LoraId>().primaryKey(),
    name: text('name').notNull(),
    /** The base model whose layers it fits, in the registry's words. */
    base: text('base').notNull(),
    sourceUrl: text('source_url'),
    fileSha256: text('file_sha256'),
    triggers: text('triggers').array().notNull(),
    defaultWeight: doublePrecision('default_weight').notNull().default(1),
    active: boolean('active').notNull().default(true),
    /** What the file's header says; null for a link. */
    header: jsonb('header').$type<JsonObject>(),
    checkedAt: instant('checked_at'),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [
    uniqueIndex('lora_models_name').on(sql`lower(${t.name})`),
    check('lora_models_one_source', sql`(${t.sourceUrl} is null) <> (${t.fileSha256} is null)`),
    check('lora_models_digest', sql`${t.fileSha256} is null or ${t.fileSha256} ~ '^[0-9a-f]{64}$'`),
    check('lora_models_header_object', sql`${t.header} is null or jsonb_typeof(${t.header}) = 'object'`),
  ],
);

/** The cost of one render: reserved → charged, refunded or unknown. It outlives the render and the person. */
export const costLedger = pgTable(
  'cost_ledger',
  {
    renderId: uuid('render_id').$type<RenderId>().primaryKey(),
    /** A user's id, or `operator`. */
    person: text('person').notNull(),
    vendor: studioVendor('vendor').notNull(),
    state: costState('state').notNull().default('reserved'),
    reservedUsdMicros: usdMicros('reserved_usd_micros').notNull(),
    /** What the vendor charges; null while it is not known. */
    chargedUsdMicros: usdMicros('charged_usd_micros'),
    /** First day of the month, in UTC, that it counts to. */
    month: date('month', { mode: 'string' }).notNull(),
    reservedAt: instant('reserved_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    index('cost_ledger_person').on(t.person, t.month),
    check('cost_ledger_month', sql`extract(day from ${t.month}) = 1`),
    check('cost_ledger_settled', sql`(${t.state} = 'reserved') = (${t.settledAt} is null)`),
    check('cost_ledger_charged', sql`(${t.state} = 'charged') = (${t.chargedUsdMicros} is not null)`),
    check('cost_ledger_money', sql`${t.reservedUsdMicros} >= 0 and coalesce(${t.chargedUsdMicros}, 0) >= 0`),
  ],
);

/** What counts against a person's monthly limit. Changed only in the transaction that changes the ledger. */
export const monthlyUsage = pgTable(
  'monthly_usage',
  {
    person: text('person').notNull(),
    month: date('month', { mode: 'string' }).notNull(),
    renders: integer('renders').notNull().default(0),
    usdMicros: usdMicros('usd_micros').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.month] }),
    check('monthly_usage_month', sql`extract(day from ${t.month}) = 1`),
    check('monthly_usage_not_negative', sql`${t.renders} >= 0 and ${t.usdMicros} >= 0`),
  ],
);

/** A person's own monthly limits, set by an admin; null uses the network's setting. */
export const userLimits = pgTable(
  'user_limits',
  {
    userId: uuid('user_id')
      .$type<UserId>()
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    rendersPerMonth: integer('renders_per_month'),
    usdMicrosPerMonth: usdMicros('usd_micros_per_month'),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (t) => [check('user_limits_not_negative', sql`coalesce(${t.rendersPerMonth}, 0) >= 0 and coalesce(${t.usdMicrosPerMonth}, 0) >= 0`)],
);

/** The audit of covers: one row for each attempt to make one. */
export const generationHistory = pgTable(
  'generation_history',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    renderId: uuid('render_id').$type<RenderId>(),
    playlistUrl: text('playlist_url'),
    generatedTitle: text('generated_title'),
    genres: text('genres').array().notNull(),
    mood: text('mood'),
    model: text('model'),
    loraModel: text('lora_model'),
    imagePath: text('image_path'),
    /** Seconds from the request to the stored picture; null when there is none. */
    generationTime: doublePrecision('generation_time'),
    /** Deleted after the days that a setting gives. */
    userIp: text('user_ip'),
    success: boolean('success').notNull(),
    errorMessage: text('error_message'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('generation_history_created').on(t.createdAt.desc()),
    index('generation_history_addresses')
      .on(t.createdAt)
      .where(sql`${t.userIp} is not null`),
    check('generation_history_error', sql`${t.success} = (${t.errorMessage} is null)`),
  ],
);
