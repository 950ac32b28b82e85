import type { ScheduledRunStatus, ScheduleRow, ScheduleView } from '#shared/contracts/job-views.ts';

/**
 * State of a daily task's scheduled run today:
 * ahead → due → now → ran, or paused, missed, caught_up.
 * `before`: the schedule did not exist yet at that time, so nothing was missed. `due`: the time has passed and no worker has taken the job yet.
 */
export type ScheduledRunState = ScheduledRunStatus | 'now' | 'due' | 'before' | 'ahead';

/** When a worker counts as gone; see jobs/run-worker.ts. */
const SILENT_S = 90;

/** The state of a daily task's scheduled run today; `now` is an ISO instant. */
export function scheduledRunState(row: ScheduleRow, now: string): ScheduledRunState {
  const scheduledAt = scheduledAtOf(row, now);
  const recorded = row.scheduledRuns.find(({ at }) => at.slice(0, 16) === scheduledAt.slice(0, 16))?.status;
  if (recorded !== undefined) return (recorded === 'ran' || recorded === 'caught_up') && row.lastRun?.status === 'running' ? 'now' : recorded;
  if (scheduledAt > now) return row.paused ? 'paused' : 'ahead';
  if (row.since === null || row.since > scheduledAt) return 'before';
  return row.paused && row.paused.at <= scheduledAt ? 'paused' : 'due';
}

/** The state in words. A due run waits for a worker when none has reported for 90 s. */
export function scheduledRunText(state: ScheduledRunState, schedule: Pick<ScheduleView, 'secondsSinceHeartbeat'>): string {
  const hasWorker = schedule.secondsSinceHeartbeat !== null && schedule.secondsSinceHeartbeat <= SILENT_S;
  const names: Record<ScheduledRunState, string> = {
    ran: 'Done',
    caught_up: 'Caught up later',
    paused: 'Skipped, task paused',
    missed: 'Missed',
    now: 'Running',
    due: hasWorker ? 'Queued' : 'Waiting for a worker',
    before: 'Before the first start',
    ahead: 'Scheduled',
  };
  return names[state];
}

function scheduledAtOf(row: ScheduleRow, now: string): string {
  const midnightMs = Date.parse(`${now.slice(0, 10)}T00:00:00Z`);
  return new Date(midnightMs + (row.minutes[0] ?? 0) * 60_000).toISOString();
}
