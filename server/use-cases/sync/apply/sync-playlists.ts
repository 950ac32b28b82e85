import type { Deps } from '#server/deps.ts';
import { listSyncTargets } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { Report } from '#server/use-cases/progress.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId, Day } from '#shared/ids.ts';
import { assignReplicas } from '../plan/assign-replicas.ts';
import { holdForApproval } from '../dry-run/hold-for-approval.ts';
import { checkBlastRadius } from '../dry-run/check-blast-radius.ts';
import { findSuperseded } from '../plan/find-superseded.ts';
import { processManualEdits } from '../manual-edits/process-manual-edits.ts';
import type { SyncRun } from './sync-run.ts';
import { syncReplica } from './sync-replica.ts';
import { finishTally, recordFailure, progressOf, startTally, waitingOutcome } from './sync-tally.ts';
import type { SyncOutcome } from './sync-tally.ts';
import { walkAccounts } from '../plan/walk-accounts.ts';
import { whyUnavailable } from '../plan/why-unavailable.ts';

interface SyncRequest {
  readonly day?: Day | undefined;
  readonly accountId?: AccountId | undefined;
  readonly signal: AbortSignal;
}

/**
 * Syncs every playlist with a published list for the day to Spotify, several accounts in parallel. Safe to repeat at any time. A day above the
 * auto-apply limits is planned and waits for approval. One failed playlist never stops the rest, an account that needs re-authorization is skipped,
 * and a rate limit ends the run (the next run continues). Temporary failures are thrown at the end, so that the queue retries.
 */
export async function syncPlaylists(deps: Deps, request: SyncRequest, report: Report = async () => {}): Promise<SyncOutcome> {
  const day = request.day ?? dayOf(deps.now());
  const { withoutAccount } = await assignReplicas(deps);
  deps.faultPoint('sync.after_assign');
  const candidates = await listSyncTargets(deps.db, { day, accountId: request.accountId });
  const whyOvertaken = await findSuperseded(deps, { day, targets: candidates });
  const targets = candidates.filter((target) => whyOvertaken(target) === undefined);
  const check = await checkBlastRadius(deps, { day, targets, withoutAccount });
  if (check.kind === 'waits') {
    await report({ doing: 'Planning a day that needs approval', done: 0, total: targets.length });
    const dryRun = check.waiting ?? (await holdForApproval(deps, { day, signal: request.signal }));
    return waitingOutcome(dryRun.body, check.exceeds);
  }
  const tally = startTally(candidates.length);
  for (const target of candidates) {
    const why = whyOvertaken(target);
    if (why !== undefined) tally.skipped.push({ playlistIndex: target.playlist.globalIndex, why });
  }
  const round: SyncRun = { tally, unavailable: new Map(), manuallyEdited: [], day, signal: request.signal };
  const visit = async (target: SyncTarget): Promise<void> => {
    const { account, playlist } = target;
    await report({ doing: `Syncing #${playlist.globalIndex} ${playlist.themeTag}`, ...progressOf(tally) });
    const why = round.unavailable.get(account.id) ?? whyUnavailable(account);
    if (why === undefined) await syncOne(deps, target, round);
    else tally.skipped.push({ playlistIndex: playlist.globalIndex, why });
  };
  await walkAccounts(targets, visit, request.signal);
  await processManualEdits(deps, { ...round, targets, limits: check.limits });
  await report(progressOf(tally));
  return finishTally(tally, withoutAccount);
}

async function syncOne(deps: Deps, target: SyncTarget, round: SyncRun): Promise<void> {
  const { tally, day, signal } = round;
  try {
    const outcome = await syncReplica(deps, { replicaId: target.replica.id, day, signal });
    if (outcome.kind === 'manual_edits') round.manuallyEdited.push({ target, planId: outcome.plan.id, hash: outcome.plan.hash });
    else tally[outcome.kind] += 1;
  } catch (error) {
    if (error instanceof AppError && error.code === 'reauth_required') {
      round.unavailable.set(target.account.id, error.message);
      tally.skipped.push({ playlistIndex: target.playlist.globalIndex, why: error.message });
      return;
    }
    recordFailure(deps, { tally, target, signal }, error);
  }
}
