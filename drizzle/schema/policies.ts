import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { PolicyId } from '#shared/ids.ts';
import { instant } from './columns.ts';
import { sql } from 'drizzle-orm';
import { check, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';

/** One version of a policy. A new version is a new row of the same family; a row is never edited. */
export const curationPolicies = pgTable(
  'curation_policies',
  {
    id: uuid('id').$type<PolicyId>().primaryKey(),
    familyId: uuid('family_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    body: jsonb('body').$type<Policy>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [unique('curation_policies_version').on(t.familyId, t.version), check('curation_policies_object', sql`jsonb_typeof(${t.body}) = 'object'`)],
);
