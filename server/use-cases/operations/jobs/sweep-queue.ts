import type { Deps } from '#server/deps.ts';
import { listFailedJobs } from '#server/repos/job-queue.ts';
import { closeOrphanedRuns } from '#server/repos/operations/job-runs.ts';
import { unlockDeadPools } from '#server/repos/operations/worker-heartbeats.ts';
import type { PoolWatch } from './pool-watch.ts';

/** Failures newer than this are logged; older ones were logged by the process that ran at that time. */
const LOGGED_WITHIN_MS = 90_000;

/**
 * Releases the jobs of dead workers, after ending their sessions so that a suspended one cannot continue beside its successor; closes the runs they
 * left open; logs the failed jobs. To be repeated with a pool watch that remembers the previous check: one call is not enough.
 */
export async function sweepQueue(deps: Pick<Deps, 'db' | 'now' | 'log'>, silentSeconds: number, watch?: PoolWatch): Promise<void> {
  const dead = await unlockDeadPools(deps.db, silentSeconds, watch);
  if (dead.length > 0) deps.log.warn('jobs of dead workers were released', { pools: dead });
  const orphaned = await closeOrphanedRuns(deps.db, deps.now());
  if (orphaned.length > 0) deps.log.warn('runs of dead workers were closed', { runs: orphaned.map(({ task }) => task) });
  for (const job of await listFailedJobs(deps.db)) {
    if (deps.now().getTime() - job.changedAt.getTime() > LOGGED_WITHIN_MS) continue;
    deps.log.error(`job ${job.task} failed after ${job.attempts} attempts`, { job: job.id, reason: job.lastError });
  }
}
