import type { Json } from '#shared/json.ts';
import type { AssetId, LoraId, RenderId, UserId } from '#shared/ids.ts';
import type { AssetOrigin, ColorWord, Sharing } from '#shared/vocabulary.ts';
import { instant, renderRefusal, renderState, studioTask, studioVendor, usdMicros } from './columns.ts';
import { users } from './auth.ts';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
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

/** The words of a text as Postgres searches them. */
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({ dataType: () => 'bytea' });

type JsonObject = { readonly [field: string]: Json };

interface InputFileFacts {
  readonly sha256: string;
  readonly mediaType: string;
}

interface RenderProgressFacts {
  readonly kind: 'queued' | 'running';
  readonly position: number | null;
  readonly percent: number | null;
}

interface StoredFileFacts extends InputFileFacts {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly seed: string | null;
  /** Of a video. */
  readonly seconds?: number;
}

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
    /** The pictures that the values name, by asset id, so that a render can be repeated when an asset was deleted. */
    inputFiles: jsonb('input_files').$type<{ readonly [assetId: string]: InputFileFacts }>().notNull().default({}),
    state: renderState('state').notNull().default('queued'),
    /** The vendor's request id and URLs. */
    ticket: jsonb('ticket').$type<{ requestId: string; statusUrl: string; responseUrl: string; cancelUrl: string }>(),
    /** How many times the job worked on it; the request itself is sent at most once. */
    attempts: integer('attempts').notNull().default(0),
    /** What the vendor said last: the place in its queue from 0, the percentage done. */
    progress: jsonb('progress').$type<RenderProgressFacts>(),
    /** The files it answered with, stored but not yet shown. */
    result: jsonb('result').$type<readonly StoredFileFacts[]>(),
    refusal: renderRefusal('refusal'),
    /** Why it is not done, safe to show. */
    error: text('error'),
    estimateUsdMicros: usdMicros('estimate_usd_micros').notNull(),
    /** Null until the cost is known. */
    chargeUsdMicros: usdMicros('charge_usd_micros'),
    createdAt: instant('created_at').notNull(),
    /** When it got one of the vendor's places; its job was added in the same transaction. Null while it waits in line. */
    admittedAt: instant('admitted_at'),
    intendedAt: instant('intended_at'),
    sentAt: instant('sent_at'),
    /** When the vendor answered with files. */
    answeredAt: instant('answered_at'),
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
    /** Who is next: each person's oldest render in line, and when the person was served last. */
    index('renders_in_line')
      .on(t.vendor, t.userId, t.createdAt, t.id)
      .where(sql`${t.state} = 'queued' and ${t.admittedAt} is null`),
    index('renders_served')
      .on(t.vendor, t.userId, t.admittedAt.desc())
      .where(sql`${t.admittedAt} is not null`),
    /** How long a model's last runs took. */
    index('renders_of_model')
      .on(t.model, t.finishedAt.desc().nullsFirst())
      .where(sql`${t.state} = 'done'`),
    check('renders_values_object', sql`jsonb_typeof(${t.values}) = 'object'`),
    check('renders_files_object', sql`jsonb_typeof(${t.inputFiles}) = 'object' and coalesce(jsonb_typeof(${t.progress}), 'object') = 'object'`),
    check('renders_result_array', sql`${t.result} is null or jsonb_typeof(${t.result}) = 'array'`),
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
    origin: text('origin').$type<AssetOrigin>().notNull().default('upload'),
    /** What made it, copied from its render, so that a search reads one table. Null for what no render made. */
    prompt: text('prompt'),
    promptWords: tsvector('prompt_words').generatedAlwaysAs(sql`to_tsvector('simple', coalesce(prompt, ''))`),
    task: studioTask('task'),
    model: text('model'),
    /** Ids of the LoRAs that were used. */
    loras: text('loras')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** Its main colors; null until its previews are made. */
    colors: text('colors').$type<ColorWord>().array(),
    starredAt: instant('starred_at'),
    sharing: text('sharing').$type<Sharing>().notNull().default('private'),
    /** Part of its shared address; null while it is private. */
    shareToken: text('share_token'),
    /** It can be restored for 30 days, then it is swept. */
    deletedAt: instant('deleted_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('assets_user').on(t.userId, t.createdAt.desc(), t.id.desc()),
    /** The library in its order; nulls stand where an order by time has them, or the index would not give it. */
    index('assets_library')
      .on(t.userId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${t.deletedAt} is null`),
    index('assets_starred')
      .on(t.userId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${t.deletedAt} is null and ${t.starredAt} is not null`),
    index('assets_deleted')
      .on(t.userId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${t.deletedAt} is not null`),
    index('assets_public')
      .on(t.userId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${t.deletedAt} is null and ${t.sharing} = 'public'`),
    index('assets_prompt_words').using('gin', t.promptWords),
    index('assets_prompt_similar').using('gin', t.prompt.op('gin_trgm_ops')),
    index('assets_facets').using('gin', t.loras, t.colors),
    uniqueIndex('assets_share_token').on(t.shareToken),
    index('assets_sha256').on(t.sha256),
    uniqueIndex('assets_of_render').on(t.renderId, t.position),
    check('assets_digest', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check('assets_sizes', sql`${t.bytes} > 0 and ${t.position} >= 0`),
    check('assets_origin', sql`${t.origin} in ('render', 'upload', 'edit', 'cover', 'mask')`),
    check('assets_sharing', sql`${t.sharing} in ('private', 'link', 'public') and (${t.sharing} = 'private') = (${t.shareToken} is null)`),
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
