import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listLatestPolicies } from '#server/repos/policies/policies.ts';
import type { PolicyRowView } from '#shared/contracts/policies/policy-row.ts';
import { describePolicy } from '#shared/domain/policies/describe-policy.ts';

/** The newest version of every policy, with its rules in words. */
export async function listPolicies(deps: Pick<Deps, 'db'>, actor: Actor): Promise<PolicyRowView[]> {
  requireAdmin(actor);
  const rows = await listLatestPolicies(deps.db);
  return rows.map((row) => ({
    id: row.id,
    familyId: row.familyId,
    name: row.name,
    version: row.version,
    rules: describePolicy(row.body),
    body: row.body,
    playlists: row.playlists,
  }));
}
