import type { Deps } from '#server/deps.ts';
import { listSyncTargets } from '#server/repos/replicas.ts';
import type { SyncTarget } from '#server/repos/replicas.ts';
import type { Report } from '#server/use-cases/jobs/track-run.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId, Day } from '#shared/ids.ts';
import { assignReplicas } from './assign-replicas.ts';
import { isRateLimit } from './sync-errors.ts';
import { syncReplica } from './sync-replica.ts';
import { concludeTally, progressOf, startTally } from './sync-tally.ts';
import type { SyncOutcome, SyncTally } from './sync-tally.ts';

interface SyncRequest {
  readonly day?: Day | undefined;
  readonly accountId?: AccountId | undefined;
  readonly signal: AbortSignal;
}

/**
 * Brings every playlist with a published list for the day to Spotify; safe to run again at any moment. One failing playlist never stops
 * the rest, an account that must be connected again is passed over, and a rate limit ends the run at once (to be continued where it
 * stopped). Failures that may pass are thrown at the end, so that the queue tries again.
 */
export async function syncPlaylists(deps: Deps, request: SyncRequest, report: Report = async () => {}): Promise<SyncOutcome> {
  const day = request.day ?? dayOf(deps.now());
  const { withoutRoom } = await assignReplicas(deps);
  deps.faultPoint('sync.after_assign');
  const targets = await listSyncTargets(deps.db, { day, accountId: request.accountId });
  const tally = startTally(targets.length);
  const closed = new Map<AccountId, string>();
  for (const target of targets) {
    request.signal.throwIfAborted();
    const { account, playlist } = target;
    await report({ doing: `Syncing #${playlist.globalIndex} ${playlist.themeTag}`, ...progressOf(tally) });
    const why = closed.get(account.id) ?? whyClosed(account);
    if (why === undefined) await syncOne(deps, target, { tally, closed, day, signal: request.signal });
    else tally.skipped.push({ playlistIndex: playlist.globalIndex, why });
  }
  await report(progressOf(tally));
  return concludeTally(tally, withoutRoom);
}

function whyClosed(account: SyncTarget['account']): string | undefined {
  if (account.status === 'needs_reauth') return `${account.displayName} has to be connected to Spotify again`;
  return account.status === 'disabled' ? `${account.displayName} is switched off` : undefined;
}

interface Round {
  readonly tally: SyncTally;
  /** Accounts that turned out to be closed during this run, with why. */
  readonly closed: Map<AccountId, string>;
  readonly day: Day;
  readonly signal: AbortSignal;
}

async function syncOne(deps: Deps, target: SyncTarget, { tally, closed, day, signal }: Round): Promise<void> {
  const playlistIndex = target.playlist.globalIndex;
  try {
    const outcome = await syncReplica(deps, { replicaId: target.replica.id, day, signal });
    tally[outcome] += 1;
  } catch (error) {
    if (signal.aborted || isRateLimit(error)) throw error;
    if (error instanceof AppError && error.code === 'reauth_required') {
      closed.set(target.account.id, error.message);
      tally.skipped.push({ playlistIndex, why: error.message });
      return;
    }
    deps.log.warn('a playlist could not be synced', { playlistIndex, error });
    tally.failures.push({ playlistIndex, error });
  }
}
