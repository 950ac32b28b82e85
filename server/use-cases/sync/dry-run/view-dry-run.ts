import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findDryRunOf } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import type { DryRunView } from '#shared/contracts/sync/dry-run.ts';
import type { ListSyncPlansInput } from '#shared/contracts/sync/sync-inputs.ts';
import { dayOf } from '#shared/domain/days.ts';

/** The newest dry run of a day, today in UTC unless said; null when none was made. */
export async function viewDryRun(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: ListSyncPlansInput): Promise<DryRunView | null> {
  requireAdmin(actor);
  const found = await findDryRunOf(deps.db, input.day ?? dayOf(deps.now()));
  return found ? dryRunView(found) : null;
}

/** A stored dry run as people see it. */
export function dryRunView({ id, hash, status, body, plannedBy, plannedAt, approvedBy, approvedAt }: DryRunRow): DryRunView {
  return { id, hash, status, body, plannedBy, plannedAt: plannedAt.toISOString(), approvedBy, approvedAt: approvedAt?.toISOString() ?? null };
}
