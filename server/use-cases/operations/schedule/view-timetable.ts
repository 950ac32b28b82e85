import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listGivenUpJobs } from '#server/repos/job-queue.ts';
import { listNewestRuns } from '#server/repos/operations/job-runs.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import { listTicks, listTimetableStarts } from '#server/repos/operations/timetable-ticks.ts';
import { findWorkerSilence } from '#server/repos/operations/worker-heartbeats.ts';
import { DAILY_AT, EVERY_HOUR_AT, nextTickOf } from './timetable.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { TimetableRow, TimetableView } from '#shared/contracts/job-views.ts';
import { dayOf } from '#shared/domain/days.ts';
import { toRunView } from '../jobs/list-runs.ts';
import { reasonInWords } from '../jobs/reason-in-words.ts';

const FORTNIGHT_MS = 14 * 86_400_000;
const HOURS = 24;

/** The schedule with the status of today's runs, each task's last and next run, and what needs attention. */
export async function viewTimetable(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<TimetableView> {
  requireAdmin(actor);
  const now = deps.now();
  const today = dayOf(now);
  const [ticks, runs, pauses, workerSilentS, givenUp, starts] = await Promise.all([
    listTicks(deps.db, new Date(now.getTime() - FORTNIGHT_MS)),
    listNewestRuns(deps.db),
    listPausedTasks(deps.db),
    findWorkerSilence(deps.db),
    listGivenUpJobs(deps.db),
    listTimetableStarts(deps.db),
  ]);
  const rowOf = ({ task, minutes }: { task: JobName; minutes: readonly number[] }): TimetableRow => {
    const last = runs.find((run) => run.task === task);
    const pause = pauses.find((one) => one.task === task);
    const todaysRuns = ticks.filter((tick) => tick.task === task && dayOf(tick.tick) === today);
    return {
      task,
      minutes,
      ticks: todaysRuns.map(({ tick, how }) => ({ at: tick.toISOString(), fate: how })),
      since: starts.get(task)?.toISOString() ?? null,
      next: (nextTickOf(task, now) ?? now).toISOString(),
      last: last ? toRunView(last) : null,
      paused: pause ? { at: pause.pausedAt.toISOString(), by: pause.pausedBy, why: pause.pausedWhy } : null,
    };
  };
  return {
    now: now.toISOString(),
    workerSilentS,
    tasks: listSchedule().map(rowOf),
    missed: ticks.filter(({ how }) => how === 'missed').map(({ task, tick }) => ({ task, day: dayOf(tick) })),
    givenUp: givenUp.map((job) => ({
      id: job.id,
      task: job.task,
      attempts: job.attempts,
      reason: reasonInWords(job),
      at: job.changedAt.toISOString(),
    })),
  };
}

function listSchedule(): { task: JobName; minutes: readonly number[] }[] {
  const daily = DAILY_AT.map(({ task, hour, minute }) => ({ task, minutes: [hour * 60 + minute] }));
  const hourly = EVERY_HOUR_AT.map(({ task, minutes }) => ({
    task,
    minutes: Array.from({ length: HOURS }, (_, hour) => minutes.map((minute) => hour * 60 + minute)).flat(),
  }));
  return [...daily, ...hourly];
}
