import { curationPolicies, playlists } from '#drizzle/schema/index.ts';
import type { PolicyId } from '#shared/ids.ts';
import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Moves every playlist of the policy family to this version, except retired ones. Returns their numbers. */
export async function moveFollowers(db: Db, to: { familyId: string; policyId: PolicyId }): Promise<number[]> {
  const versions = db.select({ id: curationPolicies.id }).from(curationPolicies).where(eq(curationPolicies.familyId, to.familyId));
  const moved = await db
    .update(playlists)
    .set({ policyId: to.policyId })
    .where(and(inArray(playlists.policyId, versions), ne(playlists.policyId, to.policyId), ne(playlists.status, 'retired')))
    .returning({ index: playlists.globalIndex });
  return moved.map(({ index }) => index).toSorted((a, b) => a - b);
}
