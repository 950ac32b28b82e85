import type { Role, StudioTask } from '#shared/vocabulary.ts';
import { instant, studioTask, usdMicros } from './columns.ts';
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text } from 'drizzle-orm/pg-core';

/** What the operator and the vendor say of a model of the registry. A model without a row is on, for everybody, at the registry's price. */
export const models = pgTable(
  'models',
  {
    /** The registry's id; a row of a model that is not in the registry any more is kept. */
    id: text('id').primaryKey(),
    isOn: boolean('is_on').notNull().default(true),
    /** Who may use it. */
    roles: text('roles')
      .array()
      .$type<Role[]>()
      .notNull()
      .default(sql`'{listener,admin}'::text[]`),
    /** The operator's price per unit; null takes the vendor's, or the registry's. */
    priceUsdMicros: usdMicros('price_usd_micros'),
    priceSetAt: instant('price_set_at'),
    /** The vendor's own price per unit, as it was last read. */
    vendorUsdMicros: usdMicros('vendor_usd_micros'),
    vendorReadAt: instant('vendor_read_at'),
    /** Why the last reading failed; null when it did not. The price before it stays. */
    vendorProblem: text('vendor_problem'),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (t) => [
    check('models_roles', sql`${t.roles} <@ '{listener,admin}'::text[] and 'admin' = any(${t.roles})`),
    check('models_prices', sql`coalesce(${t.priceUsdMicros}, 0) >= 0 and coalesce(${t.vendorUsdMicros}, 0) >= 0`),
    check('models_price_set', sql`(${t.priceUsdMicros} is null) = (${t.priceSetAt} is null)`),
    check('models_vendor_read', sql`(${t.vendorUsdMicros} is null) = (${t.vendorReadAt} is null)`),
  ],
);

/** The model that is chosen first for a task: one for each. */
export const modelDefaults = pgTable(
  'model_defaults',
  {
    task: studioTask('task').$type<StudioTask>().primaryKey(),
    modelId: text('model_id').notNull(),
    changedAt: instant('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  },
  (t) => [index('model_defaults_model').on(t.modelId)],
);
