import { curationPolicies } from '#drizzle/schema/index.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { PolicyId } from '#shared/ids.ts';
import { inArray } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { readStoredPolicy } from './stored-policy.ts';

/** The bodies of several policy versions, each read once. */
export async function listPolicyBodies(db: Db, ids: readonly PolicyId[]): Promise<Map<PolicyId, Policy>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: curationPolicies.id, body: curationPolicies.body })
    .from(curationPolicies)
    .where(inArray(curationPolicies.id, [...ids]));
  return new Map(found.map(({ id, body }) => [id, readStoredPolicy(body)]));
}
