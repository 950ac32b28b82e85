import { curationPolicies } from '#drizzle/schema/index.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { PolicyId } from '#shared/ids.ts';
import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { readStoredPolicy } from './stored-policy.ts';

export type PolicyRow = typeof curationPolicies.$inferSelect;

interface NewPolicy {
  readonly id: PolicyId;
  readonly familyId: string;
  readonly version: number;
  readonly name: string;
  readonly body: Policy;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export async function insertPolicy(db: Db, policy: NewPolicy): Promise<void> {
  await db.insert(curationPolicies).values(policy);
}

export async function findPolicy(db: Db, id: PolicyId): Promise<PolicyRow | undefined> {
  const found = (await db.select().from(curationPolicies).where(eq(curationPolicies.id, id)))[0];
  return found && { ...found, body: readStoredPolicy(found.body) };
}

/** The newest version of every policy, with how many playlists use any version of it. */
export async function listLatestPolicies(db: Db): Promise<(PolicyRow & { playlists: number })[]> {
  const rows = await db
    .selectDistinctOn([curationPolicies.familyId])
    .from(curationPolicies)
    .orderBy(curationPolicies.familyId, sql`${curationPolicies.version} desc`);
  const counts = await db.execute<{ family_id: string; n: number }>(sql`
    select c.family_id, count(*)::int as n from playlists p join curation_policies c on c.id = p.policy_id where p.status <> 'retired' group by c.family_id`);
  const byFamily = new Map(counts.rows.map((row) => [row.family_id, row.n]));
  return rows
    .map((row) => ({ ...row, body: readStoredPolicy(row.body), playlists: byFamily.get(row.familyId) ?? 0 }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Locks a policy until the transaction ends: other writers of its next version wait. */
export async function lockPolicyFamily(tx: Db, familyId: string): Promise<void> {
  await tx.execute(sql`select 1 from curation_policies where family_id = ${familyId} and version = 1 for update`);
}

/**
 * Locks the priority order of exclusivity groups until the transaction ends: other writers that change it wait. Must be taken before any other lock.
 */
export async function lockExclusivityOrder(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('segue.exclusivity', 0))`);
}

/** A policy version, with how many playlists use exactly this one. */
export type PolicyVersionRow = PolicyRow & { playlists: number };

/** All versions of every policy, or of one family, newest first within it. */
export async function listPolicyVersions(db: Db, familyId?: string): Promise<PolicyVersionRow[]> {
  const rows = await db
    .select()
    .from(curationPolicies)
    .where(familyId === undefined ? undefined : eq(curationPolicies.familyId, familyId))
    .orderBy(asc(curationPolicies.familyId), desc(curationPolicies.version));
  const counts = await db.execute<{ id: PolicyId; n: number }>(
    sql`select policy_id as id, count(*)::int as n from playlists where status <> 'retired' group by policy_id`,
  );
  const byVersion = new Map(counts.rows.map((row) => [row.id, row.n]));
  return rows.map((row) => ({ ...row, body: readStoredPolicy(row.body), playlists: byVersion.get(row.id) ?? 0 }));
}
