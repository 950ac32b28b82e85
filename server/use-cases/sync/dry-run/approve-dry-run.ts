import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { claimDryRun, findDryRun, markPlansApproved } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { DryRunView } from '#shared/contracts/sync/dry-run.ts';
import type { ApproveDryRunInput } from '#shared/contracts/sync/sync-inputs.ts';
import { actorWords } from '#shared/domain/actor-words.ts';
import { AppError } from '#shared/errors.ts';
import { day, syncPlanId } from '#shared/ids.ts';
import { dryRunView } from './view-dry-run.ts';

/**
 * Approves a day's dry run as it was shown, by its hash, and has the queue apply its plans. Of two people exactly one approves it. Throws
 * `not_found`, and `conflict` for another hash, one that was decided already, and one that a newer look took the place of.
 */
export async function approveDryRun(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: ApproveDryRunInput): Promise<DryRunView> {
  requireAdmin(actor);
  const by = actorName(actor);
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    const isClaimed = await claimDryRun(tx, { id: input.dryRunId, hash: input.hash, by, at });
    const found = await findDryRun(tx, input.dryRunId);
    if (!found) throw new AppError('not_found', { message: 'This dry run is not here any more.', remedy: 'Plan the day again.' });
    if (!isClaimed) throw refusal(found, input.hash);
    const plans = found.body.lines.flatMap(({ plan }) => (plan ? [syncPlanId.parse(plan.id)] : []));
    if (plans.length === 0) throw new AppError('conflict', { message: 'This dry run has nothing to apply.', remedy: 'Plan the day again.' });
    await markPlansApproved(tx, plans, { by, at });
    await enqueueJob(tx, 'sync-playlists', {
      payload: { day: day.parse(found.day), dryRunId: found.id },
      key: `apply-dry-run:${found.id}`,
      queue: 'sync-playlists',
    });
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: 'sync.day_approved', subject: `dry_run:${found.id}`, detail: found.hash });
    return dryRunView(found);
  });
}

function refusal({ status, hash, approvedBy }: DryRunRow, asked: string): AppError {
  if (hash !== asked) {
    return new AppError('conflict', {
      message: 'This is not the dry run that you saw.',
      remedy: 'Look at it again before approving it.',
      field: 'hash',
    });
  }
  if (status === 'approved') {
    return new AppError('conflict', {
      message: `This dry run has been approved already, by ${actorWords(approvedBy)}.`,
      remedy: 'Follow it under Jobs.',
    });
  }
  return new AppError('conflict', { message: 'A newer dry run took the place of this one.', remedy: 'Look at the newer one.' });
}
