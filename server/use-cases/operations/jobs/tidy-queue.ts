import type { Deps } from '#server/deps.ts';
import { listGivenUpJobs } from '#server/repos/job-queue.ts';
import { closeOrphanedRuns } from '#server/repos/operations/job-runs.ts';
import { unlockDeadPools } from '#server/repos/operations/worker-heartbeats.ts';
import type { PoolWatch } from './watch-pools.ts';

/** Given up since then is news; older news was told by whoever ran at that time. */
const NEWS_MS = 90_000;

/**
 * Gives back what dead workers held, after their sessions were ended so that a paused one cannot go on beside its successor; closes the runs they
 * left open; says which jobs were given up. To be repeated, with a watch over the pools that remembers the look before: once is not enough.
 */
export async function tidyQueue(deps: Pick<Deps, 'db' | 'now' | 'log'>, silentSeconds: number, watch?: PoolWatch): Promise<void> {
  const dead = await unlockDeadPools(deps.db, silentSeconds, watch);
  if (dead.length > 0) deps.log.warn('jobs of workers that died were given back', { pools: dead });
  const orphaned = await closeOrphanedRuns(deps.db, deps.now());
  if (orphaned.length > 0) deps.log.warn('runs of workers that died were closed', { runs: orphaned.map(({ task }) => task) });
  for (const job of await listGivenUpJobs(deps.db)) {
    if (deps.now().getTime() - job.changedAt.getTime() > NEWS_MS) continue;
    deps.log.error(`job ${job.task} was given up after ${job.attempts} attempts`, { job: job.id, reason: job.lastError });
  }
}
