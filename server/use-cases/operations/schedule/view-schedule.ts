import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listFailedJobs } from '#server/repos/job-queue.ts';
import { listNewestRuns } from '#server/repos/operations/job-runs.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import { listScheduledRuns, listScheduleStarts } from '#server/repos/operations/scheduled-runs.ts';
import { findWorkerSilence } from '#server/repos/operations/worker-heartbeats.ts';
import { DAILY_TASKS, HOURLY_TASKS, nextScheduledRun } from './schedule.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { ScheduleRow, ScheduleView } from '#shared/contracts/job-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { toRunView } from '../jobs/list-runs.ts';
import { failureReason } from '../jobs/failure-reason.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

const FORTNIGHT_MS = 14 * DAY_MS;
const HOURS = 24;

/** The schedule with the status of today's runs, each task's last and next run, and what needs attention. */
export async function viewSchedule(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<ScheduleView> {
  requireAdmin(actor);
  const now = deps.now();
  const today = dayOf(now);
  const [scheduledRuns, runs, pauses, workerSilentS, failedJobs, starts] = await Promise.all([
    listScheduledRuns(deps.db, new Date(now.getTime() - FORTNIGHT_MS)),
    listNewestRuns(deps.db),
    listPausedTasks(deps.db),
    findWorkerSilence(deps.db),
    listFailedJobs(deps.db),
    listScheduleStarts(deps.db),
  ]);
  const rowOf = ({ task, minutes }: { task: JobName; minutes: readonly number[] }): ScheduleRow => {
    const last = runs.find((run) => run.task === task);
    const pause = pauses.find((one) => one.task === task);
    const todaysRuns = scheduledRuns.filter((run) => run.task === task && dayOf(run.tick) === today);
    return {
      task,
      minutes,
      scheduledRuns: todaysRuns.map(({ tick, how }) => ({ at: tick.toISOString(), status: how })),
      since: starts.get(task)?.toISOString() ?? null,
      nextRunAt: (nextScheduledRun(task, now) ?? now).toISOString(),
      lastRun: last ? toRunView(last) : null,
      paused: pause ? { at: pause.pausedAt.toISOString(), by: pause.pausedBy, why: pause.pausedWhy } : null,
    };
  };
  return {
    now: now.toISOString(),
    secondsSinceHeartbeat: workerSilentS,
    tasks: listSchedule().map(rowOf),
    missed: scheduledRuns.filter(({ how }) => how === 'missed').map(({ task, tick }) => ({ task, day: dayOf(tick) })),
    failedJobs: failedJobs.map((job) => ({
      id: job.id,
      task: job.task,
      attempts: job.attempts,
      reason: failureReason(job),
      at: job.changedAt.toISOString(),
    })),
  };
}

function listSchedule(): { task: JobName; minutes: readonly number[] }[] {
  const daily = DAILY_TASKS.map(({ task, hour, minute }) => ({ task, minutes: [hour * 60 + minute] }));
  const hourly = HOURLY_TASKS.map(({ task, minutes }) => ({
    task,
    minutes: Array.from({ length: HOURS }, (_, hour) => minutes.map((minute) => hour * 60 + minute)).flat(),
  }));
  return [...daily, ...hourly];
}
