import type { RenderId, UserId } from '#shared/ids.ts';
import { users } from './auth.ts';
import { costState, instant, studioVendor, usdMicros } from './columns.ts';
import { sql } from 'drizzle-orm';
import { boolean, check, date, doublePrecision, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

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
    index('cost_ledger_reserved').on(t.reservedAt),
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
    /** Null while it runs. */
    success: boolean('success'),
    errorMessage: text('error_message'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('generation_history_created').on(t.createdAt.desc(), t.id.desc()),
    uniqueIndex('generation_history_render').on(t.renderId),
    index('generation_history_addresses')
      .on(t.createdAt)
      .where(sql`${t.userIp} is not null`),
    check('generation_history_error', sql`coalesce(${t.success}, true) = (${t.errorMessage} is null)`),
  ],
);
