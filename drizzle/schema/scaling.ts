import type { ScalingPlanBody } from '#shared/contracts/scaling/scaling.ts';
import { instant, managerPlanStatus } from './columns.ts';
import { sql } from 'drizzle-orm';
import { check, date, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** A scaling plan: how many playlists the catalog can fill and on which accounts, with stats, actions and reasons. Applied by its hash. */
export const managerPlans = pgTable(
  'manager_plans',
  {
    id: uuid('id').primaryKey(),
    day: date('day', { mode: 'string' }).notNull(),
    hash: text('hash').notNull(),
    status: managerPlanStatus('status').notNull().default('planned'),
    statusReason: text('status_reason'),
    body: jsonb('body').$type<ScalingPlanBody>().notNull(),
    plannedBy: text('planned_by').notNull(),
    plannedAt: instant('planned_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    appliedAt: instant('applied_at'),
  },
  (t) => [index('manager_plans_planned').on(t.plannedAt.desc()), check('manager_plans_object', sql`jsonb_typeof(${t.body}) = 'object'`)],
);
