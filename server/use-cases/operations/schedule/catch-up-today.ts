import type { Deps } from '#server/deps.ts';
import { enqueueMissingRun } from '#server/repos/job-queue.ts';
import { listScheduleStarts } from '#server/repos/operations/scheduled-runs.ts';
import { DAILY_TASKS, scheduledRunsBetween } from './schedule.ts';
import { dayOf } from '#shared/domain/days.ts';

/** Within this time a scheduled run may still be on its way. */
const GRACE_MS = 600_000;

/**
 * Queues today's daily runs that are past and that no worker queued, because the clock jumped over them or was wrong when they were due. Each still
 * runs once, however often and by however many processes this is called. Runs from before the task had a schedule are ignored.
 */
export async function catchUpToday(deps: Pick<Deps, 'db' | 'now' | 'log'>): Promise<void> {
  const until = new Date(deps.now().getTime() - GRACE_MS);
  const today = new Date(`${dayOf(deps.now())}T00:00:00Z`);
  const starts = await listScheduleStarts(deps.db);
  for (const { task } of DAILY_TASKS) {
    const since = starts.get(task);
    const run = scheduledRunsBetween(task, today, until)[0];
    if (run === undefined || since === undefined || since > run) continue;
    if (await enqueueMissingRun(deps.db, { task, tick: run })) deps.log.warn('a scheduled run that no worker queued is caught up', { task, run });
  }
}
