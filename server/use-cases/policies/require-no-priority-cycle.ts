import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { listPolicyVersions, lockExclusivityOrder } from '#server/repos/policies/policies.ts';
import type { PolicyRow, PolicyVersionRow } from '#server/repos/policies/policies.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { findExclusivityCycle } from '#shared/domain/policies/exclusivity.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Throws `invalid_input` when the priorities (`yieldsTo`) of exclusivity groups would form a cycle, so that no group could choose first. Checks the policy
 * with the newest versions of all other policies and with those that playlists use.
 */
export async function requireNoPriorityCycle(deps: Pick<Deps, 'db'>, policy: Policy, familyId: string | undefined): Promise<void> {
  if (!hasPriorities(policy)) return;
  const versions = (await listPolicyVersions(deps.db)).filter((row) => row.familyId !== familyId);
  throwIfCycle(policy, versions, (row) => row.playlists > 0 || isNewest(row, versions));
}

/**
 * The same check inside a transaction, with a lock on all priorities until it ends, so that two policies saved at the same time cannot close a cycle.
 * Call it before the transaction takes any other lock.
 */
export async function lockAndRequireNoPriorityCycle(tx: Db, policy: Policy, familyId: string | undefined): Promise<void> {
  if (!hasPriorities(policy)) return;
  await lockExclusivityOrder(tx);
  await requireNoPriorityCycle({ db: tx }, policy, familyId);
}

/**
 * The same check and lock for a version that a playlist starts to use while other playlists may use other versions of the same policy. A version
 * that is already in use passes.
 */
export async function lockAndRequireNoPriorityCycleWith(tx: Db, version: PolicyRow): Promise<void> {
  if (!hasPriorities(version.body)) return;
  await lockExclusivityOrder(tx);
  const versions = await listPolicyVersions(tx);
  if (versions.some((row) => row.id === version.id && row.playlists > 0)) return;
  const isElsewhere = (row: PolicyVersionRow) => row.familyId !== version.familyId;
  throwIfCycle(version.body, versions, (row) => row.playlists > 0 || (isElsewhere(row) && isNewest(row, versions)));
}

function hasPriorities({ exclusivity }: Policy): boolean {
  return exclusivity.group !== undefined && exclusivity.yieldsTo.length > 0;
}

function isNewest(row: PolicyVersionRow, versions: readonly PolicyVersionRow[]): boolean {
  return versions.find(({ familyId }) => familyId === row.familyId) === row;
}

function throwIfCycle(policy: Policy, versions: readonly PolicyVersionRow[], isRelevant: (row: PolicyVersionRow) => boolean): void {
  const others = versions.filter(isRelevant);
  const cycle = findExclusivityCycle(
    policy,
    others.map((row) => row.body),
  );
  if (!cycle) return;
  const names = others
    .filter((row) => row.body.exclusivity.group !== undefined && cycle.includes(row.body.exclusivity.group))
    .map((row) => (isNewest(row, versions) ? `“${row.name}”` : `version ${row.version} of “${row.name}”`));
  throw new AppError('invalid_input', {
    message: `The priorities of the groups ${cycle.map((group) => `“${group}”`).join(' → ')} form a cycle, so no group could choose first.`,
    remedy:
      names.length > 0
        ? `Remove a “lower priority than” group from this policy, or from ${names.join(' or ')}.`
        : 'Remove a “lower priority than” group from this policy.',
    field: 'exclusivity.yieldsTo',
  });
}
