import { curationPolicies } from '#drizzle/schema/index.ts';
import type { PolicyV1 } from '#shared/contracts/policy.ts';
import type { PolicyId } from '#shared/ids.ts';
import { eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';

export type PolicyRow = typeof curationPolicies.$inferSelect;

interface NewPolicy {
  readonly id: PolicyId;
  readonly familyId: string;
  readonly version: number;
  readonly name: string;
  readonly body: PolicyV1;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export async function insertPolicy(db: Db, policy: NewPolicy): Promise<void> {
  await db.insert(curationPolicies).values(policy);
}

export async function findPolicy(db: Db, id: PolicyId): Promise<PolicyRow | undefined> {
  return (await db.select().from(curationPolicies).where(eq(curationPolicies.id, id)))[0];
}

/** The newest version of every policy, with how many playlists follow any version of it. */
export async function listLatestPolicies(db: Db): Promise<(PolicyRow & { playlists: number })[]> {
  const rows = await db
    .selectDistinctOn([curationPolicies.familyId])
    .from(curationPolicies)
    .orderBy(curationPolicies.familyId, sql`${curationPolicies.version} desc`);
  const counts = await db.execute<{ family_id: string; n: number }>(sql`
    select c.family_id, count(*)::int as n from playlists p join curation_policies c on c.id = p.policy_id where p.status <> 'retired' group by c.family_id`);
  const byFamily = new Map(counts.rows.map((row) => [row.family_id, row.n]));
  return rows.map((row) => ({ ...row, playlists: byFamily.get(row.familyId) ?? 0 })).toSorted((a, b) => a.name.localeCompare(b.name));
}
