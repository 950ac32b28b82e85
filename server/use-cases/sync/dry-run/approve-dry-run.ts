import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { claimDryRun, findDryRun, markPlansApproved } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { DryRunView } from '#shared/contracts/sync/dry-run.ts';
import type { ApproveDryRunInput } from '#shared/contracts/sync/sync-inputs.ts';
import { describeActor } from '#shared/domain/describe-actor.ts';
import { AppError } from '#shared/errors.ts';
import { day, syncPlanId } from '#shared/ids.ts';
import { dryRunView } from './view-dry-run.ts';

/**
 * Approves a day's dry run by its hash and queues a job that applies its plans. Of two concurrent approvals exactly one succeeds. Throws `not_found`,
 * and `conflict` for another hash, one already decided, or one superseded by a newer dry run.
 */
export async function approveDryRun(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: ApproveDryRunInput): Promise<DryRunView> {
  requireAdmin(actor);
  const by = actorName(actor);
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    const isClaimed = await claimDryRun(tx, { id: input.dryRunId, hash: input.hash, by, at });
    const dryRun = await findDryRun(tx, input.dryRunId);
    if (!dryRun) throw new AppError('not_found', { message: 'This dry run no longer exists.', remedy: 'Plan the day again.' });
    if (!isClaimed) throw refusal(dryRun, input.hash);
    const plans = dryRun.body.lines.flatMap(({ plan }) => (plan ? [syncPlanId.parse(plan.id)] : []));
    if (plans.length === 0) throw new AppError('conflict', { message: 'This dry run has nothing to apply.', remedy: 'Plan the day again.' });
    await markPlansApproved(tx, plans, { by, at });
    await enqueueJob(tx, 'sync-playlists', {
      payload: { day: day.parse(dryRun.day), dryRunId: dryRun.id },
      key: `apply-dry-run:${dryRun.id}`,
      queue: 'sync-playlists',
    });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at,
      actor: by,
      action: 'sync.day_approved',
      subject: `dry_run:${dryRun.id}`,
      detail: dryRun.hash,
    });
    return dryRunView(dryRun);
  });
}

function refusal({ status, hash, approvedBy }: DryRunRow, requestedHash: string): AppError {
  if (hash !== requestedHash) {
    return new AppError('conflict', {
      message: 'This dry run is not the one you were shown.',
      remedy: 'Review it again before you approve it.',
      field: 'hash',
    });
  }
  if (status === 'approved') {
    return new AppError('conflict', {
      message: `This dry run was already approved by ${describeActor(approvedBy)}.`,
      remedy: 'Follow its progress under Jobs.',
    });
  }
  return new AppError('conflict', { message: 'A newer dry run replaced this one.', remedy: 'Review the newer one.' });
}
