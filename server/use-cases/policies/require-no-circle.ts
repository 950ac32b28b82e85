import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { listPolicyVersions, lockYielding } from '#server/repos/policies/policies.ts';
import type { PolicyRow, PolicyVersionRow } from '#server/repos/policies/policies.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { findExclusivityCycle } from '#shared/domain/policies/exclusivity.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Throws `invalid_input` when the policy, beside the newest versions of all others and those that playlists follow, would have groups yield to each
 * other in a circle: nobody would choose first.
 */
export async function requireNoCircle(deps: Pick<Deps, 'db'>, policy: PolicyV1, familyId: string | undefined): Promise<void> {
  if (!yields(policy)) return;
  const versions = (await listPolicyVersions(deps.db)).filter((row) => row.familyId !== familyId);
  refuseCircle(policy, versions, (row) => row.playlists > 0 || isNewest(row, versions));
}

/**
 * The same for what the transaction writes: until it ends, nobody else changes who yields to whom, so that two policies saved in one instant cannot
 * close a circle between them. Call it before the transaction takes any other lock.
 */
export async function holdNoCircle(tx: Db, policy: PolicyV1, familyId: string | undefined): Promise<void> {
  if (!yields(policy)) return;
  await lockYielding(tx);
  await requireNoCircle({ db: tx }, policy, familyId);
}

/**
 * The same for a version that is to be followed beside whatever else is followed, other versions of its own policy included. One that some
 * playlist follows already changes nothing.
 */
export async function holdNoCircleBeside(tx: Db, followed: PolicyRow): Promise<void> {
  if (!yields(followed.body)) return;
  await lockYielding(tx);
  const versions = await listPolicyVersions(tx);
  if (versions.some((row) => row.id === followed.id && row.playlists > 0)) return;
  const isElsewhere = (row: PolicyVersionRow) => row.familyId !== followed.familyId;
  refuseCircle(followed.body, versions, (row) => row.playlists > 0 || (isElsewhere(row) && isNewest(row, versions)));
}

function yields({ exclusivity }: PolicyV1): boolean {
  return exclusivity.group !== undefined && exclusivity.yieldsTo.length > 0;
}

function isNewest(row: PolicyVersionRow, versions: readonly PolicyVersionRow[]): boolean {
  return versions.find(({ familyId }) => familyId === row.familyId) === row;
}

function refuseCircle(policy: PolicyV1, versions: readonly PolicyVersionRow[], counts: (row: PolicyVersionRow) => boolean): void {
  const others = versions.filter(counts);
  const circle = findExclusivityCycle(
    policy,
    others.map((row) => row.body),
  );
  if (!circle) return;
  const names = others
    .filter((row) => row.body.exclusivity.group !== undefined && circle.includes(row.body.exclusivity.group))
    .map((row) => (isNewest(row, versions) ? `“${row.name}”` : `version ${row.version} of “${row.name}”`));
  throw new AppError('invalid_input', {
    message: `The groups ${circle.map((group) => `“${group}”`).join(' → ')} yield to each other in a circle: nobody would choose first.`,
    remedy: names.length > 0 ? `Let one of them yield no longer: this policy, or ${names.join(', ')}.` : 'Let this policy yield to one group less.',
    field: 'exclusivity.yieldsTo',
  });
}
