import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findDryRunOf } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import type { DryRunView } from '#shared/contracts/sync/dry-run.ts';
import type { ListSyncPlansInput } from '#shared/contracts/sync/sync-inputs.ts';
import { dayOf } from '#shared/domain/days.ts';

/** The newest dry run of a day (default: today in UTC); null when there is none. */
export async function viewDryRun(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: ListSyncPlansInput): Promise<DryRunView | null> {
  requireAdmin(actor);
  const newest = await findDryRunOf(deps.db, input.day ?? dayOf(deps.now()));
  return newest ? dryRunView(newest) : null;
}

/** A stored dry run as a view. */
export function dryRunView({ id, hash, status, body, plannedBy, plannedAt, approvedBy, approvedAt }: DryRunRow): DryRunView {
  return { id, hash, status, body, plannedBy, plannedAt: plannedAt.toISOString(), approvedBy, approvedAt: approvedAt?.toISOString() ?? null };
}
