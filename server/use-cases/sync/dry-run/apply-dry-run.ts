import type { Deps } from '#server/deps.ts';
import { findDryRun } from '#server/repos/sync/dry-runs.ts';
import { findSyncTarget } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { findSyncPlan } from '#server/repos/sync/sync-plans.ts';
import type { Report } from '#server/use-cases/progress.ts';
import type { DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import { AppError } from '#shared/errors.ts';
import { replicaId, syncPlanId } from '#shared/ids.ts';
import { applyStoredPlan } from '../apply/apply-stored-plan.ts';
import { syncReplica } from '../apply/sync-replica.ts';
import { finishTally, recordFailure, progressOf, startTally } from '../apply/sync-tally.ts';
import type { SyncOutcome, SyncTally } from '../apply/sync-tally.ts';
import { walkAccounts } from '../plan/walk-accounts.ts';

interface Step {
  readonly target: SyncTarget;
  readonly account: SyncTarget['account'];
  readonly line: DryRunLine;
}

/**
 * Applies the plans of an approved dry run, several accounts in parallel. Safe to repeat: a playlist edited since is skipped with a reason, an
 * interrupted one continues from what Spotify shows. Throws `not_found`, and what `syncPlaylists` throws.
 */
export async function applyDryRun(
  deps: Deps,
  { dryRunId, signal }: { dryRunId: string; signal: AbortSignal },
  report: Report = async () => {},
): Promise<SyncOutcome> {
  const dryRun = await findDryRun(deps.db, dryRunId);
  if (dryRun?.status !== 'approved')
    throw new AppError('not_found', { message: 'There is no approved dry run to apply.', remedy: 'Approve the dry run first.' });
  const steps: Step[] = [];
  const lines = dryRun.body.lines.filter(({ plan }) => plan !== null);
  const tally = startTally(lines.length);
  for (const line of lines) {
    const target = await findSyncTarget(deps.db, replicaId.parse(line.replicaId));
    if (target) steps.push({ target, account: target.account, line });
    else tally.skipped.push({ playlistIndex: line.playlistIndex, why: `it is no longer hosted on ${line.account}` });
  }
  const visit = async (step: Step): Promise<void> => {
    await report({ doing: `Syncing #${step.line.playlistIndex} ${step.line.themeTag}`, ...progressOf(tally) });
    await applyStep(deps, step, { tally, day: dryRun.day, signal });
  };
  await walkAccounts(steps, visit, signal);
  await report(progressOf(tally));
  return finishTally(tally, []);
}

async function applyStep(deps: Deps, { target, line }: Step, round: { tally: SyncTally; day: string; signal: AbortSignal }): Promise<void> {
  const { tally, day, signal } = round;
  const planId = syncPlanId.parse(line.plan?.id);
  const skip = (why: string) => void tally.skipped.push({ playlistIndex: line.playlistIndex, why });
  try {
    const plan = await findSyncPlan(deps.db, planId);
    if (plan?.status === 'applied') tally.unchanged += 1;
    else if (plan?.status === 'planned') {
      await applyStoredPlan(deps, { planId, hash: line.plan?.hash ?? '', signal });
      tally.applied += 1;
    } else if (plan?.status === 'failed' || plan?.status === 'applying') {
      const outcome = await syncReplica(deps, { replicaId: target.replica.id, day, signal });
      if (outcome.kind === 'manual_edits') skip('it was edited on Spotify in the meantime; plan it again');
      else tally[outcome.kind] += 1;
    } else skip(plan?.statusReason ?? 'its plan is out of date');
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict' && error.context?.['busy'] !== true) return skip(error.message);
    if (error instanceof AppError && error.code === 'reauth_required') return skip(error.message);
    recordFailure(deps, { tally, target, signal }, error);
  }
}
