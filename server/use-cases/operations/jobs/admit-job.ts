import type { Caches, Deps } from '#server/deps.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import { claimScheduledRun, markRunMissed } from '#server/repos/operations/scheduled-runs.ts';
import { PER_DAY_TASKS } from '../schedule/schedule.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { LRUCache } from 'lru-cache';
import { HOUR_MS } from '#shared/domain/calendar.ts';

/**
 * What happens to a job taken from the queue.
 *
 * - run: no pause, or a scheduled run that this job claimed.
 * - leave: dropped for good: a scheduled run claimed by another job, of a paused task, or of a past day.
 * - wait: a job without a scheduled run while its task is paused; it runs when the task is resumed.
 */
export type Admission = 'run' | 'leave' | 'wait';

interface JobToAdmit {
  readonly task: JobName;
  readonly queueJobId: number;
  /** The scheduled run that started the job; undefined for a job requested by a person or by Segue. */
  readonly tick: { readonly ts: Date; readonly isLate: boolean } | undefined;
}

/** How long a pause may take to reach jobs without a scheduled run. Querying before every job would cost more than many a job. */
const PAUSES_CACHED_MS = 5_000;
/** A scheduled run that starts later than this counts as caught up: the machine slept or was overloaded. */
const LATE_MS = HOUR_MS;

/**
 * Decides whether a job runs. A scheduled run is claimed once across all processes; a second job for it is dropped. For a paused task, a scheduled
 * run is recorded as paused and dropped, any other job waits. For a per-day task, a run of a past day is recorded as missed, whether the app was off,
 * the machine slept or the clock was set forward; a run of a future day throws `conflict`, so that another worker takes it.
 */
export async function admitJob(deps: Pick<Deps, 'db' | 'now' | 'caches'>, { task, tick, queueJobId }: JobToAdmit): Promise<Admission> {
  if (!tick) return (await deps.caches.pausedTasks.forceFetch('all', { context: deps.db })).has(task) ? 'wait' : 'run';
  const at = deps.now();
  const claim = { task, tick: tick.ts, queueJobId, at };
  if (PER_DAY_TASKS.has(task)) {
    const [runDay, today] = [dayOf(tick.ts), dayOf(at)];
    if (runDay > today) throw runsTooEarly(runDay, today);
    if (runDay < today) {
      await markRunMissed(deps.db, claim);
      return 'leave';
    }
  }
  const isLate = tick.isLate || at.getTime() - tick.ts.getTime() > LATE_MS;
  const how = await claimScheduledRun(deps.db, { ...claim, how: isLate ? 'caught_up' : 'ran' });
  return how === 'ran' || how === 'caught_up' ? 'run' : 'leave';
}

function runsTooEarly(runDay: string, today: string): AppError {
  return new AppError('conflict', {
    message: `This worker’s clock says ${today}, but the job is for ${runDay}.`,
    remedy: 'Set the clock of its machine. Segue tries the job again automatically.',
  });
}

/** Creates the cache of the paused tasks, for all jobs of this process. A failed query is repeated by the next job. */
export function createPausedTasksCache(): Caches['pausedTasks'] {
  return new LRUCache({
    max: 1,
    ttl: PAUSES_CACHED_MS,
    fetchMethod: async (_key, _stale, { context: db }) => new Set((await listPausedTasks(db)).map(({ task }) => task)),
  });
}
