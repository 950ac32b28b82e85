import type { Deps } from '#server/deps.ts';
import { listPolicyVersions } from '#server/repos/policies.ts';
import type { PolicyVersionRow } from '#server/repos/policies.ts';
import type { PolicyV1 } from '#shared/contracts/policy.ts';
import { findExclusivityCycle } from '#shared/domain/exclusivity.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Throws `invalid_input` when the policy, beside the newest versions of all others and those that playlists follow, would have groups yield to each
 * other in a circle: nobody would choose first.
 */
export async function requireNoCircle(deps: Pick<Deps, 'db'>, policy: PolicyV1, familyId: string | undefined): Promise<void> {
  if (policy.exclusivity.group === undefined || policy.exclusivity.yieldsTo.length === 0) return;
  const versions = (await listPolicyVersions(deps.db)).filter((row) => row.familyId !== familyId);
  const isNewest = (row: PolicyVersionRow) => versions.find(({ familyId: family }) => family === row.familyId) === row;
  const others = versions.filter((row) => row.playlists > 0 || isNewest(row));
  const circle = findExclusivityCycle([policy, ...others.map((row) => row.body)]);
  if (!circle) return;
  const names = others
    .filter((row) => row.body.exclusivity.group !== undefined && circle.includes(row.body.exclusivity.group))
    .map((row) => (isNewest(row) ? `“${row.name}”` : `version ${row.version} of “${row.name}”`));
  throw new AppError('invalid_input', {
    message: `The groups ${circle.map((group) => `“${group}”`).join(' → ')} yield to each other in a circle: nobody would choose first.`,
    remedy: names.length > 0 ? `Let one of them yield no longer: this policy, or ${names.join(', ')}.` : 'Let this policy yield to one group less.',
    field: 'exclusivity.yieldsTo',
  });
}
